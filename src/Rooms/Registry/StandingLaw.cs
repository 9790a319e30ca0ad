using Concord.Acts.Registry;

namespace Concord.Rooms.Registry;

/// <summary>
/// The law of standing: what the table allows, by two officers, until a later moment.
/// </summary>
[Clause("registration")]
internal static class StandingLaw
{
    public static Refusal? Refuse(Hearing hearing, StandingAct act)
    {
        if (hearing.World.Registry.StandingOf(act.Target) is not { } standing)
        {
            return Refusals.NotThere("$.target", "model or release", act.Target.ToString());
        }

        var now = standing.AsOf(hearing.At);
        if (!StandingTable.Allows(now.State, act.GetType()))
        {
            return new(
                "standing",
                "Standing changes by the steps of one table.",
                "DESIGN §6, standing",
                "$.target",
                $"{act.Target} is {now.State.ToString().ToLowerInvariant()}; "
                    + $"{act.GetType().Name.ToLowerInvariant()} leads nowhere from there.",
                now.State == StandingState.Reported
                    ? "Only what its developer has registered has a standing to change."
                    : "Look at its present standing first."
            );
        }

        var until = (act as Certify)?.Until ?? (act as Suspend)?.Until;
        return until is { } end && end <= hearing.At
            ? Refusals.NotAfterTick("$.until", end.ToString(), hearing.At)
            : null;
    }
}
