using Concord.Authority.Web.Charts;
using Concord.Measures;
using Concord.Rooms.Rulebooks;
using static Concord.Authority.Web.Languages.Speech;

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
                .SelectMany(column => Of(column.Book).Select(found => (found, column.Book.Short)))
                .GroupBy(one => one.found.At)
                .OrderBy(group => group.Key)
                .Select(group => Line(group.Key, [.. group])),
        ];

    /// <summary>The numbers of operations against which a rulebook's headline compares.</summary>
    public static IReadOnlyList<Threshold> Of(Rulebook book)
    {
        var found = new List<Threshold>();
        if (book.Headline is { } headline)
        {
            Walk(book, new Condition.Defined(headline.Definition), "", [], found);
        }

        return [.. found.DistinctBy(one => one.At).OrderBy(one => one.At)];
    }

    private static void Walk(
        Rulebook book,
        Condition condition,
        string title,
        HashSet<string> defined,
        List<Threshold> found
    )
    {
        switch (condition)
        {
            case Condition.Defined one when defined.Add(one.Id):
                var definition = book.Definitions[one.Id];
                Walk(book, definition.Condition, definition.Title, defined, found);
                break;
            case Condition.Compare compare when Vocabulary.Find(compare.Fact)?.Unit is "FLOP":
                var decides = string.Equals(
                    compare.Fact,
                    book.Headline!.Quantity,
                    StringComparison.Ordinal
                );
                found.Add(new(Flop.Of(compare.Threshold), title, decides));
                break;
            default:
                foreach (var part in PartsOf(condition))
                {
                    Walk(book, part, title, defined, found);
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

    private static ThresholdLine Line(Flop at, IReadOnlyList<(Threshold Found, string Law)> laws) =>
        laws.Any(one => one.Found.Decides)
            ? new(
                at,
                laws[0].Law,
                laws.Count switch
                {
                    1 => "",
                    NamesMax => Plainly($"and {laws[1].Law}"),
                    _ => Plainly($"and {laws.Count - 1} other laws"),
                }
            )
            : new(at, laws[0].Law, Bare(laws[0].Found.Title)) { IsLower = true };

    // "A general-purpose AI model" as the label of a line.
    private static string Bare(string title) =>
        title.StartsWith("A ", StringComparison.Ordinal) ? title[2..] : title;
}
