using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Acts;

/// <summary>Contradictions within the acts of the room Network.</summary>
internal static class NetworkRules
{
    private static readonly KeyPurpose[] s_purposes = Enum.GetValues<KeyPurpose>();

    public static ActFault? Check(Genesis act)
    {
        var roots = act.Roots.Keys;
        return act.Roots.T > roots.Count
                ? new("$.roots.t", "threshold-above-keys", $"There are only {roots.Count} roots.")
            : act.Joint.K != act.Roots.T
                ? new("$.joint.k", "joint-k", $"t roots sign genesis, so k is {act.Roots.T}.")
            : act.KeySet.Epoch != 1
                ? new("$.key_set.epoch", "key-set-epoch", "The key set of genesis has epoch 1.")
            : CheckNamed(roots, "$.roots.keys") ?? Check(act.KeySet, "$.key_set");
    }

    public static ActFault? Check(DailyRoot act) =>
        act.Count == 0 == (act.Root == MerkleTree.EmptyRoot)
            ? null
            : new(
                "$.root",
                "root-of-nothing",
                "The root of a day without items, and of no other, is the SHA-256 of nothing."
            );

    public static ActFault? Check(Appeal act) =>
        act.Against is null == act.Refusal is null
            ? new(
                "$.against",
                "act-or-refusal",
                "An appeal is against an act or against a refusal, and one of them."
            )
        : act.Refusal is not null && act.SealedPart is null
            ? new(
                "$.sealed_part",
                "act-or-refusal",
                "An appeal against a refusal carries it in its sealed part."
            )
        : null;

    public static ActFault? Check(KeySetBody body, string path)
    {
        var institutions = body.Institutions.Count;
        var t = body.Thresholds;
        var (member, most) =
            t.K > institutions ? ("k", institutions)
            : t.KStop > institutions ? ("k_stop", institutions)
            : t.KLift > institutions ? ("k_lift", institutions)
            : t.Q > t.N ? ("q", t.N)
            : ("", 0);
        if (member.Length > 0)
        {
            return new(
                $"{path}.thresholds.{member}",
                "threshold-above-keys",
                $"The threshold is above the number of those who can meet it, {most}."
            );
        }

        if (t.N != body.Permitters.Count)
        {
            return new(
                $"{path}.thresholds.n",
                "permitter-count",
                $"n is the number of permitters, {body.Permitters.Count}."
            );
        }

        if (t.KStop + t.KLift <= institutions)
        {
            return new(
                $"{path}.thresholds.k_lift",
                "thresholds-do-not-meet",
                "k_stop and k_lift together exceed the number of institutions, so that no lift "
                    + "passes without one that stopped."
            );
        }

        return CheckPurposes(body, path) ?? CheckKeys(body, path) ?? CheckLifetimes(body, path);
    }

    public static ActFault? Check(AdmitParty act)
    {
        for (var i = 1; i < act.Keys.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (act.Keys[i].Key.Id == act.Keys[j].Key.Id)
                {
                    return Repeated($"$.keys[{i}].key");
                }
            }
        }

        return act.Keys.Any(key => key.Role == KeyRole.Administrator)
            ? null
            : new(
                "$.keys",
                "no-administrator",
                "At least one of a party's first keys is an administrator's, who adds the others."
            );
    }

    public static ActFault? Check(DelegateAct act)
    {
        for (var i = 0; i < act.Acts.Count; i++)
        {
            if (!DelegateAct.Delegable.Contains(act.Acts[i], StringComparer.Ordinal))
            {
                return new(
                    $"$.acts[{i}]",
                    "not-delegable",
                    $"It can be: {string.Join(", ", DelegateAct.Delegable)}."
                );
            }
        }

        return act.Party != act.To
            ? null
            : new("$.to", "not-delegable", "A party does not delegate to itself.");
    }

    public static ActFault? Check(Site act) =>
        act.Region is null || act.Region.StartsWith(act.Country + "-", StringComparison.Ordinal)
            ? null
            : new("$.region", "region-of-country", $"The region does not lie in {act.Country}.");

    private static ActFault? CheckPurposes(KeySetBody body, string path)
    {
        foreach (var purpose in s_purposes)
        {
            var word = Shapes.WordOf(purpose.ToString());
            var count = body.AuthorityKeys.Count(key => key.Purpose == purpose);
            if (count > 2 || (count == 0 && purpose != KeyPurpose.Standing))
            {
                return new(
                    $"{path}.authority_keys",
                    "key-purposes",
                    "Each purpose has one key, or two while one takes over from the other; "
                        + $"{word} has {count}. Only standing may have none."
                );
            }
        }

        return null;
    }

    private static ActFault? CheckKeys(KeySetBody body, string path)
    {
        // One purpose, one key; two keys of one holder are one, so no key stands in two places.
        var seen = new HashSet<KeyId>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < body.Institutions.Count; i++)
        {
            var at = $"{path}.institutions[{i}]";
            var institution = body.Institutions[i];
            if (!names.Add(institution.Name))
            {
                return new($"{at}.name", "repeated-item", "Another institution has this name.");
            }

            if (CheckNamed(institution.Officers, $"{at}.officers") is { } fault)
            {
                return fault;
            }

            for (var j = 0; j < institution.Officers.Count; j++)
            {
                if (!seen.Add(institution.Officers[j].Key.Id))
                {
                    return Repeated($"{at}.officers[{j}].key");
                }
            }
        }

        for (var i = 0; i < body.AuthorityKeys.Count; i++)
        {
            if (!seen.Add(body.AuthorityKeys[i].Key.Id))
            {
                return Repeated($"{path}.authority_keys[{i}].key");
            }
        }

        for (var i = 0; i < body.Permitters.Count; i++)
        {
            if (!seen.Add(body.Permitters[i].Key.Id))
            {
                return Repeated($"{path}.permitters[{i}].key");
            }
        }

        return CheckNamed(body.Permitters, $"{path}.permitters");
    }

    private static ActFault? CheckLifetimes(KeySetBody body, string path)
    {
        var classes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < body.Thresholds.Lifetimes.Count; i++)
        {
            if (!classes.Add(body.Thresholds.Lifetimes[i].Class))
            {
                return new(
                    $"{path}.thresholds.lifetimes[{i}].class",
                    "repeated-item",
                    "The class has a lifetime already."
                );
            }
        }

        return null;
    }

    private static ActFault? CheckNamed(IReadOnlyList<NamedKey> keys, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<KeyId>();
        for (var i = 0; i < keys.Count; i++)
        {
            if (!names.Add(keys[i].Name))
            {
                return new($"{path}[{i}].name", "repeated-item", "Another key has this name.");
            }

            if (!seen.Add(keys[i].Key.Id))
            {
                return Repeated($"{path}[{i}].key");
            }
        }

        return null;
    }

    private static ActFault Repeated(string path) =>
        new(path, "repeated-key", "The key stands here for the second time; one purpose, one key.");
}
