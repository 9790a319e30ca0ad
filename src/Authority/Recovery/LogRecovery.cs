using System.Text;
using Concord.Acts;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Stores;

namespace Concord.Authority.Recovery;

/// <summary>
/// Brings the log of a data folder back to the newest checkpoint that is known, from whatever is
/// left of it: its database, its own bundles, a mirror, documents. Until it is there, that
/// checkpoint lies in the log's folder and keeps every server from signing another history.
/// </summary>
public static class LogRecovery
{
    /// <summary>The keys of a log by the file that names them.</summary>
    /// <exception cref="RecoveryException">The file is damaged.</exception>
    public static LogKeys KeysOf(AuthorityFile file, string path)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            return file.LogKeys();
        }
        catch (InvalidDataException e)
        {
            throw new RecoveryException(
                $"The verifier key in {path} is damaged: {e.Message}",
                "Put it back as whoever pinned it knows it."
            );
        }
    }

    /// <summary>Brings a log back.</summary>
    /// <exception cref="RecoveryException">There is no way from what was given.</exception>
    /// <exception cref="DataFolderInUseException">A server holds the folder.</exception>
    /// <exception cref="LogForkException">Two histories were signed.</exception>
    /// <exception cref="InvalidDataException">The mirror is damaged.</exception>
    public static async Task<RecoveryReport> RunAsync(
        DataFolder folder,
        RecoveryOptions options,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        TakeName(folder, options.Mirror);
        using var held = folder.Lock();
        var log = KeysOf(folder, options.Mirror);
        CheckPlace(folder, options);
        var known = Known(folder, options, log);
        var newest = Newest(known, folder, options);
        var tiles = new FileTiles(folder.Log);
        if (options.Mirror is { } mirror)
        {
            await LogPull.RunAsync(mirror.Log, tiles, log, isWhole: true, options.Progress, cancel);
        }

        Guard(tiles, newest, log);
        if (options.Database is { } database && !File.Exists(folder.Database))
        {
            File.Copy(database, folder.Database + FileTiles.Unfinished, overwrite: true);
            File.Move(folder.Database + FileTiles.Unfinished, folder.Database);
        }

        return await Task.Run(() => Repair(folder, options, log, known, newest), cancel);
    }

    private static void TakeName(DataFolder folder, MirrorFolder? mirror)
    {
        if (!folder.IsFounded && mirror is not null)
        {
            folder.Create();
            (AuthorityFile.Read(mirror.Data) with { Url = null }).Write(folder);
        }
    }

    // A mirror goes on while a folder lies still: it may know keys that took over since.
    private static LogKeys KeysOf(DataFolder folder, MirrorFolder? mirror)
    {
        var own = KeysOf(AuthorityFile.Read(folder), folder.AuthorityFile);
        if (mirror is not { Data.IsFounded: true })
        {
            return own;
        }

        var held = KeysOf(AuthorityFile.Read(mirror.Data), mirror.Data.AuthorityFile);
        return held.Keys.Count > 1 && held.Verifiers.Contains(own.Newest) ? held : own;
    }

    private static void CheckPlace(DataFolder folder, RecoveryOptions options)
    {
        if (!PlaceMark.IsHere(folder) && !options.SaysHowFar)
        {
            throw new RecoveryException(
                new CopiedFolderException(folder.Path).Message,
                "Say how far the log had come: --mirror MIRROR, or --at-least CHECKPOINT (as "
                    + "anybody last read it at URL/log/checkpoint); or answer for it yourself with "
                    + "--nothing-newer, when the other folder is gone for good and never went on."
            );
        }
    }

    private static List<KnownCheckpoint> Known(
        DataFolder folder,
        RecoveryOptions options,
        LogKeys log
    )
    {
        var known = KnownCheckpoint.In(folder, log).Concat(options.Known).ToList();
        if (options.Mirror is { } mirror && KnownCheckpoint.NoteIn(mirror.Data.Log) is { } note)
        {
            known.Add(KnownCheckpoint.Read($"the mirror {mirror.Path}", note, log));
        }

        if (options.AtLeast is { } file)
        {
            known.Add(KnownCheckpoint.Read(file, File.ReadAllText(file, Encoding.UTF8), log));
        }

        return known;
    }

    private static KnownCheckpoint Newest(
        List<KnownCheckpoint> known,
        DataFolder folder,
        RecoveryOptions options
    )
    {
        if (known.Count == 0 && File.Exists(folder.Database) && options.IsNothingNewer)
        {
            using var store = SqliteLogStore.Open(folder.Database);
            if (store.ReadHead() is { } head)
            {
                return new("the database", new(string.Empty, head.Size, head.Root), head.Note);
            }
        }

        return known.MaxBy(one => one.Checkpoint.Size)
            ?? throw new RecoveryException(
                $"No checkpoint of the log is left in {folder.Path}, so nobody can say how far it "
                    + "had come.",
                "Give one: --mirror MIRROR, or --at-least CHECKPOINT (as anybody last read it at "
                    + "URL/log/checkpoint)."
            );
    }

    private static void Guard(FileTiles tiles, KnownCheckpoint newest, LogKeys log)
    {
        var published = tiles.Read(ITileStore.CheckpointPath) is { } bytes
            ? Encoding.UTF8.GetString(bytes)
            : null;
        if (
            !Checkpoint.TryOpen(published, log, out var checkpoint, out _)
            || checkpoint.Size < newest.Checkpoint.Size
        )
        {
            tiles.Write(ITileStore.CheckpointPath, Encoding.UTF8.GetBytes(newest.Note));
        }
    }

    private static RecoveryReport Repair(
        DataFolder folder,
        RecoveryOptions options,
        LogKeys log,
        List<KnownCheckpoint> known,
        KnownCheckpoint newest
    )
    {
        FsckReport report;
        FileContents[] elsewhere = options.Mirror is { } mirror ? [mirror.Contents] : [];
        using (var contents = new NamedContents(folder.Database, elsewhere, options.Documents))
        {
            report = LogFsck.Repair(
                folder.Database,
                folder.Log,
                log,
                contents.NamedBy,
                contents.Elsewhere
            );
        }

        var keys = new KeyFolder(folder.Keys);
        var missingKeys = KeyFolder.OfServer.Where(name => keys.NamesOf(name).Count == 0);
        if (!File.Exists(folder.Database))
        {
            return new(newest, 0, report, [], [.. missingKeys]);
        }

        using var store = SqliteLogStore.Open(folder.Database);
        if (store.ReadHead() is not { } head)
        {
            return new(newest, 0, report, [], [.. missingKeys]);
        }

        var reader = LogReader.Open(store, log, out _);
        CheckHistory(reader.Tree, head, known);
        if (head.Size >= newest.Checkpoint.Size)
        {
            PlaceMark.Write(folder);
        }

        return new(newest, head.Size, report, Missing(store, head.Size), [.. missingKeys]);
    }

    private static void CheckHistory(
        MerkleTree tree,
        LogHead head,
        IEnumerable<KnownCheckpoint> known
    )
    {
        foreach (var (_, checkpoint, note) in known)
        {
            if (checkpoint.Size <= tree.Size && tree.Root(checkpoint.Size) != checkpoint.Root)
            {
                throw new LogForkException(
                    note,
                    head.Note,
                    checkpoint.Size,
                    tree.Root(checkpoint.Size),
                    tree.ConsistencyProof(checkpoint.Size, head.Size)
                );
            }
        }
    }

    private static List<RecoveryReport.Document> Missing(SqliteLogStore store, long size)
    {
        var missing = new List<RecoveryReport.Document>();
        var erased = store
            .ReadEntries(0, size)
            .Select(EntryContents.ErasedBy)
            .OfType<Digest>()
            .ToHashSet();
        long index = 0;
        foreach (var entry in store.ReadEntries(0, size))
        {
            foreach (var digest in EntryContents.Of(entry, store.ReadContent))
            {
                if (!erased.Contains(digest) && store.ReadContent(digest) is null)
                {
                    missing.Add(new(new(index), digest, IsAct(entry, digest)));
                }
            }

            index++;
        }

        return missing;
    }

    private static bool IsAct(ReadOnlyMemory<byte> entry, Digest digest) =>
        Statement.TryParse(entry, out var statement, out _)
        && statement.IsEnvelope
        && new Digest(statement.Payload.Span) == digest;
}
