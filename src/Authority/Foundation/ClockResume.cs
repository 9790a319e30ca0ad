using Concord.Acts;
using Concord.Acts.Network;
using Concord.Measures;
using Concord.Rooms.Network;

namespace Concord.Authority.Foundation;

/// <summary>
/// The step by which officers let a clock go on that stood for more than two hours.
/// </summary>
public static class ClockResume
{
    /// <summary>The act to sign; null while the clock needs none.</summary>
    /// <param name="running">The authority.</param>
    /// <param name="reason">What happened.</param>
    public static ResumeClock? Draft(RunningAuthority running, string reason)
    {
        var network = running.Intake.Current.World.Network;
        return running.Intake.ClockStands ? Draft(network, running.Now, reason) : null;
    }

    /// <summary>The act to sign.</summary>
    /// <param name="network">The state of the authority.</param>
    /// <param name="to">The time from which ticks go on.</param>
    /// <param name="reason">What happened.</param>
    public static ResumeClock Draft(NetworkView network, Instant to, string reason) =>
        new()
        {
            Joint = Terms(network),
            From = network.At,
            To = to,
            Reason = reason,
        };

    /// <summary>The terms of an ordinary joint act of institutions.</summary>
    public static JointTerms Terms(NetworkView network) =>
        new()
        {
            Kind = JointKind.Institutions,
            K = network.KeySet!.Thresholds.K,
            Epoch = network.KeySet.Epoch,
        };
}
