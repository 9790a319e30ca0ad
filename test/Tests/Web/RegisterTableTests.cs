using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Authority;
using Concord.Authority.Web;
using Concord.Authority.Web.Subjects;
using Concord.Authority.Web.Tables;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;
using Concord.Tests.Rulebooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace Concord.Tests.Web;

public sealed class RegisterTableTests
{
    private static readonly Lazy<RegisterTable> s_real = new(() =>
        RegisterTable.Of(RealModels.World, RealModels.World.Registry.Models.Keys)
    );

    private static RegisterTable Real => s_real.Value;

    [Fact]
    public void The_answers_of_every_law_add_up_to_all_models()
    {
        Assert.Equal(659, Real.Count);
        Assert.Equal(0, Real.Registered);
        Assert.NotEmpty(Real.Columns);
        Assert.All(
            Real.Columns,
            column =>
                Assert.Equal(
                    Real.Count,
                    RegisterLine.Answers.Sum(answer => Real.CountOf(column, answer))
                )
        );
    }

    [Fact]
    public void Own_figures_alone_are_above_the_line_for_four_models_and_open_for_sixty_eight()
    {
        var line = Flop.Parse("1e25");
        var answers = Real.Lines(RegisterOrder.Compute)
            .Select(one => RealModels.World.Registry.Models[one.Id])
            .Select(model => BestEstimate.Of(RealModels.World, model))
            .Select(estimate =>
                estimate.Reading.SumsParents || estimate.Range.IsUnknown
                    ? "no figure"
                    : estimate.Range.GreaterThan(line).ToString()
            )
            .CountBy(answer => answer)
            .ToDictionary(StringComparer.Ordinal);
        Assert.Equal(4, answers["Yes"]);
        Assert.Equal(68, answers["Undetermined"]);
        Assert.Equal(286, answers["No"]);
        Assert.Equal(301, answers["no figure"]);
    }

    [Fact]
    public void A_cell_says_what_the_law_says_under_the_assumption_of_its_column()
    {
        foreach (var line in Real.Lines(RegisterOrder.Name).Take(60))
        {
            var sheet = FactSheets.Of(RealModels.World, line.Id, Audience.Public);
            foreach (var column in Real.Columns)
            {
                var answer = Evaluation.Of(
                    column.Book,
                    sheet.AssumeFor(column.Headline),
                    RealModels.World.At,
                    column.Adopted.AppliesFrom
                );
                var due = answer.Upcoming is null ? answer.Answer : answer.OnceInForce;
                Assert.Equal(
                    Explanations.Say(due, answer.NoFigure),
                    StateLabel.Word(line.Answer(column))
                );
            }
        }
    }

    [Fact]
    public void A_row_that_law_cannot_decide_names_what_would_settle_it()
    {
        foreach (var column in Real.Columns)
        {
            foreach (var line in Real.Lines(RegisterOrder.Compute))
            {
                var answer = line.Answer(column);
                var why = Undecided.Why(
                    RealModels.World,
                    RealModels.World.Registry.Models[line.Id],
                    column,
                    answer
                );
                Assert.Equal(
                    answer is StateKind.Undetermined or StateKind.NoFigure,
                    why is not null
                );
                Assert.True(why is null || Reading.Words(why).Contains("settle it"));
            }
        }
    }

    [Fact]
    public void A_decided_row_quotes_the_condition_on_the_quantity_that_the_question_turns_on()
    {
        // The Act's class has an indicative 10²³ too, which Grok-3 is above as well.
        var model = RealModels.Named("Grok-3");
        var law = LawReading
            .Of(RealModels.World, model, Real.Columns)
            .Single(one => one.Column.Id == "eu-ai-act");
        Assert.Equal(StateKind.Yes, law.State);
        var why = Reading.Words(law.Why(RealModels.World.At));
        Assert.Contains("Cumulative training compute", why);
        Assert.Contains("25", why);
        Assert.DoesNotContain("23", why);
    }

    [Fact]
    public void Largest_first_and_models_without_a_figure_last()
    {
        var order = Real.Lines(RegisterOrder.Compute).Select(line => line.Compute).ToList();
        Assert.Equal(order.OrderDescending(), order);
        Assert.True(order[0] > 26);
        Assert.Equal(-1, order[^1]);
    }

