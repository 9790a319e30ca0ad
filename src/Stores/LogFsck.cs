using Concord.Ledger;
using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>
/// Checks and repairs the data of a log as it lies on a disk: the database file, the tiles, the
/// checkpoint, each against what the log has signed.
/// </summary>
public static class LogFsck
{
    /// <summary>Checks a log; reads only, and may run beside the authority.</summary>
    /// <param name="database">The database file.</param>
    /// <param name="folder">The folder of tiles and checkpoint.</param>
    /// <param name="log">The log's keys.</param>
    /// <param name="contentsOf">
    /// Which contents an entry needs; null where nobody can say, and neither missing nor surplus
    /// contents are then noticed.
    /// </param>
    public static FsckReport Check(
        string database,
        string folder,
        LogKeys log,
        Func<ReadOnlyMemory<byte>, IEnumerable<Digest>>? contentsOf = null
    ) => Check(database, new FileTiles(folder), log, contentsOf, []).Report;

    /// <summary>
    /// Checks a log, puts right what can be computed, and checks again. Tiles, bundles and
    /// checkpoint
    /// are written from the entries; a damaged database is put aside as <c>NAME.damaged</c> and
    /// built
    /// anew from what is right in it and in the bundles.
    /// </summary>
    /// <param name="database">The database file.</param>
    /// <param name="folder">The folder of tiles and checkpoint.</param>
    /// <param name="log">The log's keys.</param>
    /// <param name="contentsOf">Which contents an entry needs; null where nobody can say.</param>
    /// <param name="elsewhere">
    /// Contents that are kept beside the database, by their digest; null where there are none.
    /// </param>
    /// <exception cref="PenRefusedException">The authority is running.</exception>
    public static FsckReport Repair(
        string database,
        string folder,
        LogKeys log,
        Func<ReadOnlyMemory<byte>, IEnumerable<Digest>>? contentsOf = null,
        Func<Digest, ReadOnlyMemory<byte>?>? elsewhere = null
    )
    {
        var tiles = new FileTiles(folder);
        using (SqliteLogStore.TakePen(database))
        {
            var (first, isDatabaseDamaged) = Check(database, tiles, log, contentsOf, []);
            if (!first.IsClean || !first.IsSealed)
            {
                foreach (var finding in first.Findings)
                {
                    finding.Mend?.Invoke();
                }

                if (isDatabaseDamaged)
                {
                    DatabaseRebuild.Run(database, tiles, log, contentsOf, elsewhere);
                }
            }

            SealWhole(database);
            var (second, _) = Check(database, tiles, log, contentsOf, []);
            var left = second.Findings.Select(f => f.Place).ToHashSet(StringComparer.Ordinal);
            return second with
            {
                Repaired = [.. first.Findings.Where(f => !left.Contains(f.Place))],
            };
        }
    }

    private static (FsckReport Report, bool IsDatabaseDamaged) Check(
        string database,
        FileTiles tiles,
        LogKeys log,
        Func<ReadOnlyMemory<byte>, IEnumerable<Digest>>? contentsOf,
        IReadOnlyList<LogFinding> repaired
    )
    {
        var findings = new List<LogFinding>();
        var seal = DatabaseSeal.Check(database);
        findings.AddRange(
            seal.Damage.Select(place => new LogFinding(place, "not as it was when it was closed"))
        );
        using var store = TryOpen(database, findings);
        long contents = 0;
        if (File.Exists(database))
        {
            var check = DatabaseCheck.Run(database, contentsOf);
            contents = check.Contents;
            findings.AddRange(check.Findings);
        }

        var report = LogCheck.Run(tiles, store, log);
        var isDatabaseDamaged =
            findings.Count > 0
            || report.Damaged.Count > 0
            || report.Findings.Any(f => f.Place.StartsWith("head", StringComparison.Ordinal));
        findings.AddRange(report.Findings);
        var notes = report.Notes.ToList();
        if (!seal.IsSealed)
        {
            notes.Add(
                "The database is open or was not closed cleanly: its rows were checked, the unused "
                    + "space between them was not."
            );
        }

        return (
            new(report.Size, contents, seal.IsSealed, findings, notes, repaired),
            isDatabaseDamaged
        );
    }

    private static SqliteLogStore? TryOpen(string database, List<LogFinding> findings)
    {
        try
        {
            return SqliteLogStore.Open(database);
        }
        catch (Exception failure)
            when (failure is IOException or InvalidDataException or SqliteException)
        {
            findings.Add(new(Path.GetFileName(database), failure.Message));
            return null;
        }
    }

    private static void SealWhole(string database)
    {
        if (!DatabaseSeal.Check(database).IsSealed && File.Exists(database))
        {
            DatabaseSeal.Break(database);
            bool isWhole;
            using (var writer = new SqliteLogWriter(database))
            {
                isWhole = writer.FoldIn();
            }

            if (isWhole)
            {
                DatabaseSeal.Write(database);
            }
        }
    }
}
