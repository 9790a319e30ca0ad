using System.Numerics;

namespace Concord.Ledger;

/// <summary>
/// The Merkle tree of a log (RFC 6962 §2.1, SHA-256), append-only and in memory, with every
/// complete
/// node kept. One thread appends; any number may read roots and proofs of sizes already reached,
/// because complete nodes never change.
/// </summary>
public sealed class MerkleTree
{
    private const int Levels = 48;

    private readonly NodeLevel[] _levels = new NodeLevel[Levels];
    private long _size;
    private volatile TreeEdge? _edge;

    /// <summary>A tree without leaves.</summary>
    public MerkleTree()
    {
        for (var level = 0; level < Levels; level++)
        {
            _levels[level] = new NodeLevel();
        }
    }

    /// <summary>The root of the tree without leaves: SHA-256 of nothing.</summary>
    public static Digest EmptyRoot { get; } = Digest.Of([]);

    /// <summary>The number of leaves.</summary>
    public long Size => Volatile.Read(ref _size);

    /// <summary>The hash of an entry: SHA-256(0x00 ‖ entry).</summary>
    public static Digest LeafHash(ReadOnlySpan<byte> entry)
    {
        const int OnStack = 2048;
        var prefixed =
            entry.Length < OnStack ? stackalloc byte[OnStack] : new byte[entry.Length + 1];
        prefixed = prefixed[..(entry.Length + 1)];
        prefixed[0] = 0x00;
        entry.CopyTo(prefixed[1..]);
        return Digest.Of(prefixed);
    }

    /// <summary>The hash of a node: SHA-256(0x01 ‖ left ‖ right).</summary>
    public static Digest NodeHash(in Digest left, in Digest right)
    {
        Span<byte> prefixed = stackalloc byte[1 + (2 * Digest.Size)];
        prefixed[0] = 0x01;
        left.CopyTo(prefixed[1..]);
        right.CopyTo(prefixed[(1 + Digest.Size)..]);
        return Digest.Of(prefixed);
    }

    /// <summary>Adds the leaf with the hash of an entry.</summary>
    public void Append(Digest leafHash)
    {
        var index = _size;
        var hash = leafHash;
        var level = 0;
        _levels[0].Set(index, hash);
        while ((index & 1) == 1)
        {
            hash = NodeHash(_levels[level].Get(index - 1), hash);
            index >>= 1;
            level++;
            _levels[level].Set(index, hash);
        }

        Volatile.Write(ref _size, _size + 1);
    }

    /// <summary>
    /// Adds the leaves of a full tile with all nodes above them, as <see cref="TileNodes"/> made
    /// them: hashing is the most of building a tree, and this part of it can be done in parallel.
    /// </summary>
    internal void AppendTile(ReadOnlySpan<Digest> nodes)
    {
        var index = _size;
        var width = TilePath.FullWidth;
        var level = 0;
        for (var offset = 0; width > 1; offset += width, width >>= 1, index >>= 1, level++)
        {
            for (var i = 0; i < width; i++)
            {
                _levels[level].Set(index + i, nodes[offset + i]);
            }
        }

        var hash = nodes[^1];
        _levels[level].Set(index, hash);
        while ((index & 1) == 1)
        {
            hash = NodeHash(_levels[level].Get(index - 1), hash);
            index >>= 1;
            level++;
            _levels[level].Set(index, hash);
        }

        Volatile.Write(ref _size, _size + TilePath.FullWidth);
    }

    /// <summary>
    /// The nodes over 256 leaves: the leaves, then level by level to the one root.
    /// </summary>
    internal static Digest[] TileNodes(ReadOnlySpan<Digest> leaves)
    {
        var nodes = new Digest[(2 * TilePath.FullWidth) - 1];
        leaves.CopyTo(nodes);
        for (var (read, write) = (0, leaves.Length); write < nodes.Length; read += 2, write++)
        {
            nodes[write] = NodeHash(nodes[read], nodes[read + 1]);
        }

        return nodes;
    }

