using System.Text;

namespace Concord.Ledger;

/// <summary>
/// Brings a copy of a log's public face up to what its source shows (C2SP tlog-tiles): the
/// checkpoint's signature first, then the leaves, which must give its root and hold what the copy
/// has, then each bundle against its leaves, and the checkpoint last. What was brought before an
/// interruption is not asked for again.
/// </summary>
public sealed partial class LogPull
{
    private const int AtOnce = 8;

    private readonly LogSource _source;
    private readonly ITileStore _tiles;
    private readonly LogKeys _log;
    private readonly IProgress<(long Done, long Of)>? _progress;
    private readonly Func<IEnumerable<ReadOnlyMemory<byte>>, LogKeys?>? _keysIn;
    private readonly Lock _writing = new();
    private string? _unknown;
    private long _fetched;

    private LogPull(
        LogSource source,
        ITileStore tiles,
        LogKeys log,
        IProgress<(long Done, long Of)>? progress,
        Func<IEnumerable<ReadOnlyMemory<byte>>, LogKeys?>? keysIn
    ) => (_source, _tiles, _log, _progress, _keysIn) = (source, tiles, log, progress, keysIn);

    /// <summary>Pulls what is new.</summary>
    /// <param name="source">Where the log is read.</param>
    /// <param name="tiles">The copy.</param>
    /// <param name="log">The log's keys.</param>
    /// <param name="isWhole">
    /// Looks at every bundle of the copy, and fills what is missing or damaged, not only what is
    /// new.
    /// </param>
    /// <param name="progress">Told of entries.</param>
    /// <param name="cancel">Ends it; what was brought stays.</param>
    /// <param name="keysIn">The keys that entries of the log name; null: no key is learnt. A copy
    /// believes a checkpoint by a key that it does not know when the entries that lead to it, and
    /// go on from the copy's own, name that key.</param>
    /// <exception cref="LogForkException">The source shows another history than the copy
    /// has.</exception>
    /// <exception cref="InvalidDataException">What the source shows is not what the log
    /// signed.</exception>
    public static Task<LogPullReport> RunAsync(
        LogSource source,
        ITileStore tiles,
        LogKeys log,
        bool isWhole,
        IProgress<(long Done, long Of)>? progress,
        CancellationToken cancel,
        Func<IEnumerable<ReadOnlyMemory<byte>>, LogKeys?>? keysIn = null
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(tiles);
        ArgumentNullException.ThrowIfNull(log);
        return new LogPull(source, tiles, log, progress, keysIn).RunAsync(isWhole, cancel);
    }

    // What a checkpoint by an unknown key leads to accuses nobody: it may be anybody's.
    private async Task<LogPullReport> RunAsync(bool isWhole, CancellationToken cancel)
    {
        try
        {
            return await PullAsync(isWhole, cancel).ConfigureAwait(false);
        }
        catch (Exception e)
            when (_unknown is not null && e is InvalidDataException or LogForkException)
        {
            throw new InvalidDataException(
                $"The checkpoint is not this log's, and no key set in it says so: {_unknown}",
                e
            );
        }
    }

    private async Task<LogPullReport> PullAsync(bool isWhole, CancellationToken cancel)
    {
        var published =
            await _source(ITileStore.CheckpointPath, cancel).ConfigureAwait(false)
            ?? throw new InvalidDataException("The source publishes no checkpoint.");
        var held = _tiles.Read(ITileStore.CheckpointPath) is { Length: > 0 } note
            ? Open(note)
            : null;
        var shown = OpenShown(published, held);
        var tree = held is null
            ? new MerkleTree()
            : SequencerOpening.FromTiles(_tiles, held.Checkpoint);
        var size = shown.Checkpoint.Size;
        if (held is not null && tree is not null && size <= held.Checkpoint.Size)
        {
            CheckSame(tree, held, shown);
            if (!isWhole)
            {
                return Keep(held, shown);
            }
        }

        var from = isWhole || tree is null ? 0 : tree.Size;
        if (tree is null || tree.Size < size)
        {
            tree = await GrowAsync(tree ?? new(), held, shown, cancel).ConfigureAwait(false);
        }

        // Of a source that shows less, what is narrower than what the copy has is of no use.
        size = size < held?.Checkpoint.Size ? size / TilePath.FullWidth * TilePath.FullWidth : size;
        await FillAsync(tree, from, size, cancel).ConfigureAwait(false);
        foreach (var path in TilePath.New(from, size).Where(p => p.Level != TilePath.Entries))
        {
            Put(path, Tile.Bytes(tree, path));
        }

        if (_unknown is not null)
        {
            CheckNamed(shown);
        }

        return Keep(held, shown);
    }

