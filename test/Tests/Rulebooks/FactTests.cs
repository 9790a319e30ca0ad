using Concord.Acts;
using Concord.Measures;
using Concord.Rooms.Rulebooks;
using Xunit;

namespace Concord.Tests.Rulebooks;

/// <summary>How facts are stated, read and weighed against each other.</summary>
public sealed class FactTests
{
    private static readonly Instant s_now = Books.At("2026-11-23T12:00:00Z");

    [Fact]
    public void A_fact_outside_the_vocabulary_is_refused() =>
        Assert.Equal("$.fact", Refused("colour", new FactValue.Text("red")).Path);

    [Fact]
    public void A_fact_of_another_type_is_refused()
    {
        Assert.Equal("$.value", Refused("market[EU]", new FactValue.Truth(true)).Path);
        Assert.Equal("$.value", Refused("market[EU]", new FactValue.Text("sold")).Path);
        Assert.Equal("$.value", Refused("revenue[2025]", new FactValue.Text("much")).Path);
        Assert.Equal("$.value", Refused("deployed_on", new FactValue.Text("2026-02-30")).Path);
        Assert.Equal("$.value", Refused("revenue[2025]", new FactValue.Interval(2, 1)).Path);
    }

    [Fact]
    public void What_only_an_authority_decides_no_party_states() =>
        Assert.Contains(
            "not for",
            Refused("designated[EU]", new FactValue.Truth(true)).Rule,
            StringComparison.Ordinal
        );

    [Fact]
    public void What_is_derived_nobody_states() =>
        Assert.Contains(
            "computed",
            Refused("own_flop[concord].so_far", new FactValue.Interval(1, 2)).Rule,
            StringComparison.Ordinal
        );

    [Fact]
    public void The_strongest_standing_is_read_and_the_others_are_shown()
    {
        var reading = FactSheet
            .Of([
                Books.Stated("internal_use", "yes", Asserter.PublicSource, null),
                Books.Stated("internal_use", "no", Asserter.Developer, null),
            ])
            .Read("internal_use", s_now);

        Assert.Equal(Known.Of(false), reading.Value);
        Assert.Single(reading.Other);
        Assert.True(reading.IsContradicted);
    }

    [Fact]
    public void Equal_sources_are_never_averaged()
    {
        var reading = FactSheet
            .Of([
                Books.Stated("users.monthly", "100..200", Asserter.PublicSource, null),
                Books.Stated("users.monthly", "900", Asserter.PublicSource, null),
            ])
            .Read("users.monthly", s_now);

        Assert.Equal(Known.Of(new NumberRange(100, 900)), reading.Value);
        Assert.Equal(2, reading.Read.Count);
        Assert.True(reading.IsContradicted);
    }

    [Fact]
    public void A_fact_does_not_hold_before_its_day() =>
        Assert.True(
            FactSheet
                .Of([
                    Books.Stated(
                        "market[EU]",
                        "placed",
                        Asserter.Developer,
                        new DateOnly(2026, 12, 1)
                    ),
                ])
                .Read("market[EU]", s_now)
                .IsUnknown
        );

    [Fact]
    public void A_column_assumes_only_what_nobody_states()
    {
        var book = Books.Read("eu-ai-act");
        var stated = Books.Facts(("market[EU]", "none"));

        Assert.Equal("none", Market(stated.AssumeFor(book.Headline!)));
        Assert.Equal("placed", Market(FactSheet.Empty.AssumeFor(book.Headline!)));

        static string Market(FactSheet facts) =>
            Assert.Single(
                Assert.IsType<Known.Word>(facts.Read("market[EU]", s_now).Value).Possible
            );
    }

    [Fact]
    public void What_if_is_assumed_against_what_is_stated_and_marked()
    {
        var facts = Books
            .Facts(("market[EU]", "none"), ("flop[any].so_far", "3e25"), ("modality.out", "text"))
            .TryAssume([new("market[EU]", "placed")], whatIf: true, out var fault);

        Assert.Null(fault);
        var answer = Evaluation.Of(Books.Read("eu-ai-act"), facts!, s_now);
        Assert.Equal(Answer.Yes, answer.Answer);
        Assert.Equal("market[EU]", Assert.Single(answer.Assumed).Fact);
    }

    [Theory]
    [InlineData("market[EU]", "sold", "none, intended")]
    [InlineData("revenue[2025]", "many", "USD")]
    [InlineData("monetised", "perhaps", "true or false")]
    [InlineData("own_flop[concord].so_far", "1e25", "computed")]
    [InlineData("colour", "red", "vocabulary")]
    public void An_assumption_that_cannot_be_read_says_why(string fact, string value, string rule)
    {
        Assert.Null(FactSheet.Empty.TryAssume([new(fact, value)], whatIf: true, out var fault));
        Assert.Contains(rule, fault!.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1e25..", "[10000000000000000000000000, ?]")]
    [InlineData("..5", "[?, 5]")]
    [InlineData("3..4", "[3, 4]")]
    [InlineData("7", "[7, 7]")]
    public void A_number_is_written_as_a_point_or_a_range(string text, string range)
    {
        Assert.True(Vocabulary.TryReadText("revenue[2025]", text, out var known, out _));
        Assert.Equal(range, Assert.IsType<Known.Number>(known).Range.ToString());
    }

    [Fact]
    public void Two_figures_of_one_estimate_are_compared_without_its_error()
    {
        var source = new FactSource(Asserter.PublicSource, "one estimate");
        var facts = Books
            .Facts(
                ("modality.out", "text"),
                ("market[EU]", "placed"),
                ("relation", "fine_tune"),
                ("actor_is_provider_of_parent", "no"),
                ("parent_class.systemic", "yes")
            )
            .With(
                "mod_flop[eu.cumulative]",
                Known.Of(new NumberRange(1, 100)),
                source with
                {
                    Estimate = new("utilisation", 10),
                }
            )
            .With(
                "parent_flop[eu.cumulative]",
                Known.Of(new NumberRange(2, 290)),
                source with
                {
                    Estimate = new("utilisation", 29),
                }
            );

        Assert.Equal(Answer.Yes, Evaluation.Headline(Books.Read("eu-ai-act"), facts, s_now).Answer);
    }

    [Fact]
    public void Every_fact_of_the_vocabulary_says_what_it_means() =>
        Assert.All(
            Vocabulary.Rows,
            row =>
            {
                Assert.EndsWith(".", row.Says, StringComparison.Ordinal);
                Assert.Equal(row.Kind is FactKind.Number, row.Unit is not null);
                Assert.Equal(
                    row.Name.Contains("[]", StringComparison.Ordinal),
                    row.Parameter is not null
                );
            }
        );

    private static RulebookFault Refused(string fact, FactValue value)
    {
        Assert.False(
            Vocabulary.TryRead(
                new() { Fact = fact, Value = value },
                new(Asserter.Developer, "the developer"),
                out _,
                out var fault
            )
        );
        return fault!;
    }
}
