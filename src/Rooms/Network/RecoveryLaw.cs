using Concord.Acts;
using Concord.Acts.Network;

namespace Concord.Rooms.Network;

/// <summary>
/// The law of lost keys: a party gets one new key at a time, and it speaks when whoever still has
/// one of the party's keys has had a week to end it.
/// </summary>
[Clause("network")]
internal static class RecoveryLaw
{
    /// <summary>The time for objections, from the last signature on.</summary>
    public static readonly TimeSpan ObjectionPeriod = TimeSpan.FromDays(7);

    private const string Source = "DESIGN §3, lost keys; decisions/0009";

    public static Refusal? Refuse(Hearing hearing, RecoverKeys act)
    {
        var network = hearing.World.Network;
        if (!network.Parties.TryGet(act.Party, out var party))
        {
            return Refusals.NotThere("$.party", "party", act.Party.ToString());
        }

        return NetworkLaw.InUse(network, act.Key.Key, "$.key.key")
            ?? NetworkLaw.Lapsed(act.Key.Expires, hearing.At, "$.key.expires")
            ?? Pending(network, party);
    }

    private static Refusal? Pending(NetworkView network, Party party)
    {
        var waiting = party
            .Keys.Select(id => network.Keys[id])
            .FirstOrDefault(key => key.RevokedAt is null && key.SpeaksFrom > network.At);
        return waiting is null
            ? null
            : new(
                "recovery-pending",
                "One recovery of a party's keys is on its way at a time.",
                Source,
                "$.party",
                $"The key {waiting.Key.Id} speaks from {waiting.SpeaksFrom}.",
                "Wait for it, or have it ended first: network/revoke-key."
            );
    }
}
