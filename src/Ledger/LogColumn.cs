using System.Buffers;

namespace Concord.Ledger;

/// <summary>
/// Up to 256 entries of a log under one level-0 tile, as store, bundle and tile each tell them.
/// Where
/// one of the three says otherwise than the other two, it is the damaged one; whether the two are
/// right is decided by the signed root.
/// </summary>
internal sealed class LogColumn
{
    private readonly long _index;
    private readonly Digest?[] _tiled;
    private ReadOnlyMemory<byte>?[] _stored;
    private ReadOnlyMemory<byte>?[] _bundled;
    private ReadOnlyMemory<byte>?[] _entries;

    private LogColumn(long index, int width)
    {
        _index = index;
        _stored = new ReadOnlyMemory<byte>?[width];
        _bundled = new ReadOnlyMemory<byte>?[width];
        _tiled = new Digest?[width];
        _entries = new ReadOnlyMemory<byte>?[width];
        Leaves = new Digest[width];
    }

    /// <summary>The leaves that most sources tell.</summary>
    public Digest[] Leaves { get; }

    /// <summary>The nodes over the leaves of a full column; null for the last one.</summary>
    public Digest[]? Nodes { get; private set; }

    /// <summary>What is wrong with rows and files of this column.</summary>
    public List<LogFinding> Findings { get; } = [];

    /// <summary>The positions whose entry in the store is damaged or missing.</summary>
    public List<long> Damaged { get; } = [];

    /// <summary>Reads and compares the column.</summary>
    /// <param name="index">The column's index.</param>
    /// <param name="width">How many entries it has.</param>
    /// <param name="stored">How many of them the store must have.</param>
    /// <param name="store">The store; null where only the public face is checked.</param>
    /// <param name="tiles">The public face.</param>
    /// <param name="files">The files of the column that were listed.</param>
    public static LogColumn Check(
        long index,
        int width,
        int stored,
        ILogStore? store,
        ITileStore tiles,
        IReadOnlyList<TilePath> files
    )
    {
        var column = new LogColumn(index, width);
        var read = new List<FileRead>(files.Count);
        foreach (var path in files.OrderBy(file => file.Width))
        {
            if (tiles.Read(path.ToString()) is { } bytes)
            {
                read.Add(column.Take(path, bytes));
            }
        }

        if (store is not null)
        {
            column.ReadStore(store, stored);
        }

        column.Decide();
        if (store is not null)
        {
            column.CompareStore(stored);
        }

        foreach (var file in read)
        {
            column.Compare(file, tiles);
        }

        column.Nodes = width == TilePath.FullWidth ? MerkleTree.TileNodes(column.Leaves) : null;
        if (column.Findings.Count == 0 && read.Any(file => file.Path.IsFull && file.IsBundle))
        {
            column.Forget();
        }

        return column;
    }

    // A whole log does not fit into memory, and nothing of a sound column is asked for again.
    private void Forget() => _stored = _bundled = _entries = [];

    /// <summary>
    /// What a file of the column must hold; null where an entry of it is lost. Not to be asked of
    /// the bundle of a column that was found sound with its full bundle: it is there.
    /// </summary>
    public byte[]? Expected(TilePath path)
    {
        if (path.Level == 0)
        {
            var tile = new byte[path.Width * Digest.Size];
            for (var i = 0; i < path.Width; i++)
            {
                Leaves[i].CopyTo(tile.AsSpan(i * Digest.Size));
            }

            return tile;
        }

        var bundle = new ArrayBufferWriter<byte>(1 << 16);
        foreach (var entry in _entries.AsSpan(0, path.Width))
        {
            if (entry is not { } bytes)
            {
                return null;
            }

            EntryBundle.Append(bundle, bytes.Span);
        }

        return bundle.WrittenSpan.ToArray();
    }

    private FileRead Take(TilePath path, byte[] bytes)
    {
        var width = Math.Min(path.Width, Leaves.Length);
        ReadOnlyMemory<byte>[]? entries = null;
        if (path.Level == TilePath.Entries)
        {
            if (EntryBundle.TryParse(bytes, path.Width, out entries, out _))
            {
                for (var i = 0; i < width; i++)
                {
                    _bundled[i] = entries[i];
                }
            }
        }
        else if (bytes.Length == path.Width * Digest.Size)
        {
            for (var i = 0; i < width; i++)
            {
                _tiled[i] = Tile.HashAt(bytes, i);
            }
        }

        return new(path, bytes, entries);
    }

