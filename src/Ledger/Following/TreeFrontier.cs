using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Concord.Ledger;

/// <summary>
/// All that is needed of a tree to go on growing it: the complete subtrees that its size is made
/// of, the largest first. Whoever follows a log keeps this and not the tree.
/// </summary>
public sealed class TreeFrontier
{
    private readonly List<Digest> _hashes = [];

    /// <summary>The number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>The hashes of the subtrees.</summary>
    public IReadOnlyList<Digest> Hashes => _hashes;

    /// <summary>The root of the tree.</summary>
    public Digest Root
    {
        get
        {
            if (_hashes.Count == 0)
            {
                return MerkleTree.EmptyRoot;
            }

            var root = _hashes[^1];
            for (var i = _hashes.Count - 2; i >= 0; i--)
            {
                root = MerkleTree.NodeHash(_hashes[i], root);
            }

            return root;
        }
    }

    /// <summary>A frontier that was kept; it has as many hashes as the size has bits.</summary>
    public static bool TryCreate(
        long size,
        IReadOnlyList<Digest> hashes,
        [NotNullWhen(true)] out TreeFrontier? frontier
    )
    {
        ArgumentNullException.ThrowIfNull(hashes);
        frontier = null;
        if (size < 0 || hashes.Count != BitOperations.PopCount((ulong)size))
        {
            return false;
        }

        frontier = new() { Size = size };
        frontier._hashes.AddRange(hashes);
        return true;
    }

    /// <summary>A copy that grows by itself.</summary>
    public TreeFrontier Copy()
    {
        var copy = new TreeFrontier { Size = Size };
        copy._hashes.AddRange(_hashes);
        return copy;
    }

    /// <summary>Adds the next complete node, which begins where the tree ends.</summary>
    /// <param name="level">Its level; the size is a multiple of 2^level.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="completed">Is told every node that becomes complete above it.</param>
    public void Add(int level, Digest hash, Action<TreeNode, Digest>? completed = null)
    {
        var index = Size >> level;
        if (index << level != Size)
        {
            throw new ArgumentOutOfRangeException(nameof(level), "The node is not the next.");
        }

        Size += 1L << level;
        for (; (index & 1) == 1; index >>= 1)
        {
            hash = MerkleTree.NodeHash(_hashes[^1], hash);
            _hashes.RemoveAt(_hashes.Count - 1);
            level++;
            completed?.Invoke(new(level, index >> 1), hash);
        }

        _hashes.Add(hash);
    }
}
