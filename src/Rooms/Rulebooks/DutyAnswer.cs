using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>What a rulebook says of one duty.</summary>
/// <param name="Duty">The duty.</param>
/// <param name="Answer">Whether it is owed at the moment of judgement.</param>
/// <param name="OnceInForce">Whether it is owed by the facts, whatever day it begins.</param>
public sealed record DutyAnswer(Duty Duty, Answer Answer, Answer OnceInForce)
{
    /// <summary>Since when it is owed; null: not owed, or not known.</summary>
    public Moment? Since { get; init; }

    /// <summary>
    /// By when; for an undetermined duty the shadow deadline, as if it were owed.
    /// </summary>
    public required Due Due { get; init; }

    /// <summary>
    /// When it begins, for those that it will bind; null: it has begun or will not.
    /// </summary>
    public Moment? Upcoming { get; init; }

    /// <summary>What follows from <em>undetermined</em>; null: the answer is another.</summary>
    public OnUndetermined? Consequence =>
        Answer is Answer.Undetermined ? Duty.OnUndetermined : null;

    /// <summary>The tree of conditions; its root has this answer.</summary>
    public required ExplanationNode Explanation { get; init; }

    /// <summary>What would settle an undetermined answer.</summary>
    public IReadOnlyList<Settling> Settles { get; init; } = [];
}
