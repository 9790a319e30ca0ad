using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Rooms.Network;

/// <summary>
/// Follows the key sets of a log without folding the log, as a monitor or mirror does. It trusts
/// the roots that genesis names and nobody else: a key set counts when t of them have signed it
/// (and the officers that it asks for), and it follows the one in force.
/// </summary>
public sealed class KeySetChain
{
    private readonly Dictionary<Digest, HashSet<(string Name, KeyId Key)>> _signers;
    private readonly HashSet<KeyId> _ended;
    private Genesis? _genesis;

    /// <summary>A chain before the first entry of a log.</summary>
    public KeySetChain() => (_signers, _ended) = ([], []);

    private KeySetChain(KeySetChain other)
    {
        (_genesis, Sets) = (other._genesis, other.Sets);
        _ended = [.. other._ended];
        _signers = other._signers.ToDictionary(pair => pair.Key, pair => pair.Value.ToHashSet());
    }

    /// <summary>The key sets that were in force.</summary>
    public KeySetHistory Sets { get; private set; } = KeySetHistory.Empty;

    /// <summary>
    /// What the next key set begins with: the last one, without the officers' keys that were ended
    /// since, for a key set names none of those again. An institution may be without officers then.
    /// </summary>
    public KeySetBody? Next =>
        Sets.Last?.Body is { } body
            ? body with
            {
                Epoch = body.Epoch + 1,
                Institutions =
                [
                    .. body.Institutions.Select(one =>
                        one with
                        {
                            Officers =
                            [
                                .. one.Officers.Where(officer => !_ended.Contains(officer.Key.Id)),
                            ],
                        }
                    ),
                ],
            }
            : null;

    /// <summary>How many roots sign a key set; 0 before the founding.</summary>
    public int RootsNeeded => _genesis?.Roots.T ?? 0;

    /// <summary>Whether an entry may change the keys: cheap, so that only those are kept.</summary>
    public static bool Concerns(ReadOnlySpan<byte> entry) =>
        entry.IndexOf("network/genesis/"u8) >= 0
        || entry.IndexOf("network/key-set/"u8) >= 0
        || (
            entry.IndexOf("network/revoke-key/"u8) >= 0
            && (entry.IndexOf("#officer/"u8) >= 0 || entry.IndexOf("#root/"u8) >= 0)
        );

    /// <summary>The chain of a log out of its entries, the first one first.</summary>
    public static KeySetChain Of(IEnumerable<ReadOnlyMemory<byte>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var chain = new KeySetChain();
        long index = 0;
        foreach (var entry in entries)
        {
            chain.Read(index++, entry);
        }

        return chain;
    }

    /// <summary>A chain that goes its own way from here.</summary>
    public KeySetChain Copy() => new(this);

    /// <summary>Reads an entry of the log; those that do not concern it change nothing.</summary>
    public void Read(long index, ReadOnlyMemory<byte> entry)
    {
        if (
            !Concerns(entry.Span)
            || !Statement.TryParse(entry, out var statement, out _)
            || statement.IsEnvelope
            || !ActBytes.TryParse(
                statement.ContentType,
                statement.Payload,
                out _,
                out var act,
                out _
            )
        )
        {
            return;
        }

        var digest = Digest.Of(statement.Payload.Span);
        switch (act)
        {
            case Genesis genesis when _genesis is null:
                Found(genesis, digest, statement, index);
                break;
            case KeySet set when _genesis is { } founded:
                Follow(founded, set, digest, statement, index);
                break;
            case RevokeKey revoke when _genesis is { } founded:
                End(founded, revoke, statement);
                break;
            default:
                break;
        }
    }

    private void Found(Genesis genesis, Digest digest, Statement statement, long index)
    {
        if (
            RootOf(genesis, statement) is { } root
            && Sign(digest, root, statement.Key).Count >= genesis.Roots.T
            && genesis.KeySet.Epoch == 1
        )
        {
            _genesis = genesis;
            Sets = Sets.Add(new(genesis.KeySet, digest, index + 1));
        }
    }

    private void Follow(Genesis genesis, KeySet set, Digest digest, Statement statement, long index)
    {
        var last = Sets.Last!;
        var signer = RootOf(genesis, statement) ?? InstitutionOf(genesis, last.Body, statement);
        if (
            signer is null
            || set.Previous != last.ActDigest
            || set.Body.Epoch != last.Body.Epoch + 1
        )
        {
            return;
        }

        var signed = Sign(digest, signer, statement.Key);
        var roots = signed.Count(one => one.StartsWith("root/", StringComparison.Ordinal));
        var officers = signed.Count - roots;
        if (
            roots >= genesis.Roots.T
            && officers >= JointLaw.OfficersNeeded(last.Body.Thresholds, set.Body.Thresholds)
        )
        {
            Sets = Sets.Add(new(set.Body, digest, index + 1));
        }
    }

    // An officer's key, ended by a root or by another officer of its institution: what it signed
    // of a key set that is on its way counts no more.
    private void End(Genesis genesis, RevokeKey act, Statement statement)
    {
        var body = Sets.Last!.Body;
        var owner = body.Institutions.FirstOrDefault(one =>
            one.Officers.Any(officer => officer.Key.Id == act.Key)
        );
        var may =
            RootOf(genesis, statement) is not null
            || (
                statement.Key != act.Key
                && !_ended.Contains(statement.Key)
                && InstitutionOf(genesis, body, statement) is { } institution
                && string.Equals(
                    institution,
                    $"institution/{owner?.Name}",
                    StringComparison.Ordinal
                )
            );
        if (owner is not null && may)
        {
            _ended.Add(act.Key);
        }
    }

    private HashSet<string> Sign(Digest digest, string signer, KeyId key)
    {
        if (!_signers.TryGetValue(digest, out var signed))
        {
            _signers[digest] = signed = [];
        }

        signed.Add((signer, key));
        return signed
            .Where(one => !_ended.Contains(one.Key))
            .Select(one => one.Name)
            .ToHashSet(StringComparer.Ordinal);
    }

    private static string? RootOf(Genesis genesis, Statement statement) =>
        genesis.Roots.Keys.FirstOrDefault(one => one.Key.Id == statement.Key) is { } root
        && Speaks(genesis, $"root/{root.Name}", root.Key, statement)
            ? $"root/{root.Name}"
            : null;

    private static string? InstitutionOf(Genesis genesis, KeySetBody body, Statement statement) =>
        body
            .Institutions.SelectMany(one => one.Officers.Select(officer => (one.Name, officer)))
            .Where(one => one.officer.Key.Id == statement.Key)
            .Where(one =>
                Speaks(
                    genesis,
                    new Speaker.Officer(one.Name, one.officer.Name).ToString(),
                    one.officer.Key,
                    statement
                )
            )
            .Select(one => $"institution/{one.Name}")
            .FirstOrDefault();

    private static bool Speaks(
        Genesis genesis,
        string speaker,
        PublicKey key,
        Statement statement
    ) =>
        string.Equals(statement.Issuer, $"{genesis.Origin}#{speaker}", StringComparison.Ordinal)
        && statement.Verify(key, out _);
}
