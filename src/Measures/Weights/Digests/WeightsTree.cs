using System.Security.Cryptography;

namespace Concord.Measures.Weights.Digests;

/// <summary>
/// The weights digest: the Merkle tree hash (RFC 9162, §2.1.1) of the sorted digests of all
/// evidence-bearing tensors, each as often as it occurs.
/// </summary>
public static class WeightsTree
{
    /// <summary>The root over some digests in any order.</summary>
    public static WeightsDigest Root(IEnumerable<WeightsDigest> digests)
    {
        var level = digests
            .Order()
            .Select(digest => SHA256.HashData((byte[])[0, .. digest.ToArray()]))
            .ToList();
        if (level.Count == 0)
        {
            return new(SHA256.HashData([]));
        }

        // Pairing neighbours and carrying an odd last one up gives the same tree as splitting at
        // the largest power of two.
        while (level.Count > 1)
        {
            var above = new List<byte[]>();
            for (var at = 0; at < level.Count; at += 2)
            {
                above.Add(
                    at + 1 < level.Count
                        ? SHA256.HashData((byte[])[1, .. level[at], .. level[at + 1]])
                        : level[at]
                );
            }

            level = above;
        }

        return new(level[0]);
    }
}
