using Concord.Measures;

namespace Concord.Acts.Network;

/// <summary>
/// The time, said by the authority's tick key. Acts are judged at the last tick; deadlines pass
/// when
/// a tick passes them. Wire name <c>network/tick/1</c>.
/// </summary>
public sealed record Tick : Act
{
    /// <summary>Later than the last tick, by no more than two hours.</summary>
    public required Instant Time { get; init; }
}

/// <summary>
/// The step by which the clock goes on after a stop of more than two hours, signed by officers of k
/// institutions. Wire name <c>network/resume-clock/1</c>.
/// </summary>
public sealed record ResumeClock : JointAct
{
    /// <summary>The last tick.</summary>
    public required Instant From { get; init; }

    /// <summary>The time from which ticks go on.</summary>
    public required Instant To { get; init; }

    /// <summary>What happened, in a sentence.</summary>
    [Text(1000)]
    public required string Reason { get; init; }
}

/// <summary>
/// A time in which the authority could not be reached, signed by officers of k institutions: clocks
/// that run for a party stand still in it. Wire name <c>network/outage/1</c>.
/// </summary>
public sealed record Outage : JointAct
{
    /// <summary>From when it could not be reached.</summary>
    public required Instant From { get; init; }

    /// <summary>From when it could be again.</summary>
    public required Instant To { get; init; }

    /// <summary>What happened, in a sentence.</summary>
    [Text(1000)]
    public required string Reason { get; init; }
}
