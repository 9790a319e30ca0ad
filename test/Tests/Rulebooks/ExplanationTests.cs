using System.Text;
using System.Text.Json;
using Concord.Measures;
using Concord.Rooms.Rulebooks;
using Xunit;

namespace Concord.Tests.Rulebooks;

/// <summary>Reasons in words, the same on pages, in the terminal and in the API.</summary>
public sealed class ExplanationTests
{
    private static readonly Instant s_now = Books.At("2026-11-23T12:00:00Z");

    [Theory]
    [InlineData("0", "0")]
    [InlineData("999999", "999999")]
    [InlineData("1000000", "10⁶")]
    [InlineData("38000000000000000000000000", "3.8 × 10²⁵")]
    [InlineData("99999999999999999999999999", "10²⁶")]
    public void A_number_has_three_digits_for_people(string number, string words) =>
        Assert.Equal(words, Explanations.Number(UInt128.Parse(number)));

    [Theory]
    [InlineData("12345678..12345678", "1.23 × 10⁷ FLOP")]
    [InlineData("12345678..98765432", "1.23 × 10⁷ to 9.88 × 10⁷ FLOP")]
    [InlineData("99999999..", "at least 9.99 × 10⁷ FLOP")]
    [InlineData("..99999999", "at most 10⁸ FLOP")]
    public void A_range_is_rounded_outwards(string range, string words)
    {
        Vocabulary.TryReadText("flop[any].so_far", range, out var known, out _);

        Assert.Equal(words, Explanations.Say(known, "FLOP"));
    }

    [Fact]
    public void The_datum_that_settles_an_answer_says_on_which_side_of_the_line()
    {
        var facts = Books.Facts(("market[EU]", "placed"), ("modality.out", "text"));

        var answer = Evaluation.Of(Books.Read("eu-ai-act"), facts, s_now);

        Assert.True(answer.NoFigure);
        Assert.Contains(
            answer.Settles,
            s => s.Words.Contains("At or below 10²⁵", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void When_no_single_datum_settles_it_a_pair_is_named()
    {
        var facts = Books.Facts(("flop[us.frontier].so_far", "3e26"));
        var settles = Evaluation
            .Of(Books.Read("california-sb53"), facts, s_now)
            .Duties.Single(d => d.Duty.Id == "framework")
            .Settles;

        Assert.All(settles, s => Assert.False(s.Decides && s.Facts.Count == 1));
        Assert.NotEmpty(settles);
    }

    [Fact]
    public void A_law_that_is_not_in_force_says_when_it_will_be()
    {
        var facts = Books.Facts(
            ("flop[any].so_far", "3e26"),
            ("model_class.foundation", "yes"),
            ("nexus[NY]", "operating")
        );

        var answer = Evaluation.Of(Books.Read("new-york-raise"), facts, s_now);

        Assert.Equal(Answer.No, answer.Answer);
        Assert.Equal(Answer.Yes, answer.OnceInForce);
        Assert.Equal(new DateOnly(2027, 1, 1), answer.Upcoming);
        Assert.Empty(answer.Settles);
    }

    [Fact]
    public void The_explanation_says_what_a_source_left_open()
    {
        var facts = Books.Facts(
            ("flop[any].so_far", "3e25"),
            ("market[EU]", "placed"),
            ("modality.out", "text")
        );

        var notes = Notes(Evaluation.Of(Books.Read("eu-ai-act"), facts, s_now).Explanation!);

        Assert.Contains(
            notes,
            note => note.Contains("names no counting profile", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_document_has_the_members_that_scripts_read()
    {
        var facts = Books
            .Facts(("flop[any].so_far", "8e24..2e25"), ("modality.out", "text"))
            .TryAssume([new("market[EU]", "placed")], whatIf: true, out _)!;
        using var json = Document(Evaluation.Of(Books.Read("eu-ai-act"), facts, s_now));
        var root = json.RootElement;

        Assert.Equal("undetermined", root.GetProperty("answer").GetString());
        Assert.False(root.GetProperty("no_figure").GetBoolean());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("upcoming").ValueKind);
        Assert.Equal("market[EU]=placed", root.GetProperty("assumed")[0].GetString());
        Assert.Equal("all", root.GetProperty("explanation").GetProperty("operator").GetString());
        Assert.All(
            root.GetProperty("duties").EnumerateArray(),
            duty => Assert.NotEmpty(duty.GetProperty("cite").GetString()!)
        );
    }

    [Fact]
    public void No_explanation_uses_a_word_that_accuses()
    {
        foreach (var id in Books.Ids)
        {
            var text = Encoding.UTF8.GetString(Books.Bytes(id));
            foreach (var word in (string[])["illegal", "violates", "compliant", "certified safe"])
            {
                Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public void A_case_reads_as_it_should()
    {
        var source = new FactSource(Asserter.Reading, "Epoch AI, rated Confident") { Act = 7 };
        var facts = FactSheet
            .Empty.With(
                "flop[any].so_far",
                Known.Of(FlopRange.Between(Flop.Parse("3.48e24"), Flop.Parse("3.13e25"))),
                source
            )
            .With("modality.out", Known.Of(["text"]), source)
            .AssumeFor(Books.Read("eu-ai-act").Headline!);
        var answer = Evaluation.Of(Books.Read("eu-ai-act"), facts, s_now);
        var text = new StringBuilder();
        text.Append(answer.Book.Headline!.Question)
            .Append(' ')
            .Append(Explanations.Say(answer.Answer, answer.NoFigure))
            .Append('\n');
        Write(answer.Explanation!, 1);
        foreach (var settling in answer.Settles)
        {
            text.Append("settled by: ").Append(settling.Words).Append('\n');
        }

        Golden.Matches("rulebooks/explanation.golden.txt", text.ToString());

        void Write(ExplanationNode node, int depth)
        {
            text.Append(' ', depth * 2)
                .Append(Explanations.Say(node.Answer))
                .Append(": ")
                .Append(node.Says);
            if (node.Reading is { } reading)
            {
                text.Append(" — ").Append(Explanations.Say(reading));
            }

            text.Append(node.Cite.Length == 0 ? "" : $" [{node.Cite}]").Append('\n');
            foreach (var child in node.Children)
            {
                Write(child, depth + 1);
            }
        }
    }

    private static JsonDocument Document(RulebookAnswer answer)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            AnswerDocument.WriteMembers(json, answer);
            json.WriteEndObject();
        }

        return JsonDocument.Parse(stream.ToArray());
    }

    private static IEnumerable<string> Notes(ExplanationNode node) =>
        node.Notes.Concat(node.Children.SelectMany(Notes));
}