    [Fact]
    public void A_search_finds_names_however_they_are_written()
    {
        var found = Ask("search", "LLAMA 3.1-405b").Find(Real);
        Assert.Contains(
            found,
            line => RealModels.World.Registry.Models[line.Id].FullName == "Llama 3.1-405B"
        );
        Assert.Empty(Ask("search", "…").Find(Real));
    }

    [Fact]
    public void A_filter_by_answer_shows_as_many_as_the_front_page_counts()
    {
        foreach (var column in Real.Columns)
        {
            foreach (var (word, answer) in RegisterQuestion.AnswerWords)
            {
                var found = Ask("law", column.Id, "answer", word).Find(Real);
                Assert.Equal(Real.CountOf(column, answer), found.Count);
            }
        }
    }

    [Theory]
    [InlineData("law", "no-such-law")]
    [InlineData("answer", "perhaps")]
    [InlineData("sort", "beauty")]
    [InlineData("status", "certified")]
    [InlineData("modality", "smell")]
    [InlineData("before", "M-1")]
    public void A_question_that_is_not_understood_is_a_fault_and_no_guess(string name, string value)
    {
        var question = RegisterQuestion.Read(Query(name, value), Real, out var fault);
        Assert.Null(question);
        Assert.NotNull(fault);
    }

    [Fact]
    public void The_address_of_a_question_is_the_question()
    {
        var question = Ask(
            "search",
            "llama",
            "law",
            Real.Columns[0].Id,
            "answer",
            "no-figure",
            "sort",
            "name",
            "modality",
            "text"
        );
        var query = new QueryCollection(
            Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(
                question.Href["/register".Length..]
            )
        );
        var again = RegisterQuestion.Read(query, Real, out _);
        Assert.Equal(question.Href, again!.Href);
        Assert.Equal(question.Answer, again.Answer);
        Assert.Equal(question.Order, again.Order);
    }

