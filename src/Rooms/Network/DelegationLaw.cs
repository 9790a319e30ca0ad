using Concord.Acts;
using Concord.Acts.Network;
using Concord.Measures;

namespace Concord.Rooms.Network;

/// <summary>
/// The law of delegation: a party says what another may file in its name. The other signs with its
/// own key and names the party as issuer; from there on the act is judged as the party's.
/// </summary>
[Clause("network")]
internal static class DelegationLaw
{
    private const string Source = "DESIGN §3, delegation; specs/delegation.md";

    private static readonly TimeSpan s_longest = TimeSpan.FromDays(731);

    public static Refusal? Refuse(Hearing hearing, DelegateAct act)
    {
        var network = hearing.World.Network;
        if (NetworkLaw.OwnParty(hearing, act.Party) is { } refusal)
        {
            return refusal;
        }

        return !network.Parties.Has(act.To) ? Refusals.NotThere("$.to", "party", act.To.ToString())
            : act.Acts.Count == 0 && !network.Delegations.Has((act.Party, act.To))
                ? Refusals.NotThere("$.to", "delegation of yours to", act.To.ToString())
            : NetworkLaw.Lapsed(act.Until, hearing.At, "$.until")
                ?? (
                    act.Until <= hearing.At + s_longest
                        ? null
                        : new(
                            "delegation-span",
                            "A delegation lasts for at most two years (731 days).",
                            Source,
                            "$.until",
                            $"The act says {act.Until}; the last tick is {hearing.At}.",
                            "Choose an earlier moment; another delegation can follow."
                        )
                );
    }

    /// <summary>
    /// Whom the key of a statement speaks for here: its own speaker, or the party that the issuer
    /// names, where that party has ever let the key's party act for it.
    /// </summary>
    public static Speaker SpeakerOf(NetworkView network, Speaker own, string issuer) =>
        DelegationOf(network, own, issuer) is { } delegation
            ? new Speaker.Party(delegation.Act.Party)
            : own;

    /// <summary>The delegation by which a key's party speaks as an issuer; null: none.</summary>
    public static Delegation? DelegationOf(NetworkView network, Speaker own, string issuer) =>
        own is Speaker.Party { Id: var delegated }
        && issuer.StartsWith(network.Origin + "#", StringComparison.Ordinal)
        && ShortId.TryParse(issuer.AsSpan(network.Origin.Length + 1), PartyId.Letter, out var index)
        && new PartyId(index) is var party
        && string.Equals(
            network.IssuerOf(new Speaker.Party(party)),
            issuer,
            StringComparison.Ordinal
        )
            ? network.Delegations.Find((party, delegated))
            : null;

    /// <summary>Whether a delegation bears an act at the last tick.</summary>
    public static Refusal? Refuse(NetworkView network, Delegation delegation, ActType type) =>
        Over(network, delegation) is { } why
            ? new(
                "delegation-over",
                "A delegate acts for a party while the delegation lasts.",
                Source,
                "header 15, claim 1 (iss)",
                why,
                "Ask the party's administrator for another delegation: network/delegate."
            )
        : delegation.Covers(type) ? null
        : new(
            "not-delegated",
            "A delegate files for a party what the delegation names, and delegates nothing on.",
            Source,
            "header 15, claim 1 (iss)",
            $"{delegation.Id} names {string.Join(", ", delegation.Act.Acts)}.",
            "Have the party sign it, or have its administrator delegate this act too."
        );

    /// <summary>Whether a delegation lasts.</summary>
    public static bool IsInForce(NetworkView network, Delegation delegation) =>
        Over(network, delegation) is null;

    // What a thief of an administrator's key has delegated goes when the party says since when the
    // key was not its own.
    private static string? Over(NetworkView network, Delegation delegation) =>
        delegation.Act.Acts.Count == 0 ? $"{delegation.Id} ended it."
        : delegation.Act.Until <= network.At
            ? $"{delegation.Id} lasted until {delegation.Act.Until}; the last tick is {network.At}."
        : network.Keys[delegation.By].CompromisedSince is { } since && since <= delegation.At
            ? $"The key that signed {delegation.Id} was compromised since {since}."
        : null;
}
