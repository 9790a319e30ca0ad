namespace Concord.Ledger;

/// <summary>Checks Merkle proofs without the tree (RFC 9162 §2.1.3.2 and §2.1.4.2).</summary>
public static class Proofs
{
    /// <summary>The longest path that any size of a <see cref="long"/> can need.</summary>
    public const int MaxPath = 63;

    /// <summary>
    /// Whether the entry with this leaf hash is at the index in the tree of that size and root.
    /// </summary>
    public static bool VerifyInclusion(
        Digest leafHash,
        long index,
        long size,
        IReadOnlyList<Digest> path,
        Digest root
    ) => RootFromInclusion(leafHash, index, size, path) == root;

    /// <summary>
    /// The root that leaf and path lead to; null where the path is not as long as index and size
    /// ask,
    /// or the index is outside the tree.
    /// </summary>
    public static Digest? RootFromInclusion(
        Digest leafHash,
        long index,
        long size,
        IReadOnlyList<Digest> path
    )
    {
        ArgumentNullException.ThrowIfNull(path);
        if (index < 0 || index >= size)
        {
            return null;
        }

        var node = index;
        var last = size - 1;
        var hash = leafHash;
        foreach (var sibling in path)
        {
            if (last == 0)
            {
                return null;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleTree.NodeHash(sibling, hash);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                hash = MerkleTree.NodeHash(hash, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 ? hash : null;
    }

    /// <summary>
    /// Whether the tree of the first size and root is the beginning of the second.
    /// </summary>
    public static bool VerifyConsistency(
        long from,
        Digest fromRoot,
        long to,
        Digest toRoot,
        IReadOnlyList<Digest> proof
    )
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (from < 0 || from > to)
        {
            return false;
        }

        if (from == 0)
        {
            return proof.Count == 0
                && fromRoot == MerkleTree.EmptyRoot
                && (to != 0 || toRoot == MerkleTree.EmptyRoot);
        }

        if (from == to)
        {
            return proof.Count == 0 && fromRoot == toRoot;
        }

        return VerifyGrowth(from, fromRoot, to, toRoot, proof);
    }

    private static bool VerifyGrowth(
        long from,
        Digest fromRoot,
        long to,
        Digest toRoot,
        IReadOnlyList<Digest> proof
    )
    {
        var next = 0;
        var node = from - 1;
        var last = to - 1;
        while ((node & 1) == 1)
        {
            node >>= 1;
            last >>= 1;
        }

        // Where the old size is a power of two, the old root is the first node and is left out.
        if (node != 0 && proof.Count == 0)
        {
            return false;
        }

        var oldHash = node == 0 ? fromRoot : proof[next++];
        var newHash = oldHash;
        for (; next < proof.Count; next++)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                oldHash = MerkleTree.NodeHash(proof[next], oldHash);
                newHash = MerkleTree.NodeHash(proof[next], newHash);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                newHash = MerkleTree.NodeHash(newHash, proof[next]);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && oldHash == fromRoot && newHash == toRoot;
    }
}
