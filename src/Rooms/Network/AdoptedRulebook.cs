using Concord.Measures;
using Concord.Rooms.Rulebooks;

namespace Concord.Rooms.Network;

/// <summary>A rulebook that the authority applies.</summary>
/// <param name="Book">The rulebook.</param>
/// <param name="AppliesFrom">From which day this authority applies it.</param>
/// <param name="Act">The log index of its proposal.</param>
/// <param name="InForceSince">When the adoption took effect.</param>
public sealed record AdoptedRulebook(
    Rulebook Book,
    DateOnly AppliesFrom,
    long Act,
    Instant InForceSince
)
{
    /// <summary>
    /// The beginnings of the days, after a time, from which it may answer otherwise: its own first
    /// day here, and the first day and the day after the last one of the law, of a duty and of a
    /// suspension.
    /// </summary>
    public IEnumerable<Instant?> TurnsAfter(Instant at)
    {
        var spans = Book
            .Duties.Select(duty => duty.InForce)
            .OfType<Days>()
            .Concat(Book.SuspendedBy.Select(one => one.During))
            .Append(Book.InForce);
        // A day of no calendar that a machine has does not begin.
        var days = spans
            .SelectMany(span => (DateOnly?[])[span.From, Next(span.To)])
            .Append(AppliesFrom)
            .OfType<DateOnly>()
            .Where(day => day >= at.Day && day < DateOnly.MaxValue.AddDays(-1));
        return days.SelectMany(day => (Instant?[])[Instant.StartOf(day), Book.Zone.StartOf(day)])
            .Where(turn => turn > at);
    }

    private static DateOnly? Next(DateOnly? last) =>
        last is { } day && day < DateOnly.MaxValue ? day.AddDays(1) : null;
}
