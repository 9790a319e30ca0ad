using System.Numerics;

namespace Concord.Ledger;

/// <summary>A complete node of a log's tree: the 2^level leaves from index · 2^level on.</summary>
/// <param name="Level">0 for leaves.</param>
/// <param name="Index">The place within the level.</param>
public readonly record struct TreeNode(int Level, long Index)
{
    /// <summary>
    /// The fewest nodes that cover the leaves from one size to another, in their order. Those up to
    /// a size, followed by those from it to a later one, give both roots.
    /// </summary>
    public static IEnumerable<TreeNode> Between(long from, long to)
    {
        while (from < to)
        {
            var level = BitOperations.Log2((ulong)(to - from));
            level = from == 0 ? level : Math.Min(level, BitOperations.TrailingZeroCount(from));
            yield return new(level, from >> level);
            from += 1L << level;
        }
    }

    /// <summary>The tile of a tree of a size that holds the node.</summary>
    public TilePath TileAt(long size)
    {
        var level = Level / Tile.Height;
        var index = (Index << (Level % Tile.Height)) / TilePath.FullWidth;
        var hashes = (size >> (level * Tile.Height)) - (index * TilePath.FullWidth);
        return new(level, index, (int)Math.Min(hashes, TilePath.FullWidth));
    }

    /// <summary>The node's hash out of its tile; null where the tile is too short.</summary>
    public Digest? HashIn(ReadOnlySpan<byte> tile)
    {
        var width = 1 << (Level % Tile.Height);
        var first = (int)((Index << (Level % Tile.Height)) % TilePath.FullWidth);
        if (tile.Length < (first + width) * Digest.Size)
        {
            return null;
        }

        var frontier = new TreeFrontier();
        for (var i = 0; i < width; i++)
        {
            frontier.Add(0, Tile.HashAt(tile, first + i));
        }

        return frontier.Root;
    }
}
