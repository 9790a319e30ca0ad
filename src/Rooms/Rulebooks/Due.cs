using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>By when something is due, as far as that is known.</summary>
/// <param name="Kind">The kind of time.</param>
public sealed record Due(DueKind Kind)
{
    /// <summary>No time.</summary>
    public static readonly Due None = new(DueKind.None);

    /// <summary>The day or instant, when it is known.</summary>
    public Moment? At { get; init; }

    /// <summary>
    /// The instant from which on it is late; for a day, the end of it in its zone.
    /// </summary>
    public Instant? Ends { get; init; }

    /// <summary>Not earlier, when it is not known exactly.</summary>
    public Moment? Earliest { get; init; }

    /// <summary>Not later, when it is not known exactly.</summary>
    public Moment? Latest { get; init; }

    /// <summary>The interval of a recurring duty.</summary>
    public (int Count, PeriodUnit Unit)? Every { get; init; }

    /// <summary>The text's words for what has no number, or the event.</summary>
    public string? Says { get; init; }

    /// <summary>Why it is not known exactly.</summary>
    public string? Why { get; init; }

    /// <summary>By how much outages of the authority have moved the end.</summary>
    public TimeSpan Moved { get; init; }

    /// <summary>Whether it has passed.</summary>
    public bool HasPassed(Instant at) => Ends is { } end && at >= end;
}
