using System.Diagnostics.CodeAnalysis;

namespace Concord.Ledger;

/// <summary>
/// Follows a log from one verified checkpoint to the next. It does no I/O: it says which tiles and
/// bundles it needs and judges what came.
/// </summary>
public sealed class LogFollower
{
    private TreeFrontier _frontier;

    /// <summary>Follows a log from its first entry.</summary>
    public LogFollower(LogKeys log) => (Log, _frontier) = (log, new());

    private LogFollower(LogKeys log, PublishedHead head, TreeFrontier frontier) =>
        (Log, Head, _frontier) = (log, head, frontier);

    /// <summary>The log's keys, as far as they are known.</summary>
    public LogKeys Log { get; private set; }

    /// <summary>The last checkpoint that was verified; null: none yet.</summary>
    public PublishedHead? Head { get; private set; }

    /// <summary>The number of entries that were verified.</summary>
    public long Size => _frontier.Size;

    /// <summary>The right edge of the verified tree, to be kept.</summary>
    public IReadOnlyList<Digest> Frontier => _frontier.Hashes;

    /// <summary>Goes on from what was kept; false where it does not hold together.</summary>
    public static bool TryResume(
        LogKeys log,
        string note,
        IReadOnlyList<Digest> frontier,
        [NotNullWhen(true)] out LogFollower? follower
    )
    {
        follower =
            Checkpoint.TryOpen(note, log, out var checkpoint, out _)
            && TreeFrontier.TryCreate(checkpoint.Size, frontier, out var kept)
            && kept.Root == checkpoint.Root
                ? new(log, new(checkpoint, note), kept)
                : null;
        return follower is not null;
    }

    /// <summary>Takes the keys that the log itself was found to name.</summary>
    public void Learn(LogKeys log) => Log = log;

    /// <summary>Begins to check what a later checkpoint adds.</summary>
    public LogGrowth Grow(PublishedHead next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new(next, _frontier.Copy());
    }

    /// <summary>
    /// Takes a growth whose root is the signed one: the verified tree is its beginning.
    /// </summary>
    public bool TryAccept(LogGrowth growth)
    {
        ArgumentNullException.ThrowIfNull(growth);
        if (!growth.IsProven)
        {
            return false;
        }

        (_frontier, Head) = (growth.Frontier, growth.Next);
        return true;
    }

    /// <summary>
    /// The tiles by which a bundle that was verified once is checked again: what was published must
    /// not change.
    /// </summary>
    /// <param name="index">The index of a full bundle.</param>
    public IReadOnlyList<TilePath> TilesOfColumn(long index) =>
        [
            new(TilePath.Entries, index, TilePath.FullWidth),
            new(0, index, TilePath.FullWidth),
            .. Ascent(index).Select(node => node.TileAt(Size)).Distinct(),
        ];

    /// <summary>Checks a bundle that was verified before and the tiles above it again.</summary>
    /// <param name="index">The index of a full bundle.</param>
    /// <param name="read">What is served at each path now.</param>
    /// <returns>The place that is not what it was; null: all is.</returns>
    public LogFinding? CheckColumn(long index, Func<TilePath, ReadOnlyMemory<byte>> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var bundle = new TilePath(TilePath.Entries, index, TilePath.FullWidth);
        var growth = new TreeFrontier();
        if (!EntryBundle.TryParse(read(bundle), bundle.Width, out var entries, out var fault))
        {
            return new(bundle.ToString(), fault);
        }

        var leaves = new TilePath(0, index, TilePath.FullWidth);
        var tile = read(leaves).Span;
        for (var i = 0; i < entries.Length; i++)
        {
            var leaf = MerkleTree.LeafHash(entries[i].Span);
            if (tile.Length != TilePath.FullWidth * Digest.Size || Tile.HashAt(tile, i) != leaf)
            {
                return new(leaves.ToString(), $"entry {i} of {bundle} has another leaf hash");
            }

            growth.Add(0, leaf);
        }

        return CheckAscent(index, growth.Root, read);
    }

    private LogFinding? CheckAscent(
        long index,
        Digest hash,
        Func<TilePath, ReadOnlyMemory<byte>> read
    )
    {
        var node = new TreeNode(Tile.Height, index);
        foreach (var sibling in Ascent(index))
        {
            var path = sibling.TileAt(Size);
            if (sibling.HashIn(read(path).Span) is not { } other)
            {
                return new(path.ToString(), "the tile is too short");
            }

            hash =
                (sibling.Index & 1) == 1
                    ? MerkleTree.NodeHash(hash, other)
                    : MerkleTree.NodeHash(other, hash);
            node = new(node.Level + 1, node.Index >> 1);
        }

        var place = TreeNode.Between(0, Size).ToList().IndexOf(node);
        return hash == _frontier.Hashes[place]
            ? null
            : new(
                new TilePath(TilePath.Entries, index, TilePath.FullWidth).ToString(),
                "the bundle or a tile above it is not what it was when it was verified"
            );
    }

    // The siblings from a column's node up to the subtree of the frontier that holds it.
    private IEnumerable<TreeNode> Ascent(long index)
    {
        var node = new TreeNode(Tile.Height, index);
        while ((((node.Index >> 1) + 1) << (node.Level + 1)) <= Size)
        {
            yield return new(node.Level, node.Index ^ 1);
            node = new(node.Level + 1, node.Index >> 1);
        }
    }
}
