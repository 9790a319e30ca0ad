using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Concord.Ledger;
using Concord.Stores;

namespace Concord.Bench.Ledger;

/// <summary>
/// A log of a million entries without what they say: appended durably, then checked by ourselves,
/// with and without its database, and by a stranger.
/// </summary>
internal static class LogBench
{
    private const string Origin = "bench.invalid/log";
    private const int Batch = 2_000;

    /// <summary>Measures.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="count">The entries.</param>
    /// <param name="entryBytes">Their mean size.</param>
    public static List<Figure> Run(string folder, int count, int entryBytes)
    {
        using var key = NoteSigner.Generate(Origin);
        var database = Path.Combine(folder, "authority.db");
        var log = Path.Combine(folder, "log");
        var figures = new List<Figure>();
        var meter = new Meter();
        long bytes = 0;
        using (var store = SqliteLogStore.OpenOrCreate(database))
        {
            var sequencer = Sequencer.Open(Origin, key, store, new FileTiles(log));
            while (sequencer.Tree.Size < count)
            {
                var batch = Entries(Math.Min(Batch, count - (int)sequencer.Tree.Size), entryBytes);
                bytes += batch.Sum(entry => (long)entry.Entry.Length);
                sequencer.Append(batch);
            }
        }

        var size = $"{count:N0} entries of {bytes / (double)count:N0} bytes";
        figures.Add(new($"{size} appended, unsigned, SQLite FULL", Rate(count, meter)));
        figures.Add(SpaceOf(log, count, bytes));
        meter = new();
        using (var store = SqliteLogStore.Open(database))
        {
            Sequencer.Open(Origin, key, store, new FileTiles(log));
        }

        figures.Add(new("pen taken again, tree from tiles", Times(meter)));
        var checks = Enumerable.Range(0, 3).Select(_ => Check(log, key.Verifier)).ToList();
        var best = checks.OrderBy(one => one.Seconds).ElementAt(1);
        figures.Add(
            new(
                $"tree, tiles and bundles verified, {size}, median of 3",
                $"{best.Seconds:N1} s, {best.Cpu:N1} s of CPU",
                "≤ 3 s for 10^6",
                best.Seconds / count * 1e6 <= 3
            )
        );
        meter = new();
        var report = LogFsck.Check(database, log, key.Verifier);
        Expect(report.IsClean && report.Size == count, "fsck");
        figures.Add(new("`fsck`: the same with the database, every byte", Times(meter)));
        figures.Add(Stranger(log, key.Verifier.ToString(), count));
        return figures;
    }

    private static (double Seconds, double Cpu) Check(string log, NoteVerifier key)
    {
        var meter = new Meter();
        var report = LogCheck.Run(new FileTiles(log), store: null, key);
        Expect(report.IsClean, "the check of the public face");
        return (meter.Seconds, meter.CpuSeconds);
    }

    private static Figure SpaceOf(string log, int count, long entryBytes)
    {
        var folder = new DirectoryInfo(log);
        var all = folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        var over = (all - entryBytes) / (double)count;
        return new(
            "log folder beyond the entries",
            $"{over:N2} bytes an act",
            "≤ 2 + 34",
            over <= 36,
            $"{all / 1e6:N0} MB in all"
        );
    }

    private static Figure Stranger(string log, string vkey, int count)
    {
        var clock = Stopwatch.StartNew();
        var (exitCode, output) = Hosts.Stranger.StrangerProgram.Check(vkey, log);
        Expect(
            exitCode == 0
                && output.StartsWith(
                    $"size {count.ToString(CultureInfo.InvariantCulture)} ",
                    StringComparison.Ordinal
                ),
            "the stranger: " + output
        );
        return new("the same by the stranger in Go (x/mod)", $"{clock.Elapsed.TotalSeconds:N1} s");
    }

    private static List<PendingEntry> Entries(int count, int mean)
    {
        var entries = new List<PendingEntry>(count);
        for (var i = 0; i < count; i++)
        {
            var size = RandomNumberGenerator.GetInt32(mean * 3 / 4, (mean * 5 / 4) + 1);
            entries.Add(new(RandomNumberGenerator.GetBytes(size), []));
        }

        return entries;
    }

    private static string Rate(int count, Meter meter) =>
        $"{count / meter.Seconds:N0} per second, {count / meter.CpuSeconds:N0} per CPU-second";

    private static string Times(Meter meter) =>
        $"{meter.Seconds:N1} s, {meter.CpuSeconds:N1} s of CPU";

    private static void Expect(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Failed: {what}");
        }
    }
}
