using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// The civil time of a jurisdiction as data of a rulebook, never the machine's: an offset from UTC
/// and, where there is one, the rule of summer time.
/// </summary>
/// <param name="StandardMinutes">Offset from UTC in minutes, standard time.</param>
/// <param name="Summer">Summer time; null: none.</param>
public sealed record LegalZone(int StandardMinutes, SummerTime? Summer)
{
    /// <summary>UTC.</summary>
    public static readonly LegalZone Utc = new(0, null);

    /// <summary>The offset from UTC in minutes at an instant.</summary>
    public int OffsetMinutes(Instant at)
    {
        if (Summer is null)
        {
            return StandardMinutes;
        }

        var year = at.Day.Year;
        var isSummer =
            at >= Summer.Begins.In(year, StandardMinutes)
            && at < Summer.Ends.In(year, Summer.Minutes);
        return isSummer ? Summer.Minutes : StandardMinutes;
    }

    /// <summary>The civil day of an instant.</summary>
    public DateOnly DayOf(Instant at) => (at + TimeSpan.FromMinutes(OffsetMinutes(at))).Day;

    /// <summary>The instant at which a civil day begins.</summary>
    public Instant StartOf(DateOnly day)
    {
        var midnight = Instant.StartOf(day);
        var guess = midnight - TimeSpan.FromMinutes(StandardMinutes);
        return midnight - TimeSpan.FromMinutes(OffsetMinutes(guess));
    }

    /// <summary>The instant at which a civil day ends, the beginning of the next.</summary>
    public Instant EndOf(DateOnly day) => StartOf(day.AddDays(1));
}
