namespace Concord.Ledger;

/// <summary>What a log added between two checkpoints, checked bundle by bundle.</summary>
public sealed class LogGrowth
{
    private readonly Dictionary<TreeNode, Digest> _nodes = [];
    private readonly Dictionary<TreeNode, Digest> _leaves = [];
    private readonly long _from;

    internal LogGrowth(PublishedHead next, TreeFrontier frontier) =>
        (Next, Frontier, _from) = (next, frontier, frontier.Size);

    /// <summary>The checkpoint to which it leads.</summary>
    public PublishedHead Next { get; }

    /// <summary>Whether all entries came and give the signed root.</summary>
    public bool IsProven =>
        Frontier.Size == Next.Checkpoint.Size && Frontier.Root == Next.Checkpoint.Root;

    /// <summary>The bundles that hold what is new, in their order.</summary>
    public IEnumerable<TilePath> Bundles =>
        TilePath.New(_from, Next.Checkpoint.Size).Where(path => path.Level == TilePath.Entries);

    /// <summary>The new hash tiles above those of the leaves.</summary>
    public IEnumerable<TilePath> Tiles =>
        TilePath.New(_from, Next.Checkpoint.Size).Where(path => path.Level > 0);

    internal TreeFrontier Frontier { get; }

    /// <summary>Adds the entries of the next bundle.</summary>
    /// <param name="path">The bundle.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="entry">Is told the index and bytes of each entry that is new.</param>
    /// <returns>What is wrong with the bundle.</returns>
    public LogFinding? Add(
        TilePath path,
        ReadOnlyMemory<byte> bytes,
        Action<long, ReadOnlyMemory<byte>> entry
    )
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!EntryBundle.TryParse(bytes, path.Width, out var entries, out var fault))
        {
            return new(path.ToString(), fault);
        }

        _leaves.Clear();
        var first = path.Index * TilePath.FullWidth;
        foreach (var one in entries.Skip((int)(Frontier.Size - first)))
        {
            var leaf = MerkleTree.LeafHash(one.Span);
            _leaves[new(0, Frontier.Size)] = leaf;
            entry(Frontier.Size, one);
            Frontier.Add(
                0,
                leaf,
                (node, hash) =>
                {
                    if (node.Level % Tile.Height == 0)
                    {
                        _nodes[node] = hash;
                    }
                }
            );
        }

        return null;
    }

    /// <summary>
    /// Compares a new hash tile with what the entries give; the leaves' right after their bundle.
    /// </summary>
    /// <returns>The first hash that is another.</returns>
    public LogFinding? Check(TilePath path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != path.Width * Digest.Size)
        {
            return new(
                path.ToString(),
                $"{bytes.Length} bytes for {path.Width} hashes of {Digest.Size}"
            );
        }

        for (var i = 0; i < path.Width; i++)
        {
            var node = new TreeNode(
                path.Level * Tile.Height,
                (path.Index * TilePath.FullWidth) + i
            );
            var known = path.Level == 0 ? _leaves : _nodes;
            if (known.TryGetValue(node, out var hash) && Tile.HashAt(bytes, i) != hash)
            {
                return new(
                    $"{path} byte {i * Digest.Size}",
                    $"hash {i} is not that of the entries below it"
                );
            }
        }

        return null;
    }
}
