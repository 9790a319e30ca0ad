using Concord.Measures;
using Concord.Rooms.Rulebooks;
using CsCheck;
using Xunit;

namespace Concord.Tests.Rulebooks;

/// <summary>
/// What yes, no and undetermined promise: whatever the unknown data turn out to be, yes stays yes
/// and no stays no.
/// </summary>
public sealed class SoundnessTests
{
    private const int Runs = 2_000;
    private const int Completions = 12;

    private static readonly string[] s_truths =
    [
        "monetised",
        "internal_use",
        "released_weights",
        "safeguards_removed",
    ];

    private static readonly string[] s_numbers = ["users.monthly", "accelerators"];

    private static readonly string[] s_modalities = ["text", "image", "video"];

    private static readonly string[] s_markets = ["none", "intended", "placed"];

    [Fact]
    public void Every_completion_of_the_unknowns_gives_the_answer_that_was_given() =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var book = BookOf(Condition(random, depth: 4));
                var sheet = Partial(random);
                var answer = Judge(book, sheet);
                if (answer is Answer.Undetermined)
                {
                    return;
                }

                for (var i = 0; i < Completions; i++)
                {
                    Assert.Equal(answer, Judge(book, Complete(sheet, random)));
                }
            },
            iter: Runs
        );

    [Fact]
    public void A_completion_of_all_facts_is_never_undetermined() =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var book = BookOf(Condition(random, depth: 4));

                Assert.NotEqual(
                    Answer.Undetermined,
                    Judge(book, Complete(FactSheet.Empty, random))
                );
            },
            iter: Runs
        );

    [Fact]
    public void Knowing_a_number_more_narrowly_never_turns_an_answer_round() =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var book = BookOf(Condition(random, depth: 4));
                var sheet = Partial(random);
                var before = Judge(book, sheet);
                var after = Judge(book, Narrow(sheet, random));

                Assert.True(before is Answer.Undetermined || before == after);
            },
            iter: Runs
        );

    [Fact]
    public void The_root_of_every_explanation_has_the_answer_and_joins_are_what_they_join()
    {
        var books = Books.Ids.Select(Books.Read).Where(b => b.Duties.Count > 0).ToList();
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var book = books[random.Next(books.Count)];
                var at = Instant.StartOf(new DateOnly(2025, 1, 1).AddDays(random.Next(1_500)));
                var sheet = AnyFacts(random);
                var answer = Evaluation.Of(book, sheet, at);

                Assert.Equal(answer.Answer, answer.Explanation!.Answer);
                Assert.Equal(
                    new HeadlineAnswer(
                        answer.Answer,
                        answer.OnceInForce,
                        answer.NoFigure,
                        answer.Upcoming
                    ),
                    Evaluation.Headline(book, sheet, at)
                );
                Consistent(answer.Explanation);
                foreach (var duty in answer.Duties)
                {
                    Assert.Equal(duty.Answer, duty.Explanation.Answer);
                    Consistent(duty.Explanation);
                    Assert.Equal(duty.Answer is Answer.Undetermined, duty.Consequence is not null);
                    Assert.All(
                        duty.Settles.Where(s => s.Facts.Count == 1 && s.Decides),
                        s => Assert.NotEqual(Answer.Undetermined, s.IfSo)
                    );
                }
            },
            iter: 400
        );
    }

    private static void Consistent(ExplanationNode node)
    {
        var children = node.Children.Select(child => child.Answer).ToList();
        switch (node.Operator)
        {
            case "all" or "presumed" or "duty" when children.Count > 0:
                Assert.Equal(children.Min(), node.Answer);
                break;
            case "any":
                Assert.Equal(children.Max(), node.Answer);
                break;
            case "not" when children.Count > 0:
                Assert.Equal(children[0].Not(), node.Answer);
                break;
            case "shown":
                Assert.Equal((children[0] is Answer.Yes).ToAnswer(), node.Answer);
                break;
            case "unless_shown":
                Assert.Equal((children[0] is not Answer.Yes).ToAnswer(), node.Answer);
                break;
            case "defined":
                Assert.Equal(children[0], node.Answer);
                break;
            default:
                break;
        }

        foreach (var child in node.Children)
        {
            Consistent(child);
        }
    }

    private static Answer Judge(Rulebook book, FactSheet sheet) =>
        Evaluation.Definition(book, "term", sheet, Books.At("2026-11-23T12:00:00Z"));

    private static Rulebook BookOf(Condition condition) =>
        new()
        {
            Id = "any",
            Title = "Any",
            Short = "Any",
            Jurisdiction = "any",
            Edition = "1",
            AsOf = new(2026, 11, 23),
            InForce = new(new(2026, 1, 1), null),
            Sources = new Dictionary<string, LawSource>(),
            Profiles = new Dictionary<string, CountingProfile>(),
            Calendars = new Dictionary<string, LegalCalendar>(),
            Zones = new Dictionary<string, LegalZone>(),
            Definitions = new Dictionary<string, Definition>
            {
                ["term"] = new("term", "Term", [], condition),
            },
            Duties = [],
        };

    private static Condition Condition(Random random, int depth)
    {
        if (depth > 0)
        {
            switch (random.Next(5))
            {
                case 0:
                    return new Condition.All(Several(random, depth));
                case 1:
                    return new Condition.Any(Several(random, depth));
                case 2:
                    return new Condition.Not(Condition(random, depth - 1));
                default:
                    break;
            }
        }

        return Leaf(random);
    }

    private static Condition[] Several(Random random, int depth) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Condition(random, depth - 1))];

    private static Condition.Leaf Leaf(Random random) =>
        random.Next(6) switch
        {
            0 => new Condition.IsTrue(Pick(random, s_truths), random.Next(2) == 0),
            1 => new Condition.OneOf(
                "market[EU]",
                [.. s_markets.Where(_ => random.Next(2) == 0).DefaultIfEmpty("placed")]
            ),
            2 => new Condition.Contains("modality.out", Pick(random, s_modalities)),
            3 => new Condition.ShareGreater(s_numbers[0], s_numbers[1], 0, 1, 3),
            4 => new Condition.Band(Pick(random, s_numbers), [3, 6], [random.Next(3)]),
            _ => new Condition.Compare(
                Pick(random, s_numbers),
                Enum.GetValues<Condition.Comparison>()[random.Next(4)],
                (UInt128)random.Next(10)
            ),
        };

    private static FactSheet Partial(Random random)
    {
        var sheet = FactSheet.Empty;
        foreach (var truth in s_truths.Where(_ => random.Next(2) == 0))
        {
            sheet = sheet.With(truth, Known.Of(random.Next(2) == 0), s_source);
        }

        foreach (var number in s_numbers.Where(_ => random.Next(3) > 0))
        {
            var low = random.Next(10);
            UInt128? high = random.Next(3) == 0 ? null : (UInt128)(low + random.Next(4));
            sheet = sheet.With(
                number,
                Known.Of(new NumberRange(random.Next(4) == 0 ? null : (UInt128)low, high)),
                s_source
            );
        }

        if (random.Next(2) == 0)
        {
            sheet = sheet.With(
                "market[EU]",
                new Known.Word([.. s_markets.Where(_ => random.Next(2) == 0)]),
                s_source
            );
        }

        if (random.Next(2) == 0)
        {
            var possible = s_modalities.Where(_ => random.Next(2) == 0).ToList();
            sheet = sheet.With(
                "modality.out",
                new Known.Words(
                    [.. possible.Where(_ => random.Next(2) == 0)],
                    random.Next(3) == 0 ? null : possible
                ),
                s_source
            );
        }

        return sheet;
    }

    private static FactSheet Complete(FactSheet partial, Random random)
    {
        var sheet = FactSheet.Empty;
        foreach (var fact in s_truths)
        {
            var known = Value(partial, fact) is Known.Truth { IsUnknown: false } truth
                ? truth
                : Known.Of(random.Next(2) == 0);
            sheet = sheet.With(fact, known, s_source);
        }

        foreach (var fact in s_numbers)
        {
            var range = Value(partial, fact) is Known.Number number
                ? number.Range
                : NumberRange.Unknown;
            var low = (int)(range.Low ?? 0);
            var high = (int)(range.High ?? (UInt128)(low + 12));
            sheet = sheet.With(
                fact,
                Known.Of(NumberRange.Exactly((UInt128)random.Next(Math.Min(low, high), high + 1))),
                s_source
            );
        }

        var markets = Value(partial, "market[EU]") is Known.Word { IsUnknown: false } word
            ? word.Possible
            : s_markets;
        sheet = sheet.With("market[EU]", Known.Of(Pick(random, [.. markets])), s_source);
        var words = Value(partial, "modality.out") as Known.Words;
        return sheet.With(
            "modality.out",
            Known.Of([
                .. s_modalities.Where(m =>
                    words?.Certain.Contains(m) is true
                    || (words?.Possible?.Contains(m) is not false && random.Next(2) == 0)
                ),
            ]),
            s_source
        );
    }

    private static FactSheet Narrow(FactSheet sheet, Random random) =>
        FactSheet.Of(
            sheet.Statements.Select(stated =>
            {
                if (stated.Value is not Known.Number number)
                {
                    return stated;
                }

                var low = number.Range.Low ?? 0;
                var high = number.Range.High ?? low + 20;
                var narrowed = low + (UInt128)random.Next((int)(high - low) + 1);
                return stated with { Value = Known.Of(new NumberRange(narrowed, high)) };
            })
        );

    private static Known? Value(FactSheet sheet, string fact) =>
        sheet
            .Statements.FirstOrDefault(s => string.Equals(s.Fact, fact, StringComparison.Ordinal))
            ?.Value;

    private static FactSheet AnyFacts(Random random)
    {
        var sheet = FactSheet.Empty;
        foreach (var row in Vocabulary.Rows.Where(r => !r.IsDerived && random.Next(3) > 0))
        {
            var name = row.Name.Replace(
                "[]",
                $"[{Parameter(row, random)}]",
                StringComparison.Ordinal
            );
            Known value = row.Kind switch
            {
                FactKind.Truth => Known.Of(random.Next(2) == 0),
                FactKind.Word => Known.Of(Pick(random, [.. row.Words])),
                FactKind.Words => Known.Of([.. row.Words.Where(_ => random.Next(2) == 0)]),
                FactKind.Text => Known.Of(Pick(random, ["US", "FR", "x"])),
                FactKind.Number => Known.Of(Range(random)),
                _ => Known.Of(new DateOnly(2025, 1, 1).AddDays(random.Next(1_400))),
            };
            var by = row.IsDecision ? Asserter.Authority : Asserter.Developer;
            sheet = sheet.With(name, value, new(by, "anybody"));
        }

        return sheet;
    }

    private static NumberRange Range(Random random)
    {
        UInt128 low = 1;
        for (var i = random.Next(30); i > 0; i--)
        {
            low *= 10;
        }

        return new(
            random.Next(5) == 0 ? null : low,
            random.Next(5) == 0 ? null : low * (UInt128)random.Next(1, 40)
        );
    }

    private static string Parameter(FactDefinition row, Random random) =>
        row.Parameter switch
        {
            "profile" => Pick(
                random,
                ["eu.cumulative", "eu.updates", "us.frontier", "concord", FactSheet.AnyProfile]
            ),
            "state" => Pick(random, ["EU", "NY", "IL", "CN", "KR"]),
            "year" => Pick(random, ["2024", "2025", "2026", "2027"]),
            "modality" => Pick(random, ["image", "video"]),
            "law" => Pick(random, ["IL", "NY", "CA", "concord"]),
            "line" => Pick(random, ["cyber-warning", "bio-margin"]),
            "authority" => Pick(random, ["EU", "concord"]),
            "provision" => Pick(random, ["california-sb53", "eu-ai-act"]),
            _ => Pick(random, ["eu-52-2-accepted", "cn-attributes", "kr-wide-effect"]),
        };

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private static readonly FactSource s_source = new(Asserter.Developer, "anybody");
}
