using Concord.Acts;
using Concord.Acts.Network;
using Concord.Measures;

namespace Concord.Rooms.Network;

/// <summary>An appeal, and what became of it.</summary>
/// <param name="Id">The id of its act.</param>
/// <param name="Act">What is public of it.</param>
/// <param name="At">When it was filed.</param>
/// <param name="Due">Until when it is to be decided, outages counted in.</param>
public sealed record AppealRecord(ActId Id, Appeal Act, Instant At, Instant Due)
{
    /// <summary>The decision by which the suspension has no effect until the appeal is decided.
    /// </summary>
    public ActId? StayedBy { get; init; }

    /// <summary>The decision; null: it is open.</summary>
    public ActId? DecidedBy { get; init; }

    /// <summary>When it was decided.</summary>
    public Instant? DecidedAt { get; init; }

    /// <summary>What was decided; null: nothing yet.</summary>
    public AppealOutcome? Outcome { get; init; }

    /// <summary>
    /// Whether the decision is overdue, or came late: a fold at a tick, which nobody can withhold.
    /// </summary>
    public bool IsLate(Instant at) => Due <= (DecidedAt ?? at);
}