    private PublishedHead OpenShown(byte[] bytes, PublishedHead? held)
    {
        var note = Encoding.UTF8.GetString(bytes);
        if (
            _keysIn is not null
            && held is not null
            && !Checkpoint.TryOpen(note, _log, out _, out var fault)
            && SignedNote.TryParse(note, out var signed, out _)
            && Checkpoint.TryParse(signed.Text, out var checkpoint, out _)
            && string.Equals(checkpoint.Origin, _log.Origin, StringComparison.Ordinal)
            && checkpoint.Size > held.Checkpoint.Size
        )
        {
            _unknown = fault;
            return new(checkpoint, note);
        }

        return Open(bytes);
    }

    private void CheckNamed(PublishedHead shown)
    {
        var keys = _keysIn!(LogBundles.Read(_tiles, 0, shown.Checkpoint.Size));
        if (!Checkpoint.TryOpen(shown.Note, keys ?? _log, out _, out var fault))
        {
            throw new InvalidDataException(fault);
        }
    }

    private LogPullReport Keep(PublishedHead? held, PublishedHead shown)
    {
        var before = held?.Checkpoint.Size ?? 0;
        if (shown.Checkpoint.Size < before)
        {
            return new(shown.Checkpoint, held!.Checkpoint, 0, _fetched);
        }

        // At the same size too: witnesses may have signed since.
        if (!string.Equals(held?.Note, shown.Note, StringComparison.Ordinal))
        {
            _tiles.Write(ITileStore.CheckpointPath, Encoding.UTF8.GetBytes(shown.Note));
        }

        Collect(before, shown.Checkpoint.Size);
        return new(shown.Checkpoint, shown.Checkpoint, shown.Checkpoint.Size - before, _fetched);
    }

    private void Collect(long from, long size)
    {
        foreach (var path in TilePath.New(from / TilePath.FullWidth * TilePath.FullWidth, size))
        {
            if (path.IsFull)
            {
                _tiles.Delete(path.PartialFolder);
            }
        }
    }

    private PublishedHead Open(byte[] bytes)
    {
        var note = Encoding.UTF8.GetString(bytes);
        return Checkpoint.TryOpen(note, _log, out var checkpoint, out var fault)
            ? new(checkpoint, note)
            : throw new InvalidDataException($"The checkpoint is not this log's: {fault}");
    }

    private static void CheckSame(MerkleTree tree, PublishedHead held, PublishedHead shown)
    {
        var size = shown.Checkpoint.Size;
        if (tree.Root(size) != shown.Checkpoint.Root)
        {
            throw new LogForkException(
                held.Note,
                shown.Note,
                size,
                tree.Root(size),
                tree.ConsistencyProof(size, held.Checkpoint.Size)
            );
        }
    }

