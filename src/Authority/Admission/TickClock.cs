using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Authority.Witnesses;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms;

namespace Concord.Authority.Admission;

/// <summary>
/// Makes the log's time (DESIGN §4): a tick before an act when a second has passed since the last,
/// when a deadline falls due, and once an hour. A step of more than two hours it never makes, nor a
/// tick that the witnesses' times contradict.
/// </summary>
internal sealed class TickClock(
    KeyRing keys,
    WitnessClocks clocks,
    IntakeLimits limits,
    ILogger logger
)
{
    // The smallest step of the log's time.
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(1);

    private bool _stood;
    private bool _held;

    /// <summary>
    /// Whether what a tick would say is further from the last than a tick may step.
    /// </summary>
    public bool Stands(World world, Instant now) =>
        world.Network.HasTicked
        && Sayable(world, now, clocks.Check(now)) is { } time
        && time - From(world) > limits.TickStepMax;

    /// <summary>Adds a tick when one is due.</summary>
    public void TickWhenDue(Draft draft, Instant now, bool hasActs)
    {
        var world = draft.World;
        var check = clocks.Check(now);
        Tell(world, now, check);
        if (Sayable(world, now, check) is not { } time || !IsDue(world, time, hasActs))
        {
            return;
        }

        if (world.Network.HasTicked && time - From(world) > limits.TickStepMax)
        {
            if (!_stood)
            {
                logger.ClockStands(world.At.ToString());
            }

            _stood = true;
            return;
        }

        if (draft.Add(Sign(world, time)) is { } refusal)
        {
            logger.TickRefused(refusal.Code, refusal.Detail);
        }
        else if (_stood)
        {
            _stood = false;
            logger.ClockGoesOn(time.ToString());
        }
    }

    private static Instant From(World world) => world.Network.ResumeTo ?? world.At;

    // The latest time that a tick may say; null: none. While nobody else tells the time, acts go
    // on and deadlines wait.
    private static Instant? Sayable(World world, Instant now, ClockCheck check) =>
        check.Agreement switch
        {
            _ when !world.Network.HasTicked => now,
            ClockAgreement.Disagrees => null,
            ClockAgreement.Unknown when world.NextDeadline is { } due && due <= now => due - s_step,
            _ => now,
        };

    // Witnesses that have not answered yet are no fault until a deadline waits for them.
    private void Tell(World world, Instant now, ClockCheck check)
    {
        var holds =
            check.Agreement is ClockAgreement.Disagrees
            || (!check.LetsDeadlinesPass && world.NextDeadline <= now);
        if (holds && !_held)
        {
            logger.ClockAtFault(world.At.ToString(), check.Finding ?? "");
        }
        else if (_held && !holds)
        {
            logger.DeadlinesPass(world.At.ToString());
        }

        _held = holds;
    }

    private bool IsDue(World world, Instant time, bool hasActs)
    {
        if (!world.Network.HasTicked)
        {
            return true;
        }

        var spacing = hasActs ? limits.TickSpacing : limits.TickAtLeastEvery;
        return time > world.At
            && time >= From(world)
            && (
                time - world.At >= spacing
                || world.NextDeadline <= time
                || world.Network.ResumeTo is not null
            );
    }

    private Signed Sign(World world, Instant now)
    {
        var time = world.Network.HasTicked || now > world.At ? now : world.At;
        return Gate.Sign(world, new Tick { Time = time }, keys.Of(KeyPurpose.Tick, world.Network));
    }
}
