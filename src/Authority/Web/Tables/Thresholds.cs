using Concord.Authority.Web.Charts;
using Concord.Measures;
using Concord.Rooms.Rulebooks;

namespace Concord.Authority.Web.Tables;

/// <summary>
/// The thresholds of compute that the columns' questions turn on, out of the law itself.
/// </summary>
public static class Thresholds
{
    private const int NamesMax = 2;

    /// <summary>Every threshold once, with the laws that draw it.</summary>
    public static IReadOnlyList<ThresholdLine> Of(IReadOnlyList<RegisterColumn> columns) =>
        [
            .. columns
                .SelectMany(column =>
                    Of(column.Book).Select(at => (At: at, Law: column.Book.Short))
                )
                .GroupBy(one => one.At)
                .OrderBy(group => group.Key)
                .Select(group => Line(group.Key, [.. group.Select(one => one.Law).Distinct()])),
        ];

    /// <summary>The numbers of operations against which a rulebook's headline compares.</summary>
    public static IReadOnlyList<Flop> Of(Rulebook book)
    {
        var found = new HashSet<Flop>();
        if (book.Headline is { } headline)
        {
            Walk(book, new Condition.Defined(headline.Definition), [], found);
        }

        return [.. found.Order()];
    }

    private static void Walk(
        Rulebook book,
        Condition condition,
        HashSet<string> defined,
        HashSet<Flop> found
    )
    {
        switch (condition)
        {
            case Condition.Defined one when defined.Add(one.Id):
                Walk(book, book.Definitions[one.Id].Condition, defined, found);
                break;
            case Condition.Compare compare when Vocabulary.Find(compare.Fact)?.Unit is "FLOP":
                found.Add(Flop.Of(compare.Threshold));
                break;
            default:
                foreach (var part in PartsOf(condition))
                {
                    Walk(book, part, defined, found);
                }

                break;
        }
    }

    private static IReadOnlyList<Condition> PartsOf(Condition condition) =>
        condition switch
        {
            Condition.All all => all.Parts,
            Condition.Any any => any.Parts,
            Condition.Not not => [not.Part],
            Condition.Shown shown => [shown.Part],
            Condition.UnlessShown unless => [unless.Part],
            Condition.Presumed presumed => [presumed.Part],
            _ => [],
        };

    private static ThresholdLine Line(Flop at, IReadOnlyList<string> laws) =>
        laws.Count <= NamesMax
            ? new(at, laws[0], laws.Count == 1 ? "" : $"and {laws[1]}")
            : new(at, laws[0], $"and {laws.Count - 1} other laws");
}