    /// <summary>The tree at the shown size; it holds what the copy holds.</summary>
    private async Task<MerkleTree> GrowAsync(
        MerkleTree tree,
        PublishedHead? held,
        PublishedHead shown,
        CancellationToken cancel
    )
    {
        var before = tree.Size;
        foreach (var areLeftOversTaken in (bool[])[true, false])
        {
            await AppendLeavesAsync(tree, shown.Checkpoint.Size, areLeftOversTaken, cancel)
                .ConfigureAwait(false);
            if (tree.Root(shown.Checkpoint.Size) == shown.Checkpoint.Root)
            {
                break;
            }

            // What an interrupted pull left may be torn: once more, from the source alone.
            tree.Truncate(before);
        }

        if (tree.Size == before && before > 0)
        {
            // What the copy holds is not the beginning of what is shown, or the source is damaged.
            tree = new();
            await AppendLeavesAsync(tree, shown.Checkpoint.Size, false, cancel)
                .ConfigureAwait(false);
        }

        if (
            tree.Size < shown.Checkpoint.Size
            || tree.Root(shown.Checkpoint.Size) != shown.Checkpoint.Root
        )
        {
            throw new InvalidDataException(
                "The tiles of the source do not give the root that its checkpoint of size "
                    + $"{shown.Checkpoint.Size} signs: the source is damaged."
            );
        }

        if (held?.Checkpoint is { } known && known.Size <= tree.Size)
        {
            CheckHolds(tree, known, held.Note, shown);
        }

        return tree;
    }

    private static void CheckHolds(
        MerkleTree tree,
        Checkpoint known,
        string held,
        PublishedHead shown
    )
    {
        if (tree.Root(known.Size) != known.Root)
        {
            throw new LogForkException(
                held,
                shown.Note,
                known.Size,
                tree.Root(known.Size),
                tree.ConsistencyProof(known.Size, shown.Checkpoint.Size)
            );
        }
    }

    private async Task AppendLeavesAsync(
        MerkleTree tree,
        long size,
        bool areLeftOversTaken,
        CancellationToken cancel
    )
    {
        var first = tree.Size / TilePath.FullWidth;
        var last = (size + TilePath.FullWidth - 1) / TilePath.FullWidth;
        for (var start = first; start < last; start += AtOnce)
        {
            var some = Enumerable
                .Range(0, (int)Math.Min(AtOnce, last - start))
                .Select(i => TileAsync(PathAt(0, start + i, size), areLeftOversTaken, cancel));
            foreach (var bytes in await Task.WhenAll(some).ConfigureAwait(false))
            {
                for (
                    var i = (int)(tree.Size % TilePath.FullWidth);
                    i < bytes.Length / Digest.Size;
                    i++
                )
                {
                    tree.Append(Tile.HashAt(bytes, i));
                }
            }
        }
    }

    private async Task<byte[]> TileAsync(
        TilePath path,
        bool isLeftOverTaken,
        CancellationToken cancel
    )
    {
        var length = path.Width * Digest.Size;
        if (isLeftOverTaken && _tiles.Read(path.ToString()) is { } there && there.Length == length)
        {
            return there;
        }

        var (bytes, _) = await FetchAsync(path, cancel).ConfigureAwait(false);
        return bytes.Length >= length
            ? bytes[..length]
            : throw new InvalidDataException(
                $"{path} of the source has {bytes.Length} bytes, {length} must be there."
            );
    }

    /// <summary>A resource, or, where its full one has come since, that one; with its
    /// width.</summary>
    private async Task<(byte[] Bytes, int Width)> FetchAsync(
        TilePath path,
        CancellationToken cancel
    )
    {
        Interlocked.Increment(ref _fetched);
        if (await _source(path.ToString(), cancel).ConfigureAwait(false) is { } bytes)
        {
            return (bytes, path.Width);
        }

        return
            !path.IsFull
            && await _source(path.Full.ToString(), cancel).ConfigureAwait(false) is { } full
            ? (full, TilePath.FullWidth)
            : throw new InvalidDataException($"The source has no {path}.");
    }

    private void Put(TilePath path, byte[] bytes)
    {
        var name = path.ToString();
        lock (_writing)
        {
            if (_tiles.Read(name) is not { } there || !bytes.AsSpan().SequenceEqual(there))
            {
                _tiles.Write(name, bytes);
            }
        }
    }

    private static TilePath PathAt(int level, long index, long size) =>
        new(level, index, (int)Math.Min(TilePath.FullWidth, size - (index * TilePath.FullWidth)));

    private static IEnumerable<long> Range(long from, long to)
    {
        for (var index = from; index < to; index++)
        {
            yield return index;
        }
    }
}
