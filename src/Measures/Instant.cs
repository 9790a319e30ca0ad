using System.Globalization;

namespace Concord.Measures;

/// <summary>
/// A moment in UTC, counted in milliseconds since 1970-01-01T00:00:00Z (POSIX time, no leap
/// seconds). It has exactly one text form, RFC 3339 with <c>Z</c> and no needless fraction, so that
/// one moment has one encoding.
/// </summary>
/// <param name="UnixMilliseconds">Milliseconds since the POSIX epoch.</param>
public readonly record struct Instant(long UnixMilliseconds) : IComparable<Instant>
{
    private const string WholeSeconds = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string WithMilliseconds = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The moment as the BCL's type, offset zero.</summary>
    public DateTimeOffset ToDateTimeOffset() =>
        DateTimeOffset.FromUnixTimeMilliseconds(UnixMilliseconds);

    /// <summary>The calendar day in UTC.</summary>
    public DateOnly Day => DateOnly.FromDateTime(ToDateTimeOffset().UtcDateTime);

    /// <summary>The moment that a BCL value names, cut to milliseconds.</summary>
    public static Instant From(DateTimeOffset moment) => new(moment.ToUnixTimeMilliseconds());

    /// <summary>Midnight UTC at the start of a day.</summary>
    public static Instant StartOf(DateOnly day) =>
        From(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));

    /// <summary>
    /// Parses exactly the form that <see cref="ToString"/> prints, and nothing else.
    /// </summary>
    public static bool TryParse(string? text, out Instant instant)
    {
        instant = default;
        if (text is null)
        {
            return false;
        }

        foreach (var form in (ReadOnlySpan<string>)[WholeSeconds, WithMilliseconds])
        {
            if (
                DateTimeOffset.TryParseExact(
                    text,
                    form,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out var moment
                )
            )
            {
                instant = From(moment);
                return string.Equals(instant.ToString(), text, StringComparison.Ordinal);
            }
        }

        return false;
    }

    /// <summary>
    /// RFC 3339 in UTC: whole seconds without, others with three digits of fraction.
    /// </summary>
    public override string ToString() =>
        ToDateTimeOffset()
            .ToString(
                UnixMilliseconds % 1000 == 0 ? WholeSeconds : WithMilliseconds,
                CultureInfo.InvariantCulture
            );

    /// <inheritdoc/>
    public int CompareTo(Instant other) => UnixMilliseconds.CompareTo(other.UnixMilliseconds);

    /// <summary>The moment a span later.</summary>
    public static Instant operator +(Instant instant, TimeSpan span) =>
        new(instant.UnixMilliseconds + (long)span.TotalMilliseconds);

    /// <summary>The moment a span earlier.</summary>
    public static Instant operator -(Instant instant, TimeSpan span) =>
        new(instant.UnixMilliseconds - (long)span.TotalMilliseconds);

    /// <summary>The time from the second moment to the first.</summary>
    public static TimeSpan operator -(Instant left, Instant right) =>
        TimeSpan.FromMilliseconds(left.UnixMilliseconds - right.UnixMilliseconds);

    /// <summary>Earlier.</summary>
    public static bool operator <(Instant left, Instant right) => left.CompareTo(right) < 0;

    /// <summary>Later.</summary>
    public static bool operator >(Instant left, Instant right) => left.CompareTo(right) > 0;

    /// <summary>Not later.</summary>
    public static bool operator <=(Instant left, Instant right) => left.CompareTo(right) <= 0;

    /// <summary>Not earlier.</summary>
    public static bool operator >=(Instant left, Instant right) => left.CompareTo(right) >= 0;
}
