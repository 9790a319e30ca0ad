using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms;

namespace Concord.Authority.Admission;

/// <summary>
/// Makes the log's time (DESIGN §4): a tick before an act when a second has passed since the last,
/// when a deadline falls due, and once an hour. A step of more than two hours it never makes.
/// </summary>
internal sealed class TickClock(StatementSigner key, IntakeLimits limits, ILogger logger)
{
    private bool _stood;

    /// <summary>
    /// Whether the machine's clock is further from the last tick than a tick may step.
    /// </summary>
    public bool Stands(World world, Instant now) =>
        world.Network.HasTicked && now - From(world) > limits.TickStepMax;

    /// <summary>Adds a tick when one is due.</summary>
    public void TickWhenDue(Draft draft, Instant now, bool hasActs)
    {
        var world = draft.World;
        if (!IsDue(world, now, hasActs))
        {
            return;
        }

        if (Stands(world, now))
        {
            if (!_stood)
            {
                logger.ClockStands(world.At.ToString());
            }

            _stood = true;
            return;
        }

        if (draft.Add(Sign(world, now)) is { } refusal)
        {
            logger.TickRefused(refusal.Code, refusal.Detail);
        }
        else if (_stood)
        {
            _stood = false;
            logger.ClockGoesOn(now.ToString());
        }
    }

    private static Instant From(World world) => world.Network.ResumeTo ?? world.At;

    private bool IsDue(World world, Instant now, bool hasActs)
    {
        if (!world.Network.HasTicked)
        {
            return true;
        }

        var spacing = hasActs ? limits.TickSpacing : limits.TickAtLeastEvery;
        return now > world.At
            && now >= From(world)
            && (
                now - world.At >= spacing
                || world.NextDeadline <= now
                || world.Network.ResumeTo is not null
            );
    }

    private Signed Sign(World world, Instant now)
    {
        var time = world.Network.HasTicked || now > world.At ? now : world.At;
        return Gate.Sign(world, new Tick { Time = time }, key);
    }
}
