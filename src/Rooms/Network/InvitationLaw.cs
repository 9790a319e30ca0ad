using Concord.Acts;
using Concord.Acts.Network;

namespace Concord.Rooms.Network;

/// <summary>
/// The law of invitations: an administrator says who may join, and whoever has the code adds a key
/// of their own, once. That the code is right is proven for that key alone.
/// </summary>
[Clause("network")]
internal static class InvitationLaw
{
    /// <summary>How long an invitation can be open.</summary>
    public static readonly TimeSpan LongestOpen = TimeSpan.FromDays(30);

    private const string Source = "ACTS, network/invite, add-key; decisions/0015";

    public static Refusal? Refuse(Hearing hearing, Invite act) =>
        NetworkLaw.OwnParty(hearing, act.Party)
        ?? NetworkLaw.InUse(hearing.World.Network, act.Code, "$.code")
        ?? NetworkLaw.Lapsed(act.Until, hearing.At, "$.until")
        ?? (
            act.Until <= hearing.At + LongestOpen
                ? null
                : new(
                    "invitation-span",
                    $"An invitation is open for at most {LongestOpen.Days} days.",
                    Source,
                    "$.until",
                    $"The act says {act.Until}; the last tick is {hearing.At}.",
                    "Choose an earlier moment; another invitation can follow."
                )
        );

    /// <summary>Judges a key that adds itself: no earlier act has made it known.</summary>
    public static Refusal? Refuse(World world, Signed signed, AddKey act)
    {
        var network = world.Network;
        var party = new Speaker.Party(act.Party);
        if (signed.Statement.Key != act.Key.Key.Id || !signed.Key.Equals(act.Key.Key))
        {
            return Refusals.NotPermitted(
                "the key that is added by an invitation, itself",
                $"another key, {signed.Statement.Key}"
            );
        }

        if (!IsOpenTo(network, act))
        {
            return NotOpen();
        }

        var issuer = network.IssuerOf(party);
        return !string.Equals(issuer, signed.Statement.Issuer, StringComparison.Ordinal)
            ? Credentials.IssuerMismatch(signed.Statement.Issuer, issuer)
            : NetworkLaw.InUse(network, act.Key.Key, "$.key.key")
                ?? NetworkLaw.Lapsed(act.Key.Expires, world.At, "$.key.expires")
                ?? AsInvited(network.Invitations.All[act.Invitation!.Invite.Index].Act, act.Key)
                ?? ErasureLaw.RefuseErased(new Hearing(world, signed, party));
    }

    /// <summary>
    /// Whether an open invitation of the party lets a key add itself. Only an administrator's key
    /// that may still sign keeps its invitations open: who revokes a stolen one ends them with it.
    /// </summary>
    public static bool IsOpenTo(NetworkView network, AddKey act) =>
        act.Invitation is { } proof
        && network.Invitations.All.TryGet(proof.Invite.Index, out var invitation)
        && invitation.Act.Party == act.Party
        && IsOpen(network, invitation)
        && invitation.Act.Code.Verifies(
            InvitationCode.DigestFor(act.Key.Key.Id),
            Opened.Bytes(proof.Proof)
        );

    /// <summary>Whether an invitation can be accepted at the last tick.</summary>
    public static bool IsOpen(NetworkView network, Invitation invitation) =>
        invitation.IsUnspent
        && network.At < invitation.Act.Until
        && network.Keys[invitation.By] is { Role: KeyRole.Administrator } inviter
        && inviter.IsActive(network.At);

    private static Refusal? AsInvited(Invite invited, PartyKey key) =>
        key.Role == invited.Role
        && string.Equals(key.Holder, invited.Holder, StringComparison.Ordinal)
            ? null
            : new(
                "not-as-invited",
                "A key is added for the holder and in the role of its invitation.",
                Source,
                key.Role == invited.Role ? "$.key.holder" : "$.key.role",
                $"The invitation is for {invited.Holder} as {Word(invited.Role)}.",
                "State both as the invitation does, or ask for another invitation."
            );

    // One answer for a wrong code, another party's, a spent, withdrawn and lapsed invitation.
    private static Refusal NotOpen() =>
        new(
            "invitation-not-open",
            "A key adds itself with the code of an invitation that is open.",
            Source,
            "$.invitation",
            "There is no open invitation that this proves the code of.",
            "Ask the party's administrator for another invitation."
        );

    private static string Word(KeyRole role) => role.ToString().ToLowerInvariant();
}