    [Fact]
    public void A_table_that_follows_the_log_is_the_table_made_from_nothing()
    {
        var given = Given.Parties();
        var index = new ActIndex();
        var seen = 0;
        var tables = new RegisterTables(index, i => given.Log[(int)i]);
        void Look()
        {
            for (; seen < given.Log.Count; seen++)
            {
                index.Add(given.Log[seen]);
            }

            var followed = tables.Of(given.World);
            var made = RegisterTable.Of(given.World, index.Models);
            foreach (var order in Enum.GetValues<RegisterOrder>())
            {
                Assert.Equal(made.Lines(order).Select(Told), followed.Lines(order).Select(Told));
            }

            Assert.Equal(made.Registered, followed.Registered);
            foreach (var misspelt in (string[])["ospray", "ternn 9", "ardvark"])
            {
                Assert.Equal(
                    made.Near.Find(misspelt).Select(Told),
                    followed.Near.Find(misspelt).Select(Told)
                );
            }

            Assert.All(
                made.Columns,
                column =>
                    Assert.All(
                        RegisterLine.Answers,
                        answer =>
                            Assert.Equal(
                                made.CountOf(column, answer),
                                followed.CountOf(column, answer)
                            )
                    )
            );
        }

        Look();
        var parent = new ModelId(given.File("delta", given.Report("Osprey 7")));
        Look();
        var child = given.Report(
            "Osprey 7 chat",
            new ReportedParent { Name = "Osprey 7", Model = parent }
        );
        given.File("delta", child with { TrainingCompute = null, FinetuneCompute = Fine("1e22") });
        Look();
        var tern = given.Register(
            "aurora",
            given.Registration("aurora", "Osprey 7") with
            {
                Answers = [parent],
            }
        );
        Look();
        given.File("aurora", Amended(tern, """{"name":"Aardvark 7"}"""));
        Look();
        given.Tick(TimeSpan.FromMinutes(5));
        Look();
        var suspension = given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            given.Suspension(SubjectId.Of(tern))
        );
        Look();
        var appeal = given.File("aurora", given.Appeal("aurora", suspension));
        given.FileJointly(
            "officer-c-1",
            "officer-a-2",
            given.Decision(appeal, Concord.Acts.Network.AppealOutcome.SetAside)
        );
        Look();
        var act = given.Registration("aurora", "Tern 9");
        var details = new RegistrationDetails
        {
            Salt = "AAAAAAAAAAAAAAAAAAAAAA",
            TrainingCompute = act.TrainingCompute,
        };
        var tacit = given.File("aurora", act with { TrainingCompute = [] }, details);
        Look();
        given.File("aurora", given.Revelation(new(tacit), ActJson.Write(details)));
        Look();
    }

    // A fresh start, and every reader comes at once.
    [Fact]
    public void Readers_at_the_same_time_get_one_table()
    {
        var index = new ActIndex();
        var given = Indexed(index);
        var tables = new RegisterTables(index, i => given.Log[(int)i]);
        var found = new RegisterTable[8];
        var readers = found
            .Select((_, i) => new Thread(() => found[i] = tables.Of(given.World)))
            .ToList();
        readers.ForEach(one => one.Start());
        readers.ForEach(one => one.Join());
        Assert.Single(found.Distinct());
    }

    [Fact]
    public void A_filing_changes_the_lines_that_it_is_about_and_no_others()
    {
        var index = new ActIndex();
        var given = Indexed(index);
        var tables = new RegisterTables(index, i => given.Log[(int)i]);
        var before = tables.Of(given.World).Lines(RegisterOrder.Filed);
        var filed = new ModelId(given.File("delta", given.Report("Osprey 99")));
        index.Add(given.Log[^1]);
        var after = tables.Of(given.World).Lines(RegisterOrder.Filed);
        Assert.Equal([filed], after.Except(before).Select(line => line.Id));
        Assert.Empty(before.Except(after));
    }

    // The snapshot of a slow request is older than the table that others have made since.
    [Fact]
    public void A_reader_of_an_older_world_makes_nothing_anew_and_sees_nothing_newer()
    {
        var index = new ActIndex();
        var given = Indexed(index);
        var tables = new RegisterTables(index, i => given.Log[(int)i]);
        var older = given.World;
        var made = RegisterTable.Of(older, index.Models).Lines(RegisterOrder.Name).Select(Told);
        var first = older.Registry.Models.Keys.First();
        given.File("delta", given.Report("Osprey 99"));
        given.Register(
            "aurora",
            given.Registration("aurora", "Osprey 1") with
            {
                Answers = [first],
            }
        );
        foreach (var logged in given.Log.Skip((int)older.Size))
        {
            index.Add(logged);
        }

        var newer = tables.Of(given.World);
        var looked = tables.Of(older);
        Assert.Same(older, looked.World);
        Assert.Equal(made, looked.Lines(RegisterOrder.Name).Select(Told));
        Assert.Equal(
            [first],
            looked
                .Lines(RegisterOrder.Name)
                .Except(newer.Lines(RegisterOrder.Name))
                .Select(line => line.Id)
        );
        Assert.Same(newer, tables.Of(given.World));
    }

    private static Given Indexed(ActIndex index)
    {
        var given = Given.Parties();
        for (var i = 0; i < 20; i++)
        {
            given.File("delta", given.Report($"Osprey {i}"));
        }

        foreach (var logged in given.Log)
        {
            index.Add(logged);
        }

        return given;
    }

    private static string Told(RegisterLine line) =>
        $"{line.Id} {line.Folded} {line.Compute} {line.Published} {line.IsRegistered}";

    private static ReportedCompute Fine(string flop) =>
        new()
        {
            Figure = Flop.Parse(flop),
            Confidence = "Likely",
            Source = 0,
        };

    private static Amend Amended(ModelId model, string changes) =>
        new()
        {
            Target = new(model.Index),
            Changes = System.Text.Json.JsonDocument.Parse(changes).RootElement.Clone(),
            Reason = "it has another name",
        };

    private static RegisterQuestion Ask(params string[] parts) =>
        RegisterQuestion.Read(Query(parts), Real, out _)!;

    private static QueryCollection Query(params string[] parts) =>
        new(parts.Chunk(2).ToDictionary(pair => pair[0], pair => new StringValues(pair[1])));
}