    private void ReadStore(ILogStore store, int count)
    {
        var first = _index * TilePath.FullWidth;
        try
        {
            var position = 0;
            foreach (var entry in store.ReadEntries(first, first + count))
            {
                _stored[position++] = entry;
            }
        }
        catch (Exception failure) when (IsUnreadable(failure))
        {
            for (var i = 0; i < count; i++)
            {
                _stored[i] ??= ReadOne(store, first + i);
            }
        }
    }

    private static ReadOnlyMemory<byte>? ReadOne(ILogStore store, long index)
    {
        try
        {
            return store.ReadEntries(index, index + 1).Single();
        }
        catch (Exception failure) when (IsUnreadable(failure))
        {
            return null;
        }
    }

    private static bool IsUnreadable(Exception failure) =>
        failure is InvalidDataException or IOException or System.Data.Common.DbException;

    private void Decide()
    {
        for (var i = 0; i < Leaves.Length; i++)
        {
            var stored = HashOf(_stored[i]);
            var bundled = Same(_stored[i], _bundled[i]) ? stored : HashOf(_bundled[i]);
            var tiled = _tiled[i];
            var leaf =
                stored is not null && (stored == bundled || stored == tiled) ? stored
                : bundled is not null && bundled == tiled ? bundled
                : stored ?? bundled ?? tiled;
            Leaves[i] = leaf ?? MerkleTree.EmptyRoot;
            _entries[i] =
                stored == leaf && _stored[i] is not null ? _stored[i]
                : bundled == leaf ? _bundled[i]
                : null;
        }
    }

    private static Digest? HashOf(ReadOnlyMemory<byte>? entry) =>
        entry is { } bytes ? MerkleTree.LeafHash(bytes.Span) : null;

    private static bool Same(ReadOnlyMemory<byte>? left, ReadOnlyMemory<byte>? right) =>
        left is { } a && right is { } b && (a.Equals(b) || a.Span.SequenceEqual(b.Span));

    private void CompareStore(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var row = (_index * TilePath.FullWidth) + i;
            if (_stored[i] is not { } there)
            {
                Damaged.Add(row);
                Findings.Add(new($"entries row {row}", "missing or unreadable"));
            }
            else if (_entries[i] is { } entry && !entry.Span.SequenceEqual(there.Span))
            {
                Damaged.Add(row);
                Findings.Add(
                    LogDifference.Find($"entries row {row}", entry.Span, there.Span, mend: null)
                );
            }
            else if (_entries[i] is null)
            {
                Damaged.Add(row);
                Findings.Add(new($"entries row {row}", "its hash is not the leaf that was logged"));
            }
        }
    }

    // What was decided is compared where it lies: to write each file anew would be most of a check.
    private bool IsAsDecided(FileRead file)
    {
        if (file.IsBundle)
        {
            return file.Entries is { } entries
                && entries.Select((entry, i) => Same(entry, _entries[i])).All(same => same);
        }

        return file.Bytes.Length == file.Path.Width * Digest.Size
            && Leaves
                .Take(file.Path.Width)
                .Select((leaf, i) => leaf == Tile.HashAt(file.Bytes, i))
                .All(same => same);
    }

    private void Compare(FileRead file, ITileStore tiles)
    {
        var (path, bytes, _) = file;
        var name = path.ToString();
        if (path.Width > Leaves.Length)
        {
            Findings.Add(
                new(name, $"surplus: no published tree has it") { Mend = () => tiles.Delete(name) }
            );
        }
        else if (IsAsDecided(file))
        {
            return;
        }
        else if (Expected(path) is not { } expected)
        {
            Findings.Add(new(name, "holds an entry whose hash is not the leaf that was logged"));
        }
        else if (!expected.AsSpan().SequenceEqual(bytes))
        {
            Findings.Add(
                LogDifference.Find(name, expected, bytes, () => tiles.Write(name, expected))
            );
        }
    }

    private sealed record FileRead(TilePath Path, byte[] Bytes, ReadOnlyMemory<byte>[]? Entries)
    {
        public bool IsBundle => Path.Level == TilePath.Entries;
    }
}
