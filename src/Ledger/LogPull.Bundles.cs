using System.Buffers;

namespace Concord.Ledger;

/// <summary>Brings the bundles whose leaves are there.</summary>
public sealed partial class LogPull
{
    private async Task FillAsync(MerkleTree tree, long from, long size, CancellationToken cancel)
    {
        var first = from / TilePath.FullWidth;
        var last = (size + TilePath.FullWidth - 1) / TilePath.FullWidth;
        var done = first * TilePath.FullWidth;
        await Parallel
            .ForEachAsync(
                Range(first, last),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
                async (index, stop) =>
                {
                    var path = PathAt(TilePath.Entries, index, size);
                    await FillAsync(tree, path, stop).ConfigureAwait(false);
                    _progress?.Report((Interlocked.Add(ref done, path.Width), size));
                }
            )
            .ConfigureAwait(false);
    }

    private async Task FillAsync(MerkleTree tree, TilePath path, CancellationToken cancel)
    {
        if (
            _tiles.Read(path.ToString()) is { } there
            && Cut(tree, path, there, path.Width) is not null
        )
        {
            return;
        }

        var (bytes, width) = await FetchAsync(path, cancel).ConfigureAwait(false);
        Put(
            path,
            Cut(tree, path, bytes, width)
                ?? throw new InvalidDataException(
                    $"{path} of the source holds other entries than those that the log signed."
                )
        );
    }

    /// <summary>
    /// The bundle of a path, out of one that is as wide or wider; null where an entry of it is not
    /// the one whose leaf is in the tree.
    /// </summary>
    private static byte[]? Cut(MerkleTree tree, TilePath path, byte[] bytes, int width)
    {
        if (!EntryBundle.TryParse(bytes, width, out var entries, out _))
        {
            return null;
        }

        var bundle = new ArrayBufferWriter<byte>(bytes.Length);
        for (var i = 0; i < path.Width; i++)
        {
            var index = (path.Index * TilePath.FullWidth) + i;
            if (MerkleTree.LeafHash(entries[i].Span) != tree.Leaf(index))
            {
                return null;
            }

            EntryBundle.Append(bundle, entries[i].Span);
        }

        return bundle.WrittenSpan.ToArray();
    }
}
