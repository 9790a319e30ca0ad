using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;

namespace Concord.Rooms.Registry;

/// <summary>The one table of standing: state × act → state; what is not in it is refused.</summary>
public static class StandingTable
{
    /// <summary>Every allowed step.</summary>
    public static IReadOnlyList<StandingStep> Steps { get; } =
    [
        new(StandingState.Registered, typeof(Certify), StandingState.Certified),
        new(StandingState.Certified, typeof(Certify), StandingState.Certified),
        new(StandingState.Registered, typeof(Suspend), StandingState.Suspended),
        new(StandingState.Certified, typeof(Suspend), StandingState.Suspended),
        new(StandingState.Suspended, typeof(Restore), StandingState.Registered),
        new(StandingState.Certified, typeof(Expire), StandingState.Registered),
        new(StandingState.Reported, typeof(Withdraw), StandingState.Withdrawn),
        new(StandingState.Registered, typeof(Withdraw), StandingState.Withdrawn),
        new(StandingState.Certified, typeof(Withdraw), StandingState.Withdrawn),
        new(StandingState.Reported, typeof(VoidAct), StandingState.Withdrawn),
        new(StandingState.Registered, typeof(VoidAct), StandingState.Withdrawn),
        new(StandingState.Certified, typeof(VoidAct), StandingState.Withdrawn),
        new(StandingState.Suspended, typeof(VoidAct), StandingState.Withdrawn),
    ];

    /// <summary>Whether an act may be done to a subject in a state.</summary>
    public static bool Allows(StandingState state, Type act) =>
        Steps.Any(step => step.From == state && step.Act == act);

    /// <summary>The standing after an act that the table allows.</summary>
    public static Standing After(Standing standing, Act act, Effect effect) =>
        act switch
        {
            Certify certify => new()
            {
                State = StandingState.Certified,
                Since = effect.At,
                Until = certify.Until,
                Conditions = certify.Conditions,
                DecidedBy = effect.Act,
                CertifiedBy = effect.Act,
                Stayed = standing.Stayed,
            },
            Suspend suspend => new()
            {
                State = StandingState.Suspended,
                Until = suspend.Until,
                DecidedBy = effect.Act,
                Before = standing,
            },
            Restore => Unsuspended(standing) with { DecidedBy = effect.Act, Stayed = null },
            Expire => new()
            {
                State = StandingState.Registered,
                DecidedBy = effect.Act,
                Stayed = standing.Stayed,
            },
            Withdraw or VoidAct => new()
            {
                State = StandingState.Withdrawn,
                DecidedBy = effect.Act,
            },
            _ => throw new InvariantException($"{act.GetType().Name} is no act on standing"),
        };

    private static Standing Unsuspended(Standing standing)
    {
        while (standing is { State: StandingState.Suspended, Before: { } before })
        {
            standing = before;
        }

        return standing;
    }
}

/// <summary>One step of standing.</summary>
/// <param name="From">The state before.</param>
/// <param name="Act">The act's record.</param>
/// <param name="To">The state after; a restoration returns to what was suspended.</param>
public sealed record StandingStep(StandingState From, Type Act, StandingState To);
