using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// A point of legal time: a calendar day (of whatever zone its law counts in) or an instant.
/// </summary>
/// <param name="At">The instant; for a day its midnight, read without a zone.</param>
/// <param name="IsDay">Whether only the day is known.</param>
public readonly record struct Moment(Instant At, bool IsDay) : IComparable<Moment>
{
    /// <summary>A day.</summary>
    public static Moment Of(DateOnly day) => new(Instant.StartOf(day), IsDay: true);

    /// <summary>An instant.</summary>
    public static Moment Of(Instant instant) => new(instant, IsDay: false);

    /// <summary>The day, in the zone of the law.</summary>
    public DateOnly DayIn(LegalZone zone) => IsDay ? At.Day : zone.DayOf(At);

    /// <summary>The first instant of it in the zone of the law.</summary>
    public Instant StartIn(LegalZone zone) => IsDay ? zone.StartOf(At.Day) : At;

    /// <summary>Reads <c>2026-11-23</c> or <c>2026-11-23T08:00:00Z</c>, and nothing else.</summary>
    public static bool TryParse(string? text, out Moment moment)
    {
        if (
            DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                System.Globalization.CultureInfo.InvariantCulture,
                System.Globalization.DateTimeStyles.None,
                out var day
            )
        )
        {
            moment = Of(day);
            return true;
        }

        var read = Instant.TryParse(text, out var instant);
        moment = Of(instant);
        return read;
    }

    /// <inheritdoc/>
    public int CompareTo(Moment other) => At.CompareTo(other.At);

    /// <summary>Earlier.</summary>
    public static bool operator <(Moment left, Moment right) => left.CompareTo(right) < 0;

    /// <summary>Later.</summary>
    public static bool operator >(Moment left, Moment right) => left.CompareTo(right) > 0;

    /// <summary>Not later.</summary>
    public static bool operator <=(Moment left, Moment right) => left.CompareTo(right) <= 0;

    /// <summary>Not earlier.</summary>
    public static bool operator >=(Moment left, Moment right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() =>
        IsDay
            ? At.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
            : At.ToString();
}
