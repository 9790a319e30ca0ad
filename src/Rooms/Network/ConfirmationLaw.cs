using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Rooms.Network;

/// <summary>
/// The law of contested acts: who is said to have signed by a key in other hands says whether it
/// was meant. What nobody stands by, officers void.
/// </summary>
[Clause("network")]
internal static class ConfirmationLaw
{
    private const string Source = "DESIGN §3, keys; decisions/0017";

    public static Refusal? Refuse(Hearing hearing, Confirm act)
    {
        var network = hearing.World.Network;
        if (Signatory(hearing) is not { } speaker)
        {
            return Refusals.NotPermitted(hearing.Signed.Type.SignedBy, hearing.Speaker.ToString()!);
        }

        var joint = network.Joints.Find(act.ActDigest);
        var signature = joint?.Signatures.FirstOrDefault(one => one.Index == act.Target.Index);
        if (signature is null ? !HasSaid(network, speaker, act) : !IsSame(signature, speaker))
        {
            return Refusals.NotThere("$.target", "act of yours", act.Target.ToString());
        }

        var isContested = signature is null
            ? IsLost(network, speaker, act.Key)
            : signature.Key == act.Key
                && network.DoubtOf(signature.Index, signature.Key, signature.At) is not null;
        return !isContested ? NotContested(act)
            : joint is { InForceSince: null } ? NotInForce(network, joint)
            : joint is not null && HasSigned(joint, speaker, act) ? Signed(speaker)
            : network.ConfirmationOf(act.Target.Index) is { } before ? Settled($"{before} did.")
            : network.Voids.TryGet(act.Target.Index, out var end)
                ? Settled($"It was voided by {new Acts.ActId(end)}.")
            : null;
    }

    private static Speaker? Signatory(Hearing hearing) =>
        hearing.Speaker
            is Speaker.Party
                or Speaker.Officer
                or Speaker.Authority { Purpose: KeyPurpose.Registrar }
            ? hearing.Speaker
            : null;

    // An institution answers for its clerks.
    private static bool HasSaid(NetworkView network, Speaker speaker, Confirm act)
    {
        var said = speaker is Speaker.Officer ? StaffOf(network, speaker, act.Key) : speaker;
        return said is not null
            && network.Said.TryGet(
                NetworkView.SaidKey(network.IssuerOf(said), act.ActDigest),
                out var index
            )
            && index == act.Target.Index;
    }

    private static Speaker.Staff? StaffOf(NetworkView network, Speaker speaker, KeyId key) =>
        network.Keys.Find(key)?.Speaker is Speaker.Staff staff
        && speaker is Speaker.Officer officer
        && string.Equals(staff.Institution, officer.Institution, StringComparison.Ordinal)
            ? staff
            : null;

    // Persons leave, and their institution answers for what they signed.
    private static bool IsSame(JointSignature signature, Speaker speaker) =>
        (signature.Speaker, speaker) switch
        {
            (Speaker.Officer one, Speaker.Officer other) => string.Equals(
                one.Institution,
                other.Institution,
                StringComparison.Ordinal
            ),
            var (one, other) => one == other,
        };

    // Of acts of one signer no view keeps the key: the act names it, and the party or one of its
    // delegates lost it.
    private static bool IsLost(NetworkView network, Speaker speaker, KeyId key) =>
        network.Keys.Find(key) is { CompromisedSince: not null } record
        && (record.Speaker, speaker) switch
        {
            (Speaker.Party one, Speaker.Party other) => one.Id == other.Id
                || network.Delegations.Has((other.Id, one.Id)),
            (Speaker.Authority, Speaker.Authority) => true,
            (Speaker.Staff, Speaker.Officer) => StaffOf(network, speaker, key) is not null,
            _ => false,
        };

    // Two persons decide: one of them is not the other's voice as well.
    private static bool HasSigned(JointState joint, Speaker speaker, Confirm act) =>
        speaker is Speaker.Officer
        && joint.Signatures.Any(one => one.Speaker == speaker && one.Index != act.Target.Index);

    private static Refusal NotContested(Confirm act) =>
        new(
            "not-contested",
            "What is confirmed was signed by a key that was in other hands then.",
            Source,
            "$.key",
            $"Nobody says so of the key {act.Key} and {act.Target}.",
            "Nothing needs to be done. If the key was in other hands, revoke it and say since when."
        );

    private static Refusal NotInForce(NetworkView network, JointState joint) =>
        new(
            "not-in-force",
            "A signature on what is not in force is not confirmed but given anew.",
            Source,
            "$.target",
            $"{network.Counted(joint).Count} of {joint.Terms.K} signatures count.",
            "Sign the act with a key that stands, or propose it anew."
        );

    private static Refusal Signed(Speaker speaker) =>
        new(
            "has-signed",
            "Who has signed a joint act confirms nobody else's signature on it.",
            Source,
            "header 15, claim 1 (iss)",
            $"{speaker} is one of the signers.",
            "Have it confirmed by an officer of the institution who has not signed."
        );

    private static Refusal Settled(string detail) =>
        new(
            "already-settled",
            "A contested act is confirmed or voided once.",
            Source,
            "$.target",
            detail,
            "Nothing needs to be done."
        );
}
