namespace Concord.Ledger;

/// <summary>
/// The bytes of hash tiles: hashes of 32 bytes one after another (C2SP tlog-tiles).
/// </summary>
public static class Tile
{
    /// <summary>The tree levels that a tile spans.</summary>
    public const int Height = 8;

    /// <summary>The tile out of the tree.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree does not have it.</exception>
    public static byte[] Bytes(MerkleTree tree, TilePath path)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentOutOfRangeException.ThrowIfNegative(path.Level, nameof(path));
        var bytes = new byte[path.Width * Digest.Size];
        for (var i = 0; i < path.Width; i++)
        {
            tree.Node(path.Level * Height, (path.Index * TilePath.FullWidth) + i)
                .CopyTo(bytes.AsSpan(i * Digest.Size));
        }

        return bytes;
    }

    /// <summary>The hash at a position in a tile's bytes.</summary>
    public static Digest HashAt(ReadOnlySpan<byte> tile, int position) =>
        new(tile.Slice(position * Digest.Size, Digest.Size));
}
