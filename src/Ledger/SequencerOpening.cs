using System.Text;

namespace Concord.Ledger;

/// <summary>
/// What a sequencer checks before it takes the pen: that it would sign what it signed before.
/// </summary>
internal static class SequencerOpening
{
    private const string WayOn =
        " Nothing was written. `concord fsck` says what is damaged and repairs what can be "
        + "computed again; a log whose entries are lost goes on from a mirror, or under a new "
        + "origin.";

    private const int TilesAtOnce = 64;

    public static PublishedHead? ReadHead(ILogStore store, LogKeys log)
    {
        try
        {
            return LogReader.ReadHead(store, log);
        }
        catch (InvalidDataException failure)
        {
            throw new PenRefusedException(failure.Message + WayOn, failure);
        }
    }

    public static Checkpoint? ReadPublished(ITileStore tiles, LogKeys log)
    {
        // An empty file is what a loss of power makes of one that was never on the disk.
        if (tiles.Read(ITileStore.CheckpointPath) is not { Length: > 0 } bytes)
        {
            return null;
        }

        return Checkpoint.TryOpen(
            Encoding.UTF8.GetString(bytes),
            log,
            out var published,
            out var fault
        )
            ? published
            : throw new PenRefusedException(
                $"The published checkpoint is not this log's: {fault}" + WayOn
            );
    }

    public static MerkleTree Rebuild(ILogStore store, ITileStore tiles, Checkpoint? head)
    {
        if (head is null)
        {
            return new();
        }

        try
        {
            if (FromTiles(tiles, head) is { } tree)
            {
                return tree;
            }

            tree = new MerkleTree();
            LogReader.Grow(tree, store, head.Size);
            LogReader.CheckRoot(tree, head);
            return tree;
        }
        catch (InvalidDataException failure)
        {
            throw new PenRefusedException(failure.Message + WayOn, failure);
        }
    }

    public static void CheckGrowth(MerkleTree tree, Checkpoint? head, Checkpoint? published)
    {
        var size = head?.Size ?? 0;
        if (published is null)
        {
            return;
        }

        if (published.Size > size)
        {
            throw new PenRefusedException(
                $"The log store ends at size {size}, but a checkpoint of size {published.Size} is "
                    + "published: the store was restored from an older copy, or is torn."
                    + WayOn
            );
        }

        if (tree.Root(published.Size) != published.Root)
        {
            throw new PenRefusedException(
                $"The published checkpoint of size {published.Size} has another root than the "
                    + "entries in the store: to sign now would fork the log."
                    + WayOn
            );
        }
    }

    /// <summary>
    /// The tree from its level-0 tiles, many times faster than from the entries; null where they do
    /// not give the signed root.
    /// </summary>
    public static MerkleTree? FromTiles(ITileStore tiles, Checkpoint head)
    {
        var tree = new MerkleTree();
        var paths = TilePath.Of(head.Size).Where(p => p.Level == 0);
        foreach (var some in paths.Chunk(TilesAtOnce))
        {
            var read = some.AsParallel().AsOrdered().Select(path => ReadTile(tiles, path));
            foreach (var nodes in read)
            {
                switch (nodes?.Length)
                {
                    case null:
                        return null;
                    case > TilePath.FullWidth:
                        tree.AppendTile(nodes);
                        break;
                    default:
                        Array.ForEach(nodes, tree.Append);
                        break;
                }
            }
        }

        return tree.Root(head.Size) == head.Root ? tree : null;
    }

    /// <summary>
    /// The nodes of a full tile, the leaves of a partial one, null where it is not there.
    /// </summary>
    private static Digest[]? ReadTile(ITileStore tiles, TilePath path)
    {
        var bytes = tiles.Read(path.ToString());
        if (bytes?.Length != path.Width * Digest.Size)
        {
            return null;
        }

        var leaves = new Digest[path.Width];
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = Tile.HashAt(bytes, i);
        }

        return path.IsFull ? MerkleTree.TileNodes(leaves) : leaves;
    }
}