    /// <summary>Forgets the leaves from a size on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree never had that size.</exception>
    public void Truncate(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, _size);
        _edge = null;
        Volatile.Write(ref _size, size);
    }

    /// <summary>The hash of the leaf at an index.</summary>
    public Digest Leaf(long index) => Node(0, index);

    /// <summary>
    /// The hash over the 2^level leaves from index · 2^level on: a complete node.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The node is not complete in this
    /// tree.</exception>
    public Digest Node(int level, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (level >= Levels || index >= Size >> level)
        {
            throw new ArgumentOutOfRangeException(
                nameof(index),
                $"Node {index} of level {level} is not complete in a tree of size {Size}."
            );
        }

        return _levels[level].Get(index);
    }

    /// <summary>The root of the tree as it was at a size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree never had that size.</exception>
    public Digest Root(long size)
    {
        CheckReached(size);
        return size == 0 ? EmptyRoot : EdgeOf(size).Root;
    }

    /// <summary>
    /// The audit path from a leaf to the root at a size: the leaf's sibling first, the root's child
    /// last (RFC 6962 §2.1.1).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">No such leaf, or the tree never had that
    /// size.</exception>
    public Digest[] InclusionProof(long index, long size)
    {
        CheckReached(size);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var edge = EdgeOf(size);
        Span<Digest> fromRoot = stackalloc Digest[Proofs.MaxPath];
        var count = 0;
        long low = 0;
        var high = size;
        while (high - low > 1)
        {
            var split = low + SplitOf(high - low);
            if (index < split)
            {
                fromRoot[count++] =
                    high == size && !BitOperations.IsPow2(high - low)
                        ? edge.From(split)
                        : Span(split, high);
                high = split;
            }
            else
            {
                fromRoot[count++] = Span(low, split);
                low = split;
            }
        }

        fromRoot[..count].Reverse();
        return fromRoot[..count].ToArray();
    }

    /// <summary>
    /// The proof that the tree at one size is the beginning of the tree at another (RFC 6962
    /// §2.1.2);
    /// empty from size 0 and between equal sizes.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The sizes are not in order or never
    /// reached.</exception>
    public Digest[] ConsistencyProof(long from, long to)
    {
        CheckReached(to);
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        if (from == 0 || from == to)
        {
            return [];
        }

        var fromRoot = new List<Digest>();
        long low = 0;
        var high = to;
        while (high != from)
        {
            var split = low + SplitOf(high - low);
            if (from <= split)
            {
                fromRoot.Add(Span(split, high));
                high = split;
            }
            else
            {
                fromRoot.Add(Span(low, split));
                low = split;
            }
        }

        if (low != 0)
        {
            fromRoot.Add(Span(low, high));
        }

        fromRoot.Reverse();
        return [.. fromRoot];
    }

    /// <summary>The largest power of two that is smaller than a count of at least 2.</summary>
    internal static long SplitOf(long count) => 1L << BitOperations.Log2((ulong)(count - 1));

    /// <summary>
    /// The edge at a size. Receipts and proofs are asked for at the newest size, many at once, so
    /// the last one is kept.
    /// </summary>
    private TreeEdge EdgeOf(long size)
    {
        if (_edge is { } kept && kept.Size == size)
        {
            return kept;
        }

        var edge = new TreeEdge(this, size);
        _edge = edge;
        return edge;
    }

    private Digest Span(long low, long high)
    {
        var count = high - low;
        if (BitOperations.IsPow2(count))
        {
            var level = BitOperations.Log2((ulong)count);
            return _levels[level].Get(low >> level);
        }

        var split = low + SplitOf(count);
        return NodeHash(Span(low, split), Span(split, high));
    }

    private void CheckReached(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
    }

    /// <summary>The nodes of one level, in chunks so that growing moves no node.</summary>
    private sealed class NodeLevel
    {
        private const int ChunkBits = 10;
        private const int ChunkSize = 1 << ChunkBits;

        private Digest[][] _chunks = [];
        private int _count;

        public Digest Get(long index) => _chunks[index >> ChunkBits][index & (ChunkSize - 1)];

        public void Set(long index, in Digest node)
        {
            var chunk = (int)(index >> ChunkBits);
            if (chunk >= _count)
            {
                if (chunk >= _chunks.Length)
                {
                    var wider = new Digest[Math.Max(4, _chunks.Length * 2)][];
                    Array.Copy(_chunks, wider, _count);
                    _chunks = wider;
                }

                _chunks[chunk] = new Digest[ChunkSize];
                _count = chunk + 1;
            }

            _chunks[chunk][index & (ChunkSize - 1)] = node;
        }
    }
}
