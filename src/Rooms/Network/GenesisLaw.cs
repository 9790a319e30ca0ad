using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Rooms.Network;

/// <summary>
/// The law of the first entries of a log: t roots named in the body sign one genesis.
/// </summary>
[Clause("network")]
internal static class GenesisLaw
{
    private const string Source = "DESIGN §4; ACTS, network/genesis";

    public static Refusal? Refuse(World world, Signed signed, Genesis act)
    {
        if (world.Network.IsFounded)
        {
            return Refuse(
                "already-founded",
                "A log has one genesis.",
                "$.act",
                "This log has been founded.",
                "A new authority founds its own log."
            );
        }

        var pending = world.Network.Joints.Values.FirstOrDefault();
        if (pending is not null && pending.ActDigest != signed.ActDigest)
        {
            return Refuse(
                "another-genesis",
                "All roots sign the same genesis.",
                "$",
                $"The first root signed {pending.ActDigest}, this is {signed.ActDigest}.",
                "Sign the body that the first root signed."
            );
        }

        var root = act.Roots.Keys.FirstOrDefault(key => key.Key.Equals(signed.Key));
        if (root is null)
        {
            return Refuse(
                "not-a-root",
                "Genesis is signed by roots named in its body.",
                "header 4 (kid)",
                $"The key {signed.Key.Id} is not among the roots.",
                "Sign with a root key."
            );
        }

        var issuer = $"{act.Origin}#{new Speaker.Root(root.Name)}";
        if (!string.Equals(issuer, signed.Statement.Issuer, StringComparison.Ordinal))
        {
            return Refuse(
                "issuer-mismatch",
                "The issuer names this log and whom the key speaks for.",
                "header 15, claim 1 (iss)",
                $"The statement says {signed.Statement.Issuer}.",
                $"Sign with iss {issuer}."
            );
        }

        return act.Joint is { Kind: JointKind.Roots, Epoch: 0 } && act.Joint.K == act.Roots.T
            ? KeySetLaw.RefuseBody(act.KeySet, act.Roots, epoch: 1, "$.key_set")
                ?? KeySetLaw.RefuseLogKeys(act.KeySet, act.Origin, KeySetHistory.Empty, "$.key_set")
                ?? RefusePredecessor(act)
            : Refuse(
                "joint-terms",
                "Genesis takes effect with t of its roots, at epoch 0.",
                "$.joint",
                $"The terms are {act.Joint.Kind}, k = {act.Joint.K}, epoch {act.Joint.Epoch}.",
                $"State kind roots, k = {act.Roots.T}, epoch 0."
            );
    }

    // A log that succeeds itself would have two beginnings.
    private static Refusal? RefusePredecessor(Genesis act)
    {
        if (act.Predecessor is not { } before)
        {
            return null;
        }

        var isOwn = string.Equals(before.Origin, act.Origin, StringComparison.Ordinal);
        var key = before.VerifierKey;
        var isKey =
            key is null
            || (
                NoteVerifier.TryParse(key, out var verifier, out _)
                && verifier.IsOfLog
                && string.Equals(verifier.Name, before.Origin, StringComparison.Ordinal)
            );
        return isOwn || !isKey
            ? Refuse(
                "predecessor",
                "A log succeeds another one, of which it names a key.",
                isOwn ? "$.predecessor.origin" : "$.predecessor.verifier_key",
                isOwn ? $"Both are {act.Origin}." : $"{key} is no key of {before.Origin}.",
                "Found under an origin that nobody used, and name the old log's key."
            )
            : null;
    }

    private static Refusal Refuse(
        string code,
        string rule,
        string where,
        string detail,
        string remedy
    ) => new(code, rule, Source, where, detail, remedy);
}
