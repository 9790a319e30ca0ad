namespace Concord.Ledger;

/// <summary>Reads entries out of the bundles of a log's public face.</summary>
public static class LogBundles
{
    /// <summary>The entries from one index to the size, in order.</summary>
    /// <param name="tiles">The public face.</param>
    /// <param name="from">The first index.</param>
    /// <param name="size">The size of the tree whose bundles are read.</param>
    /// <exception cref="InvalidDataException">A bundle is missing or damaged.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Read(ITileStore tiles, long from, long size)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        for (var index = from / TilePath.FullWidth; index * TilePath.FullWidth < size; index++)
        {
            var first = index * TilePath.FullWidth;
            var width = (int)Math.Min(TilePath.FullWidth, size - first);
            foreach (var entry in ReadOne(tiles, new(TilePath.Entries, index, width)))
            {
                if (first++ >= from)
                {
                    yield return entry;
                }
            }
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> ReadOne(ITileStore tiles, TilePath path)
    {
        foreach (var wanted in (TilePath[])[path, path.Full])
        {
            if (
                tiles.Read(wanted.ToString()) is { } bytes
                && EntryBundle.TryParse(bytes, wanted.Width, out var entries, out _)
            )
            {
                return entries.Take(path.Width);
            }
        }

        throw new InvalidDataException(
            $"{path} is missing or damaged. `concord fsck` names what is damaged."
        );
    }
}
