using System.Security.Cryptography;

namespace Concord.Ledger;

/// <summary>
/// The verifiers of one thread by key. Importing a key costs three to four times a verification,
/// and
/// ECDsa objects are not documented as thread-safe, hence one set for each thread. Two generations
/// bound it: a key unused while <see cref="GenerationMax"/> others came in is dropped.
/// </summary>
internal sealed class Verifiers
{
    private const int GenerationMax = 4096;

    [ThreadStatic]
    private static Verifiers? s_ofThread;

    private Dictionary<KeyId, ECDsa> _young = [];
    private Dictionary<KeyId, ECDsa> _old = [];

    /// <summary>Whether r ‖ s is the key's ES256 signature of a digest.</summary>
    public static bool Verify(PublicKey key, Digest digest, ReadOnlySpan<byte> signature)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        digest.CopyTo(hash);
        return (s_ofThread ??= new()).Of(key).VerifyHash(hash, signature);
    }

    private ECDsa Of(PublicKey key)
    {
        if (_young.TryGetValue(key.Id, out var known))
        {
            return known;
        }

        if (!_old.Remove(key.Id, out known))
        {
            known = key.ToECDsa();
        }

        if (_young.Count == GenerationMax)
        {
            foreach (var dropped in _old.Values)
            {
                dropped.Dispose();
            }

            (_old, _young) = (_young, []);
        }

        _young.Add(key.Id, known);
        return known;
    }
}
