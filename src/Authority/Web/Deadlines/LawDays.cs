using Concord.Rooms;
using Concord.Rooms.Network;
using Concord.Rooms.Rulebooks;

namespace Concord.Authority.Web.Deadlines;

/// <summary>The days that lie ahead on which a law answers otherwise than before.</summary>
internal static class LawDays
{
    /// <summary>Those of every rulebook that is adopted, one line for a law and a day.</summary>
    public static IEnumerable<DueLine> Of(World world)
    {
        var books = world.Network.Rulebooks;
        foreach (var id in books.Select(one => one.Book.Id).Distinct(StringComparer.Ordinal))
        {
            var editions = books.Where(one =>
                string.Equals(one.Book.Id, id, StringComparison.Ordinal)
            );
            var now = world.Network.RulebookOn(id, world.At.Day);
            var turns = editions
                .Where(one => one == now || one.AppliesFrom > world.At.Day)
                .SelectMany(one => Turns(one, now).Select(turn => (one.Book, turn.Day, turn.Says)))
                .Where(turn => turn.Book.Zone.StartOf(turn.Day) > world.At)
                .GroupBy(turn => turn.Day);
            foreach (var day in turns)
            {
                var book = day.First().Book;
                var says = day.Select(turn => turn.Says).Distinct(StringComparer.Ordinal);
                yield return new(
                    book.Zone.StartOf(day.Key),
                    day.Key,
                    DueSort.Law,
                    new Markup()
                        .Leaf("a", book.Short, ("class", "govuk-link"), ("href", $"/laws/{id}"))
                        .Text($": {string.Join("; ", says)}"),
                    $"/laws/{id}"
                );
            }
        }
    }

    private static IEnumerable<(DateOnly Day, string Says)> Turns(
        AdoptedRulebook adopted,
        AdoptedRulebook? now
    )
    {
        var book = adopted.Book;
        if (adopted != now)
        {
            yield return (adopted.AppliesFrom, $"edition {book.Edition} is applied here");
            yield break;
        }

        yield return (book.InForce.From, "the law comes into force");
        foreach (var turn in Ends(book.InForce, "the law ends"))
        {
            yield return turn;
        }

        foreach (var one in book.SuspendedBy)
        {
            yield return (one.During.From, "the law is suspended");
            foreach (var turn in Ends(one.During, "its suspension ends"))
            {
                yield return turn;
            }
        }

        foreach (var turn in Duties(book))
        {
            yield return turn;
        }
    }

    private static IEnumerable<(DateOnly Day, string Says)> Duties(Rulebook book)
    {
        var begins = book
            .Duties.Where(duty => duty.InForce is { } days && days.From > book.InForce.From)
            .GroupBy(duty => duty.InForce!.From);
        foreach (var day in begins)
        {
            yield return (day.Key, $"{Named([.. day])} begin{(day.Count() == 1 ? "s" : "")}");
        }

        var ends = book.Duties.Where(duty => duty.InForce?.To is not null);
        foreach (var day in ends.GroupBy(duty => duty.InForce!.To!.Value))
        {
            foreach (var turn in Ends(new(day.Key, day.Key), $"{Named([.. day])} no longer bind"))
            {
                yield return turn;
            }
        }

        var later =
            from duty in book.Duties
            from one in duty.NotBefore
            where one.Until is TimeExpression.Fixed
            let until = ((TimeExpression.Fixed)one.Until).At.DayIn(book.Zone)
            group duty by (until, one.When?.Says);
        foreach (var day in later)
        {
            var whom = day.Key.Says is { } says
                ? $" also: {Prose.Uncapital(says.TrimEnd('.'))}"
                : "";
            yield return (day.Key.until, $"{Named([.. day])} bind{whom}");
        }

        foreach (
            var duty in book.Duties.Where(duty =>
                duty.Clock is Deadline.By { At: TimeExpression.Fixed }
            )
        )
        {
            var at = ((TimeExpression.Fixed)((Deadline.By)duty.Clock!).At).At;
            yield return (at.DayIn(book.Zone), $"the last day of the duty “{duty.Title}”");
        }
    }

    // A few by their titles, many by their number.
    private static string Named(IReadOnlyList<Duty> duties) =>
        duties.Count == 1
            ? $"the duty “{duties[0].Title}”"
            : $"{Figures.Count(duties.Count)} duties";

    private static IEnumerable<(DateOnly Day, string Says)> Ends(Days days, string says) =>
        days.To is { } last && last < DateOnly.MaxValue ? [(last.AddDays(1), says)] : [];
}
