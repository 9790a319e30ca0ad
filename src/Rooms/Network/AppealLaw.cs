using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Measures;
using Concord.Rooms.Registry;

namespace Concord.Rooms.Network;

/// <summary>
/// The law of appeals: by the party concerned, once, in time; decided by officers who had no part
/// in what is appealed.
/// </summary>
[Clause("network")]
internal static class AppealLaw
{
    /// <summary>The most appeals of one party that wait for a decision at a time.</summary>
    public const int OpenMax = 32;

    private const string Source = "ACTS, network/appeal, decide-appeal; decisions/0012";
    private const int DefaultDays = 30;

    /// <summary>The time in which a decision or refusal can be appealed.</summary>
    public static TimeSpan FilingTime(NetworkView network) =>
        TimeSpan.FromDays(network.KeySet?.Thresholds.Appeals?.FilingDays ?? DefaultDays);

    /// <summary>The time in which an appeal is decided.</summary>
    public static TimeSpan DecisionTime(NetworkView network) =>
        TimeSpan.FromDays(network.KeySet?.Thresholds.Appeals?.DecisionDays ?? DefaultDays);

    public static Refusal? Refuse(Hearing hearing, Appeal act) =>
        NetworkLaw.OwnParty(hearing, act.By, "$.by")
        ?? (
            act.Against is { } against
                ? Against(hearing, act, against)
                : RefusalProof.Refuse(hearing, act)
        )
        ?? Flood(hearing, act);

    public static Refusal? Refuse(Hearing hearing, DecideAppeal act)
    {
        var network = hearing.World.Network;
        if (network.Appeals.All.Find(act.Appeal.Index) is not { } appeal)
        {
            return Refusals.NotThere("$.appeal", "appeal", act.Appeal.ToString());
        }

        return Decided(appeal) ?? Stay(hearing, act, appeal) ?? Involved(hearing, appeal);
    }

    /// <summary>A period that is over.</summary>
    public static Refusal? Late(Hearing hearing, Instant until, string path) =>
        until <= hearing.At
            ? new(
                "appeal-period-over",
                "An appeal is filed within the period that the key set gives for it.",
                Source,
                path,
                $"It could be appealed until {until}; the last tick is {hearing.At}.",
                "Ask officers to change the decision by the act that its room has for that."
            )
            : null;

    /// <summary>What has been appealed before.</summary>
    public static Refusal Again(ActId appeal, string path) =>
        new(
            "already-appealed",
            "A decision or refusal is appealed once.",
            Source,
            path,
            $"The appeal is {appeal}.",
            "Wait for the decision on it, or read it: a decision on an appeal is the last here."
        );

    private static Refusal? Against(Hearing hearing, Appeal act, ActId against)
    {
        var (network, registry) = (hearing.World.Network, hearing.World.Registry);
        if (registry.Decisions.Find(against.Index) is not { } decision)
        {
            return Refusals.NotThere(
                "$.against",
                "suspension or certificate with conditions",
                against.ToString()
            );
        }

        var concerned = registry.ModelOf(decision.Act.Target)?.Developer;
        return concerned != act.By
                ? Refusals.NotPermitted(
                    "the developer of what was decided on",
                    hearing.Speaker.ToString()!
                )
            : network.Appeals.ByAct.TryGet(against.Index, out var before)
                ? Again(new(before), "$.against")
            : act.AsksStay is true && decision.Act is not Suspend ? NothingToStay("$.asks_stay")
            : Late(hearing, network.AppealableUntil(decision.At, decision.Period), "$.against");
    }

    private static Refusal? Flood(Hearing hearing, Appeal act)
    {
        var docket = hearing.World.Network.Appeals;
        return docket.Open.Count(one => docket.All[one.Appeal].Act.By == act.By) < OpenMax
            ? null
            : new(
                "too-many-appeals",
                $"At most {OpenMax} appeals of one party wait for a decision at a time.",
                Source,
                "$.by",
                $"{act.By} has {OpenMax} that are not decided.",
                "Wait for a decision on one of them."
            );
    }

    private static Refusal? Decided(AppealRecord appeal) =>
        appeal.DecidedBy is { } before
            ? new(
                "already-decided",
                "An appeal is decided once.",
                Source,
                "$.appeal",
                $"It was decided by {before}.",
                "Nothing more can be decided on it."
            )
            : null;

    private static Refusal? Stay(Hearing hearing, DecideAppeal act, AppealRecord appeal)
    {
        if (act.Outcome != AppealOutcome.Stayed)
        {
            return null;
        }

        if (appeal.StayedBy is { } before)
        {
            return new(
                "already-stayed",
                "A suspension is stayed once.",
                Source,
                "$.outcome",
                $"It was stayed by {before}.",
                "Decide the appeal."
            );
        }

        var registry = hearing.World.Registry;
        return
            appeal.Act.Against is { } against
            && registry.Decisions[against.Index].Act is Suspend suspend
            && registry.StandingOf(suspend.Target)?.AsOf(hearing.At) is { } standing
            && standing.State == StandingState.Suspended
            && standing.DecidedBy == against.Index
            ? null
            : NothingToStay("$.outcome");
    }

    private static Refusal NothingToStay(string path) =>
        new(
            "nothing-to-stay",
            "A suspension that is in force is stayed, and nothing else.",
            Source,
            path,
            "What is appealed suspends nothing now.",
            "Decide the appeal; conditions and refusals hold until then."
        );

    // Where fewer institutions than k are untouched, other persons of those that were involved fill
    // the places that are missing, and no more.
    private static Refusal? Involved(Hearing hearing, AppealRecord appeal)
    {
        var deciders = DecidersOf(hearing.World, appeal);
        if (hearing.Speaker is not Speaker.Officer officer || deciders.Count == 0)
        {
            return null;
        }

        if (deciders.Contains(officer))
        {
            return Independence(
                $"{officer} signed {appeal.Act.Against}.",
                "Have it signed by an officer who did not."
            );
        }

        var involved = deciders.Select(one => one.Institution).ToHashSet(StringComparer.Ordinal);
        if (!involved.Contains(officer.Institution))
        {
            return null;
        }

        var network = hearing.World.Network;
        var set = network.KeySet!;
        var places = set.Thresholds.K - set.Institutions.Count(one => !involved.Contains(one.Name));
        var signed = network.Joints.Find(hearing.Signed.ActDigest) is { } joint
            ? network.Counted(joint)
            : [];
        var taken = signed.Count(one =>
            one.Speaker is Speaker.Officer other && involved.Contains(other.Institution)
        );
        return taken < places
            ? null
            : Independence(
                $"Another officer of {officer.Institution} signed {appeal.Act.Against}.",
                "Have it signed by an officer of an institution that had no part in it."
            );
    }

    private static List<Speaker.Officer> DecidersOf(World world, AppealRecord appeal) =>
        appeal.Act.Against is { } against
            ?
            [
                .. world
                    .Network.Joints[world.Registry.Decisions[against.Index].Digest]
                    .Signatures.Select(one => one.Speaker)
                    .OfType<Speaker.Officer>(),
            ]
            : [];

    private static Refusal Independence(string detail, string remedy) =>
        new(
            "involved",
            "An appeal is decided by others than those who decided what is appealed.",
            Source,
            "header 15, claim 1 (iss)",
            detail,
            remedy
        );
}
