using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Rooms.Network;

/// <summary>
/// The law of officers who leave: enough institutions keep an officer to decide, stop and lift,
/// unless a key is in other hands.
/// </summary>
[Clause("network")]
internal static class OfficersLaw
{
    private const string Source = "DESIGN §3, keys; decisions/0016";

    public static Refusal? Refuse(Hearing hearing, RevokeKey act)
    {
        var network = hearing.World.Network;
        if (!Silences(network, act.Key))
        {
            return null;
        }

        var (left, needed) = (LeftWithout(network, act.Key), Needed(network));
        return act.CompromisedSince is null
                ? new(
                    "officers-needed",
                    "As many institutions keep an officer as decide, stop and lift.",
                    Source,
                    "$.key",
                    $"Institutions with an officer without it: {left}; needed: {needed}.",
                    "Have the roots sign a key set that names another officer: it ends this key. "
                        + "If the key is in other hands, say since when: compromised_since."
                )
            : hearing.Speaker is Speaker.Root root
            && network.Silencers.Contains(root.Name, StringComparer.Ordinal)
                ? new(
                    "root-alone",
                    "One root takes the authority below the officers that it needs once.",
                    Source,
                    "header 15, claim 1 (iss)",
                    $"{root} has done so. Institutions with an officer without this key: {left}; "
                        + $"needed: {needed}.",
                    "Have another root sign it, or the roots a key set without the key."
                )
            : null;
    }

    /// <summary>
    /// Whether an institution loses its last officer with a key, and too few are left.
    /// </summary>
    public static bool Silences(NetworkView network, KeyId key) =>
        LeftWithout(network, key) is var left
        && left < Needed(network)
        && left < LeftWithout(network, key: null);

    /// <summary>The institutions that decide, stop or lift, whichever are most.</summary>
    public static int Needed(NetworkView network)
    {
        var numbers = network.KeySet!.Thresholds;
        return Math.Max(numbers.K, Math.Max(numbers.KStop, numbers.KLift));
    }

    /// <summary>What the authority cannot do for lack of officers; null: nothing.</summary>
    public static string? FindingOf(NetworkView network)
    {
        if (network.KeySet is not { Thresholds: var numbers } set)
        {
            return null;
        }

        var left = LeftWithout(network, key: null);
        return left >= Needed(network)
            ? null
            : $"{left} of {set.Institutions.Count} institutions have an officer whose key stands; "
                + $"{numbers.K} decide, {numbers.KStop} stop, {numbers.KLift} lift. What needs "
                + "more of them waits until the roots sign a key set with other officers.";
    }

    private static int LeftWithout(NetworkView network, KeyId? key) =>
        network.KeySet!.Institutions.Count(one =>
            one.Officers.Any(officer =>
                officer.Key.Id != key && network.Keys[officer.Key.Id].RevokedAt is null
            )
        );
}
