using System.Buffers;
using System.Text;

namespace Concord.Ledger;

/// <summary>
/// Writes the public face of a log: bundles and tiles of a size, then its checkpoint, then collects
/// the partial ones whose full tile has come. The sequencer and its recovery use it alike.
/// </summary>
internal sealed class LogTiles(ITileStore store, MerkleTree tree)
{
    private readonly ArrayBufferWriter<byte> _edge = new(1 << 16);
    private long _written;
    private long _collected;

    /// <summary>
    /// Whether a resource may stand there already, as it must be: then it is left alone.
    /// </summary>
    public bool Unsure { get; set; }

    /// <summary>The size up to which tiles and bundles are written.</summary>
    public long Written => _written;

    /// <summary>How many entries stand in full bundles whose partial ones were not
    /// collected.</summary>
    public long Uncollected => Whole(_written) - Whole(_collected);

    /// <summary>Goes back to the bundle that holds a size.</summary>
    public void Restart(long size)
    {
        _written = Whole(size);
        _collected = _written;
        _edge.ResetWrittenCount();
    }

    /// <summary>
    /// Writes bundles and tiles up to the size of the tree; the entries are those from
    /// <see cref="Written"/> on.
    /// </summary>
    public void Write(IEnumerable<ReadOnlyMemory<byte>> entries)
    {
        var from = _written;
        foreach (var entry in entries)
        {
            EntryBundle.Append(_edge, entry.Span);
            _written++;
            if (_written % TilePath.FullWidth == 0)
            {
                WriteEdge((_written / TilePath.FullWidth) - 1, TilePath.FullWidth);
                _edge.ResetWrittenCount();
            }
        }

        if (_written % TilePath.FullWidth != 0)
        {
            WriteEdge(_written / TilePath.FullWidth, (int)(_written % TilePath.FullWidth));
        }

        foreach (var path in TilePath.New(from, _written).Where(p => p.Level != TilePath.Entries))
        {
            Put(path.ToString(), Tile.Bytes(tree, path));
        }
    }

    /// <summary>Publishes the checkpoint.</summary>
    public void Publish(string note) =>
        store.Write(ITileStore.CheckpointPath, Encoding.UTF8.GetBytes(note));

    /// <summary>
    /// Deletes the partial tiles and bundles whose full ones came since the last collection, up to
    /// a published size. What a failure leaves over is correct, takes room, and goes with the next
    /// collection.
    /// </summary>
    public void Collect(long size)
    {
        var (from, to) = (_collected, size);
        CollectLevel(TilePath.Entries, from, to);
        for (var level = 0; to >= TilePath.FullWidth; level++, from >>= 8, to >>= 8)
        {
            CollectLevel(level, from, to);
        }

        _collected = size;
    }

    /// <summary>
    /// Makes every partial tile and bundle at the edge of the tree whole again: each is the
    /// beginning
    /// of the widest one.
    /// </summary>
    public void MendPartials(long size)
    {
        foreach (var edge in TilePath.Of(size).Where(p => !p.IsFull))
        {
            var widest = store.Read(edge.ToString()) ?? [];
            foreach (var path in store.List(edge.PartialFolder))
            {
                if (TilePath.TryParse(path, out var partial) && partial.Width < edge.Width)
                {
                    Put(path, widest.AsSpan(0, LengthOf(partial, edge, widest)));
                }
            }
        }
    }

    private static int LengthOf(TilePath partial, TilePath edge, byte[] widest)
    {
        if (partial.Level != TilePath.Entries)
        {
            return partial.Width * Digest.Size;
        }

        return EntryBundle.TryParse(widest, edge.Width, out var entries, out _)
            ? entries.Take(partial.Width).Sum(entry => 2 + entry.Length)
            : 0;
    }

    private void WriteEdge(long index, int width) =>
        Put(new TilePath(TilePath.Entries, index, width).ToString(), _edge.WrittenSpan);

    private void Put(string path, ReadOnlySpan<byte> bytes)
    {
        if (!Unsure || store.Read(path) is not { } there || !bytes.SequenceEqual(there))
        {
            store.Write(path, bytes);
        }
    }

    private static long Whole(long size) => size / TilePath.FullWidth * TilePath.FullWidth;

    private void CollectLevel(int level, long from, long to)
    {
        for (var index = from / TilePath.FullWidth; index < to / TilePath.FullWidth; index++)
        {
            store.Delete(new TilePath(level, index, TilePath.FullWidth).PartialFolder);
        }
    }
}
