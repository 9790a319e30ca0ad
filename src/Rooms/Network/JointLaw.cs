using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;

namespace Concord.Rooms.Network;

/// <summary>
/// The one k-of-n mechanism: who may sign a joint act, that each signer counts once, and that the
/// terms are those of the act's row.
/// </summary>
[Clause("network")]
internal static class JointLaw
{
    private const string Source = "DESIGN §3, joint acts";

    public static Refusal? Refuse(Hearing hearing, JointAct act) =>
        Terms(hearing, act) ?? Signer(hearing, act) ?? Again(hearing);

    private static Refusal? Terms(Hearing hearing, JointAct act)
    {
        var (kind, k) = Expected(hearing.World.Network, act);
        var epoch = hearing.World.Network.KeySet!.Epoch;
        return act.Joint.Kind == kind && act.Joint.K == k && act.Joint.Epoch == epoch
            ? null
            : new(
                "joint-terms",
                "A joint act states the kind of its signers, their number and the key set.",
                Source,
                "$.joint",
                $"It states {Word(act.Joint.Kind)}, k = {act.Joint.K}, epoch {act.Joint.Epoch}.",
                $"State {Word(kind)}, k = {k}, epoch {epoch}, and have it signed anew."
            );
    }

    private static (JointKind Kind, int K) Expected(NetworkView network, JointAct act) =>
        act switch
        {
            KeySet set => (JointKind.Roots, KeySetSigners(network, set)),
            Transfer => (JointKind.Parties, 2),
            StandingAct => (JointKind.Officers, 2),
            _ => (JointKind.Institutions, network.KeySet!.Thresholds.K),
        };

    /// <summary>
    /// Roots, and officers too where it becomes easier to spare or harder to stop.
    /// </summary>
    private static int KeySetSigners(NetworkView network, KeySet act) =>
        network.Genesis!.Roots.T + OfficersNeeded(network, act);

    private static int OfficersNeeded(NetworkView network, KeySet act) =>
        OfficersNeeded(network.KeySet!.Thresholds, act.Body.Thresholds);

    /// <summary>The institutions that sign, beside roots, what changes thresholds so.</summary>
    public static int OfficersNeeded(Thresholds now, Thresholds next) =>
        next.KStop > now.KStop || next.KLift < now.KLift ? now.KLift : 0;

    private static Refusal? Signer(Hearing hearing, JointAct act)
    {
        var signed = Signatures(hearing);
        return (act.Joint.Kind, hearing.Speaker) switch
        {
            (JointKind.Roots, Speaker.Root) when act is KeySet set => Room(
                hearing,
                signed,
                hearing.World.Network.Genesis!.Roots.T,
                one => one is Speaker.Root
            ),
            (JointKind.Roots, Speaker.Officer officer)
                when act is KeySet set
                    && OfficersNeeded(hearing.World.Network, set) is > 0 and var needed =>
                Institution(signed, officer)
                    ?? Room(hearing, signed, needed, one => one is Speaker.Officer),
            (JointKind.Institutions, Speaker.Officer officer) => Institution(signed, officer),
            (JointKind.Officers, Speaker.Officer) => null,
            (JointKind.Parties, Speaker.Party party) => InOrder(act, signed, party),
            _ => Refusals.NotPermitted(hearing.Signed.Type.SignedBy, hearing.Speaker.ToString()!),
        };
    }

    private static Refusal? Room(
        Hearing hearing,
        IReadOnlyList<JointSignature> signed,
        int needed,
        Func<Speaker, bool> isSame
    ) =>
        signed.Count(one => isSame(one.Speaker)) < needed
            ? null
            : Refusals.NotPermitted(
                "the other kind of signer still missing",
                hearing.Speaker.ToString()!
            );

    private static Refusal? Institution(
        IReadOnlyList<JointSignature> signed,
        Speaker.Officer officer
    ) =>
        signed.Any(one =>
            one.Speaker is Speaker.Officer other
            && string.Equals(other.Institution, officer.Institution, StringComparison.Ordinal)
        )
            ? new(
                "institution-has-signed",
                "Officers of one institution count as one.",
                Source,
                "header 15, claim 1 (iss)",
                $"An officer of {officer.Institution} has signed.",
                "Have it signed by an officer of another institution."
            )
            : null;

    private static Refusal? InOrder(
        JointAct act,
        IReadOnlyList<JointSignature> signed,
        Speaker.Party party
    )
    {
        var parties = act.Joint.Parties ?? [];
        var next = signed.Count < parties.Count ? parties[signed.Count] : (PartyId?)null;
        return next == party.Id
            ? null
            : new(
                "not-your-turn",
                "Named parties sign in the order in which they are named.",
                Source,
                "$.joint.parties",
                next is { } expected
                    ? $"The next signature is {expected}'s, this is {party.Id}'s."
                    : "All have signed.",
                "Wait for those before you, or name yourself in your place."
            );
    }

    private static Refusal? Again(Hearing hearing)
    {
        if (hearing.World.Network.Joints.Find(hearing.Signed.ActDigest) is not { } state)
        {
            return null;
        }

        return state.InForceSince is { } since
            ? new(
                "already-in-force",
                "A joint act takes effect with its k-th signature and needs no more.",
                Source,
                "$.joint",
                $"It has been in force since entry {since}.",
                "Nothing needs to be done."
            )
            : null;
    }

    private static IReadOnlyList<JointSignature> Signatures(Hearing hearing) =>
        hearing.World.Network.Joints.Find(hearing.Signed.ActDigest) is { } joint
            ? hearing.World.Network.Counted(joint)
            : [];

    private static string Word(JointKind kind) => $"kind {kind.ToString().ToLowerInvariant()}";
}
