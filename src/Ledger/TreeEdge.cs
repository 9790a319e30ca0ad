using System.Numerics;

namespace Concord.Ledger;

/// <summary>
/// The right edge of a tree at a size: the complete subtrees that the size is made of, largest
/// first, and the hash over all that lies from the beginning of each to the end. Every node that is
/// not complete at that size is one of these.
/// </summary>
internal sealed class TreeEdge
{
    private readonly Digest[] _from;

    /// <summary>Hashes the edge; as many hashes as the size has bits set.</summary>
    /// <param name="tree">The tree, which has reached the size.</param>
    /// <param name="size">At least 1.</param>
    public TreeEdge(MerkleTree tree, long size)
    {
        Size = size;
        _from = new Digest[BitOperations.PopCount((ulong)size)];
        var end = size;
        for (var i = _from.Length - 1; i >= 0; i--)
        {
            var level = BitOperations.TrailingZeroCount(end);
            end -= 1L << level;
            var subtree = tree.Node(level, end >> level);
            _from[i] = i == _from.Length - 1 ? subtree : MerkleTree.NodeHash(subtree, _from[i + 1]);
        }
    }

    /// <summary>The size.</summary>
    public long Size { get; }

    /// <summary>The root of the tree at the size.</summary>
    public Digest Root => _from[0];

    /// <summary>
    /// The hash over all leaves from one of the subtrees' beginnings to the end.
    /// </summary>
    public Digest From(long start) => _from[BitOperations.PopCount((ulong)start)];
}
