using System.Globalization;
using Concord.Bench.Admission;

namespace Concord.Bench.Ledger;

/// <summary>
/// <c>ledger</c>: what the log and its intake do in one process, and what this machine can do at
/// all, in one table for BENCHMARKS.md.
/// </summary>
internal static class LedgerBench
{
    private const string Usage = "ledger [--models N] [--acts N] [--entries N] [--entry-bytes N]";

    public static async Task<int> RunAsync(string[] args)
    {
        var words = Words.Read(args, Usage, "models", "acts", "entries", "entry-bytes");
        if (words is null)
        {
            return 64;
        }

        using var scratch = new Scratch();
        var before = Calibration.Measure(scratch.Folder("before"));
        List<Figure> figures =
        [
            .. await IntakeBench.MeasureAsync(
                scratch.Folder("authority"),
                words["models"] ?? 100_000,
                words["acts"] ?? 60_000
            ),
            .. LogBench.Run(
                scratch.Folder("log"),
                words["entries"] ?? 1_000_000,
                words["entry-bytes"] ?? 900
            ),
        ];
        var after = Calibration.Measure(scratch.Folder("after"));
        Console.WriteLine(Machine());
        Console.WriteLine();
        foreach (var line in Figure.Table(figures))
        {
            Console.WriteLine(line);
        }

        Console.WriteLine();
        Console.WriteLine("| calibration of the same run | before | after |");
        Console.WriteLine("|---|---|---|");
        foreach (var (first, last) in before.Lines().Zip(after.Lines()))
        {
            Console.WriteLine($"| {first.What} | {first.Figure} | {last.Figure} |");
        }

        return figures.Exists(one => one.IsReached == false) ? 1 : 0;
    }

    private static string Machine()
    {
        var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg")[..14] : "?";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores, .NET {Environment.Version}, load average {load}, "
                + $"{DateTime.UtcNow:yyyy-MM-dd HH:mm}Z"
        );
    }
}
