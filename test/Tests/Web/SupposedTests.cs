using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Web.Filing;
using Concord.Authority.Web.Subjects;
using Concord.Authority.Web.Tables;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace Concord.Tests.Web;

/// <summary>What a person is told before filing is what the law says after.</summary>
public sealed class SupposedTests
{
    private static readonly string[] s_books =
    [
        "eu-ai-act",
        "concord-default",
        "california-sb53",
        "new-york-raise",
        "illinois-aisma",
        "china-genai",
        "korea-ai-basic",
    ];

    private static readonly string[] s_facts =
    [
        "generality=general",
        "generality=narrow",
        "market[EU]=placed",
        "market[EU]=none",
        "model_class.foundation=yes",
        "model_class.foundation=no",
        "nexus[NY]=operating",
        "nexus[IL]=developed",
        "offered_to_public[CN]=yes",
        "opinion_attributes=no",
        "revenue[2025]=6e8",
        "flop_known_at=2026-11-02",
        "internal_use=yes",
    ];

    private static readonly Given s_given = Ready();

    private static readonly Gen<Dictionary<string, StringValues>> s_answers =
        from low in Gen.OneOf("", "8e22", "1e23", "9e24", "1e25", "3e25", "1e26", "2e26")
        from factor in Gen.OneOf("", "1", "4")
        from profile in Gen.OneOf("concord", "eu.cumulative", "us.frontier", "kr.cumulative")
        from state in Gen.OneOf("so_far", "planned", "forecast")
        from training in Gen.OneOf("finished", "initiated", "planned")
        from modality in Gen.OneOf("text", "image", "other")
        from facts in Gen.Shuffle(s_facts, 0, 5)
        select new Dictionary<string, StringValues>(StringComparer.Ordinal)
        {
            ["check"] = "yes",
            ["country"] = "CH",
            ["low"] = low,
            ["high"] = factor.Length == 0 || low.Length == 0 ? "" : High(low, factor),
            ["profile"] = profile,
            ["state"] = state,
            ["training"] = training,
            ["modality"] = modality,
            ["weights"] = "open",
            ["fact"] = facts
                .DistinctBy(fact => fact[..fact.IndexOf('=', StringComparison.Ordinal)])
                .ToArray(),
        };

    [Fact]
    public void What_is_said_before_is_what_the_law_says_of_the_model_that_is_registered() =>
        s_answers.Sample(
            answers =>
            {
                var form = SupposedForm.Read(new QueryCollection(answers));
                var sheet = form.Sheet(s_given.World);
                Assert.Empty(form.Answers.Errors);
                var registered = Registered(form);

                var world = registered.World;
                var before = LawReading.Of(world, sheet!, RegisterColumn.Of(world));
                var after = LawReading.Of(world, registered.Model, RegisterColumn.Of(world));

                Assert.Equal(s_books.Length, after.Count);
                Assert.Equal(after.Select(Said), before.Select(Said));
            },
            iter: 60,
            threads: 1
        );

    [Theory]
    [InlineData("low", "much", "low")]
    [InlineData("low", "1e25000000000", "low")]
    [InlineData("country", "Utopia", "country")]
    [InlineData("country", "<b", "country")]
    [InlineData("training", "never", "training")]
    [InlineData("profile", "mine", "profile")]
    [InlineData("started", "yesterday", "started")]
    [InlineData("modality", "smell", "modality")]
    [InlineData("fact", "generality", "fact")]
    [InlineData("fact", "generality=everything", "fact")]
    [InlineData("fact", "no_such_fact=yes", "fact")]
    [InlineData("fact", "designated[authority]=yes", "fact")]
    [InlineData("fact", "own_flop[concord].so_far=1e26", "fact")]
    public void What_is_no_answer_is_said_beside_its_field(string field, string text, string where)
    {
        var answers = Usual();
        answers[field] = text;

        Assert.Equal([where], Errors(answers));
    }

    [Fact]
    public void What_is_too_long_or_too_much_is_said_too()
    {
        var answers = Usual();
        answers["fact"] = "generality=" + new string('x', 100_000);
        Assert.Equal(["fact"], Errors(answers));
        answers["fact"] = Enumerable.Range(0, 1_000).Select(n => $"revenue[{n}]=1").ToArray();
        Assert.Equal(["fact"], Errors(answers));
        answers["fact"] = new[] { "generality=general", "generality=narrow" };
        Assert.Equal(["fact"], Errors(answers));
    }

    private static Dictionary<string, StringValues> Usual() =>
        new(StringComparer.Ordinal)
        {
            ["check"] = "yes",
            ["low"] = "3e25",
            ["profile"] = "concord",
            ["state"] = "so_far",
            ["training"] = "finished",
            ["modality"] = "text",
            ["weights"] = "closed",
        };

    private static IEnumerable<string> Errors(Dictionary<string, StringValues> answers)
    {
        var form = SupposedForm.Read(new QueryCollection(answers));
        Assert.Null(form.Sheet(s_given.World));
        Assert.All(form.Answers.Errors.Values, words => Assert.InRange(words.Length, 1, 600));
        return form.Answers.Errors.Keys;
    }

    private static string Said(LawReading law) =>
        $"{law.Column.Id} {law.State} {law.Answer.Answer} {law.Answer.OnceInForce}: "
        + string.Join(
            ", ",
            law.Answer.Duties.Select(duty =>
                $"{duty.Duty.Id} {duty.Answer} {duty.OnceInForce} {duty.Due.Kind} {duty.Due.At}"
            )
        );

    // In a world of its own, after which the given one is as before.
    private static (World World, Model Model) Registered(SupposedForm form)
    {
        var act = SupposedModel.Of(form.Answers, s_given.World)!;
        var developer = s_given.Party("swiss");
        var whole = act with
        {
            Developer = developer,
            Name = "Tern 1",
            Facts = [.. form.Facts.Select(Declared)],
        };
        var signed = s_given.Sign("swiss", whole);
        var verdict = Law.Judge(s_given.World, signed);
        var admitted = Assert.IsType<Verdict.Admitted>(verdict);
        var index = s_given.World.Size;
        var world = s_given.World.Fold(admitted.Act.At(index));
        return (world, world.Registry.Models[new ModelId(index)]);
    }

    private static DeclaredFact Declared(Assumption fact) =>
        new() { Fact = fact.Fact, Value = Vocabulary.ValueOf(fact.Fact, fact.Value, out _)! };

    private static string High(string low, string factor)
    {
        Assert.True(Flop.TryParse(low, out var flop));
        return factor is "1" ? low : $"{flop}".Insert(0, factor);
    }

    private static Given Ready()
    {
        var given = Given.Open();
        foreach (var book in s_books)
        {
            given.Adopt(book);
        }

        given.File(
            "registrar",
            given.Admission("swiss", "Tern Labs", PartyRole.Developer) with
            {
                Country = "CH",
            }
        );
        return given;
    }
}
