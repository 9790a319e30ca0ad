using System.Collections.Concurrent;
using System.Text;

namespace Concord.Ledger;

/// <summary>
/// Checks a whole log against what it has signed: every entry of the store, every bundle, every
/// tile
/// and the checkpoint, and that nothing else lies beside them. Reads only; a log that is being
/// written meanwhile is checked as it was.
/// </summary>
public sealed class LogCheck
{
    private readonly ITileStore _tiles;
    private readonly ILogStore? _store;
    private readonly LogKeys _log;
    private readonly List<LogFinding> _findings = [];
    private readonly List<string> _notes = [];
    private readonly MerkleTree _tree = new();
    private HashSet<string> _listed = [];

    private LogCheck(ITileStore tiles, ILogStore? store, LogKeys log)
    {
        _tiles = tiles;
        _store = store;
        _log = log;
    }

    /// <summary>Checks a log.</summary>
    /// <param name="tiles">Its public face.</param>
    /// <param name="store">Its store; null to check the public face alone, as a stranger
    /// would.</param>
    /// <param name="log">Its key.</param>
    public static LogCheckReport Run(ITileStore tiles, ILogStore? store, LogKeys log)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        ArgumentNullException.ThrowIfNull(log);
        return new LogCheck(tiles, store, log).Run();
    }

    private LogCheckReport Run()
    {
        // In this order a file that is listed is of a tree not larger than the head that is read
        // after it, and a head that is read is not smaller than the checkpoint read before it.
        var note = _tiles.Read(ITileStore.CheckpointPath);
        _listed = _tiles.List("").ToHashSet(StringComparer.Ordinal);
        var stored = ReadHead();
        var head = stored?.Checkpoint;
        var published = OpenPublished(note, stored);
        var size = Math.Max(published?.Size ?? 0, head?.Size ?? 0);
        var byPlace = SortFiles(size);
        var columns = CheckColumns(size, head?.Size ?? 0, byPlace);
        foreach (var column in columns)
        {
            Grow(column);
            _findings.AddRange(column.Findings);
        }

        var isSigned = CheckRoot(published, "checkpoint") & CheckRoot(head, "head of the store");
        CheckUpperTiles(byPlace);
        CheckMissing((published ?? head)?.Size ?? 0, columns);
        if (head?.Size > (published?.Size ?? 0))
        {
            _notes.Add(
                $"{head.Size - (published?.Size ?? 0)} entries are durable and not yet public; "
                    + "the authority publishes them when it starts."
            );
        }

        // Nothing is put right from leaves that the log has not signed.
        var findings = isSigned ? _findings : [.. _findings.Select(f => f with { Mend = null })];
        return new(
            size,
            published,
            [.. findings.OrderBy(f => f.Place, StringComparer.Ordinal)],
            _notes,
            [.. columns.SelectMany(column => column.Damaged)]
        );
    }

    private PublishedHead? ReadHead()
    {
        if (_store is null)
        {
            return null;
        }

        try
        {
            return LogReader.ReadHead(_store, _log);
        }
        catch (Exception failure)
            when (failure is InvalidDataException or IOException or System.Data.Common.DbException)
        {
            _findings.Add(new("head row", failure.Message));
            return null;
        }
    }

    private Checkpoint? OpenPublished(byte[]? note, PublishedHead? stored)
    {
        var head = stored?.Checkpoint;
        var expected = stored is null ? null : Encoding.UTF8.GetBytes(stored.Note);
        Action? mend = expected is null
            ? null
            : () => _tiles.Write(ITileStore.CheckpointPath, expected);
        if (note is null)
        {
            if (_store is null || head is not null)
            {
                _findings.Add(new(ITileStore.CheckpointPath, "missing") { Mend = mend });
            }

            return null;
        }

        var isOurs = Checkpoint.TryOpen(
            Encoding.UTF8.GetString(note),
            _log,
            out var published,
            out var fault
        );
        if (!isOurs)
        {
            _findings.Add(
                expected is null
                    ? new(ITileStore.CheckpointPath, fault ?? "unreadable")
                    : LogDifference.Find(ITileStore.CheckpointPath, expected, note, mend)
            );
            return null;
        }

        if (_store is not null && published?.Size > (head?.Size ?? 0))
        {
            _findings.Add(
                new(
                    "head row",
                    $"the store ends at size {head?.Size ?? 0}, older than the published "
                        + $"{published.Size}"
                )
            );
        }

        if (published?.Size == head?.Size && expected?.AsSpan().SequenceEqual(note) == false)
        {
            _findings.Add(LogDifference.Find(ITileStore.CheckpointPath, expected, note, mend));
        }

        return published;
    }

    private Dictionary<TilePath, List<TilePath>> SortFiles(long size)
    {
        var asked = TilePath.Of(size).Select(path => path.Full).ToHashSet();
        var byPlace = new Dictionary<TilePath, List<TilePath>>();
        foreach (var file in _listed)
        {
            if (TilePath.TryParse(file, out var path) && asked.Contains(path.Full))
            {
                if (!byPlace.TryGetValue(path.Full, out var widths))
                {
                    byPlace[path.Full] = widths = [];
                }

                widths.Add(path);
            }
            else if (!string.Equals(file, ITileStore.CheckpointPath, StringComparison.Ordinal))
            {
                _findings.Add(
                    new(file, "surplus: no tree of this log has it")
                    {
                        Mend = () => _tiles.Delete(file),
                    }
                );
            }
        }

        return byPlace;
    }

    private LogColumn[] CheckColumns(
        long size,
        long stored,
        Dictionary<TilePath, List<TilePath>> byPlace
    )
    {
        var columns = new LogColumn[(size + TilePath.FullWidth - 1) / TilePath.FullWidth];
        Parallel.ForEach(
            Partitioner.Create(0, columns.Length, 16),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            range =>
            {
                for (var index = range.Item1; index < range.Item2; index++)
                {
                    var first = (long)index * TilePath.FullWidth;
                    columns[index] = LogColumn.Check(
                        index,
                        (int)Math.Min(TilePath.FullWidth, size - first),
                        (int)Math.Clamp(stored - first, 0, TilePath.FullWidth),
                        _store,
                        _tiles,
                        [
                            .. FilesAt(byPlace, TilePath.Entries, index),
                            .. FilesAt(byPlace, 0, index),
                        ]
                    );
                }
            }
        );
        return columns;
    }

    private static List<TilePath> FilesAt(
        Dictionary<TilePath, List<TilePath>> byPlace,
        int level,
        long index
    ) => byPlace.GetValueOrDefault(new(level, index, TilePath.FullWidth)) ?? [];

    private void Grow(LogColumn column)
    {
        if (column.Nodes is { } nodes)
        {
            _tree.AppendTile(nodes);
        }
        else
        {
            Array.ForEach(column.Leaves, _tree.Append);
        }
    }

    private bool CheckRoot(Checkpoint? signed, string whose)
    {
        if (signed is null || _tree.Root(signed.Size) == signed.Root)
        {
            return true;
        }

        _findings.Add(
            new(
                whose,
                $"the entries do not give the root that the log signed at size {signed.Size}"
            )
        );
        return false;
    }

    private void CheckUpperTiles(Dictionary<TilePath, List<TilePath>> byPlace)
    {
        foreach (var path in byPlace.Values.SelectMany(w => w).Where(p => p.Level > 0))
        {
            var name = path.ToString();
            var last = (path.Index * TilePath.FullWidth) + path.Width;
            if (last > _tree.Size >> (Tile.Height * path.Level))
            {
                _findings.Add(
                    new(name, "surplus: no published tree has it")
                    {
                        Mend = () => _tiles.Delete(name),
                    }
                );
            }
            else if (_tiles.Read(name) is { } there)
            {
                var expected = Tile.Bytes(_tree, path);
                if (!expected.AsSpan().SequenceEqual(there))
                {
                    _findings.Add(
                        LogDifference.Find(
                            name,
                            expected,
                            there,
                            () => _tiles.Write(name, expected)
                        )
                    );
                }
            }
        }
    }

    private void CheckMissing(long size, LogColumn[] columns)
    {
        foreach (var path in TilePath.Of(size))
        {
            var name = path.ToString();
            if (Exists(name) || (!path.IsFull && Exists(path.Full.ToString())))
            {
                continue;
            }

            var expected =
                path.Level > 0 ? Tile.Bytes(_tree, path) : columns[path.Index].Expected(path);
            _findings.Add(
                new(name, "missing")
                {
                    Mend = expected is null ? null : () => _tiles.Write(name, expected),
                }
            );
        }
    }

    private bool Exists(string path) => _listed.Contains(path) || _tiles.Read(path) is not null;
}
