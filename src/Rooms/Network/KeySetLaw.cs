using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Rooms.Network;

/// <summary>
/// The law of key sets: the numbers against each other, and one purpose for one key.
/// </summary>
[Clause("network")]
internal static class KeySetLaw
{
    private const string Source = "DESIGN §3, keys; §7; ACTS, network/key-set";

    /// <summary>
    /// A key of the log has the log's name, and one that was let go is never named again: whoever
    /// kept it could sign on.
    /// </summary>
    public static Refusal? RefuseLogKeys(
        KeySetBody body,
        string origin,
        KeySetHistory earlier,
        string path
    )
    {
        var inForce = earlier.Last?.Body.LogKeys ?? [];
        for (var i = 0; i < body.LogKeys.Count; i++)
        {
            var text = body.LogKeys[i];
            var isKey = NoteVerifier.TryParse(text, out var key, out var fault) && key.IsOfLog;
            var where = $"{path}.log_keys[{i}]";
            if (!isKey || !string.Equals(key!.Name, origin, StringComparison.Ordinal))
            {
                return Check(
                    false,
                    "key-set-log-keys",
                    "A key of the log is an Ed25519 verifier key under the log's origin.",
                    where,
                    fault ?? $"It is a key of {key?.Name}, the log is {origin}."
                );
            }

            var isNow = inForce.Contains(text, StringComparer.Ordinal);
            if (!isNow && earlier.HasNamed(text))
            {
                return Check(
                    false,
                    "key-set-log-keys",
                    "A key of the log that was let go is never named again.",
                    where,
                    "An earlier key set named it and a later one did not."
                );
            }
        }

        return null;
    }

    public static Refusal? RefuseBody(KeySetBody body, RootSet roots, int epoch, string path)
    {
        var n = body.Institutions.Count;
        var t = body.Thresholds;
        return Check(
                body.Epoch == epoch,
                "key-set-epoch",
                "Key sets are numbered without a gap.",
                $"{path}.epoch",
                $"Expected epoch {epoch}, found {body.Epoch}."
            )
            ?? Check(
                roots.T >= 1 && roots.T <= roots.Keys.Count && roots.T * 2 > roots.Keys.Count,
                "key-set-numbers",
                "More than half of the roots sign, and no more than there are.",
                "$.roots.t",
                $"t is {roots.T} of {roots.Keys.Count}."
            )
            ?? Check(
                t.K >= 2 && t.K <= n,
                "key-set-numbers",
                "No institution decides alone, and no more are asked than there are.",
                $"{path}.thresholds.k",
                $"k is {t.K}, institutions are {n}."
            )
            ?? Check(
                t.KStop >= 2 && t.KStop <= n && t.KLift <= n && t.KStop + t.KLift > n,
                "key-set-numbers",
                "k_stop is at least 2, and k_stop + k_lift exceeds the number of institutions.",
                $"{path}.thresholds.k_stop",
                $"k_stop is {t.KStop}, k_lift is {t.KLift}, institutions are {n}."
            )
            ?? Check(
                t.N == body.Permitters.Count && (t.N == 0 ? t.Q == 0 : t.Q * 2 > t.N && t.Q < t.N),
                "key-set-numbers",
                "q of n permits: more than half, fewer than all, n the number of permitters.",
                $"{path}.thresholds.q",
                $"q is {t.Q}, n is {t.N}, permitters are {body.Permitters.Count}."
            )
            ?? Complete(body, path)
            ?? Distinct(body, roots, path);
    }

    private static Refusal? Complete(KeySetBody body, string path)
    {
        foreach (var purpose in Enum.GetValues<KeyPurpose>())
        {
            var count = body.AuthorityKeys.Count(key => key.Purpose == purpose);
            if (count > 2 || (count == 0 && purpose != KeyPurpose.Standing))
            {
                return Check(
                    false,
                    "key-set-purposes",
                    "The authority has a key for each purpose, or two while one takes over.",
                    $"{path}.authority_keys",
                    $"There are {count} {purpose} keys."
                );
            }
        }

        return Check(
                body.LogKeys.Count >= 1,
                "key-set-purposes",
                "A log has at least one key.",
                $"{path}.log_keys",
                "There is none."
            )
            ?? Check(
                body.Institutions.All(one => one.Officers.Count >= 1),
                "key-set-purposes",
                "An institution has at least one officer.",
                $"{path}.institutions",
                "One has none."
            );
    }

    private static Refusal? Distinct(KeySetBody body, RootSet roots, string path)
    {
        var seen = new HashSet<KeyId>();
        var keys = roots
            .Keys.Select(key => key.Key)
            .Concat(body.Institutions.SelectMany(one => one.Officers).Select(key => key.Key))
            .Concat(body.Permitters.Select(key => key.Key))
            .Concat(body.AuthorityKeys.Select(key => key.Key));
        var twice = keys.FirstOrDefault(key => !seen.Add(key.Id));
        return Check(
            twice is null,
            "key-set-keys",
            "One purpose, one key.",
            path,
            $"The key {twice?.Id} stands in two places."
        );
    }

    private static Refusal? Check(
        bool holds,
        string code,
        string rule,
        string where,
        string detail
    ) => holds ? null : new(code, rule, Source, where, detail, "Correct it and sign again.");
}
