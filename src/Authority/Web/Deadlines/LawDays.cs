using Concord.Authority.Web.Languages;
using Concord.Rooms;
using Concord.Rooms.Network;
using Concord.Rooms.Rulebooks;
using static Concord.Authority.Web.Languages.Speech;

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
                var says = day.Select(turn => turn.Says)
                    .DistinctBy(one => $"{one}", StringComparer.Ordinal)
                    .Aggregate((one, next) => one.Text(Say("; ")).Add(next));
                yield return new(
                    book.Zone.StartOf(day.Key),
                    day.Key,
                    DueSort.Law,
                    Say($"{Linked($"/laws/{id}", book.Short)}: {says}"),
                    $"/laws/{id}"
                );
            }
        }
    }

    private static IEnumerable<(DateOnly Day, Markup Says)> Turns(
        AdoptedRulebook adopted,
        AdoptedRulebook? now
    )
    {
        var book = adopted.Book;
        if (adopted != now)
        {
            yield return (
                adopted.AppliesFrom,
                Markup.Of($"edition {book.Edition} is applied here")
            );
            yield break;
        }

        yield return (book.InForce.From, Markup.Of($"the law comes into force"));
        foreach (var turn in Ends(book.InForce, Markup.Of($"the law ends")))
        {
            yield return turn;
        }

        foreach (var one in book.SuspendedBy)
        {
            yield return (one.During.From, Markup.Of($"the law is suspended"));
            foreach (var turn in Ends(one.During, Markup.Of($"its suspension ends")))
            {
                yield return turn;
            }
        }

        foreach (var turn in Duties(book))
        {
            yield return turn;
        }
    }

    private static IEnumerable<(DateOnly Day, Markup Says)> Duties(Rulebook book)
    {
        var begins = book
            .Duties.Where(duty => duty.InForce is { } days && days.From > book.InForce.From)
            .GroupBy(duty => duty.InForce!.From);
        foreach (var day in begins)
        {
            var named = Named([.. day]);
            yield return (
                day.Key,
                day.Count() == 1 ? Markup.Of($"{named} begins") : Markup.Of($"{named} begin")
            );
        }

        var ends = book.Duties.Where(duty => duty.InForce?.To is not null);
        foreach (var day in ends.GroupBy(duty => duty.InForce!.To!.Value))
        {
            foreach (
                var turn in Ends(
                    new(day.Key, day.Key),
                    Markup.Of($"{Named([.. day])} no longer bind")
                )
            )
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
            var named = Named([.. day]);
            yield return (
                day.Key.until,
                day.Key.Says is { } says
                    ? Markup.Of(
                        $"{named} begin in this case: "
                            + $"{Prose.Of(Prose.Uncapital(says.TrimEnd('.')))}"
                    )
                    : Markup.Of($"{named} begin")
            );
        }

        foreach (
            var duty in book.Duties.Where(duty =>
                duty.Clock is Deadline.By { At: TimeExpression.Fixed }
            )
        )
        {
            var at = ((TimeExpression.Fixed)((Deadline.By)duty.Clock!).At).At;
            yield return (
                at.DayIn(book.Zone),
                Markup.Of($"the last day of the duty “{Prose.Of(duty.Title)}”")
            );
        }
    }

    // A few by their titles, many by their number.
    private static Markup Named(IReadOnlyList<Duty> duties) =>
        duties.Count == 1
            ? Markup.Of($"the duty “{Prose.Of(duties[0].Title)}”")
            : Markup.Words(Speech.Count(duties.Count, "{0} duty", "{0} duties"));

    private static IEnumerable<(DateOnly Day, Markup Says)> Ends(Days days, Markup says) =>
        days.To is { } last && last < DateOnly.MaxValue ? [(last.AddDays(1), says)] : [];
}
