using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.Cose;
using Concord.Acts;
using Concord.Authority;
using Concord.Authority.Admission;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Rooms;

namespace Concord.Bench.Admission;

/// <summary>
/// Acts through the whole intake in one process: gate, signature, law, dry fold, SQLite with
/// synchronous=FULL, tiles, checkpoint, receipt. Acts are signed before the clock starts.
/// </summary>
internal static class IntakeBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        var models = Option(args, "--models", 100_000);
        var acts = Option(args, "--acts", 40_000);
        var folder = Path.Combine(
            Path.GetTempPath(),
            $"concord-bench-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}"
        );
        try
        {
            return await RunAsync(new DataFolder(folder), models, acts);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> RunAsync(DataFolder folder, int models, int acts)
    {
        await Sandbox.CreateAsync(folder, TimeProvider.System, CancellationToken.None);
        var options = new RunningOptions
        {
            Limits = new() { KeyPerSecond = 1e9, KeyBurst = 1e9 },
        };
        var cose = VerificationsPerCpuSecond();
        await using (var running = await RunningAuthority.OpenAsync(folder, options, default))
        {
            await Sandbox.FurnishAsync(
                running,
                new Progress<FurnishingStep>(),
                CancellationToken.None
            );
            var corpus = await Corpus.FoundAsync(running, parties: 40);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            await FileAllAsync(running, corpus.Models(models));
            await FileAllAsync(running, corpus.Releases(models / 10));
            var heap = GC.GetTotalMemory(forceFullCollection: true) - before;
            Line("models in the World", $"{models:N0}");
            Line("live heap per model", $"{heap / (double)models:N0} B");
            var mixed = corpus.Mixed(acts);
            Line("acts, types", $"{acts:N0}, {mixed.Types}");
            Line("statement, mean", $"{mixed.Acts.Average(one => one.Statement.Length):N0} B");
            foreach (var inFlight in (ReadOnlySpan<int>)[2_000, 200])
            {
                // Halves of one corpus: the same mix, and nothing filed twice.
                var half = inFlight == 2_000 ? mixed.Acts[..(acts / 2)] : mixed.Acts[(acts / 2)..];
                Measure(running, half, inFlight, cose).GetAwaiter().GetResult();
            }
        }

        var clock = Stopwatch.StartNew();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        await using var again = await RunningAuthority.OpenAsync(folder, options, default);
        var size = again.Intake.Current.Size;
        var spent = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        Line("start-up from nothing", $"{clock.Elapsed.TotalSeconds:N1} s for {size:N0} entries");
        Line("  per 10^6 entries", $"{clock.Elapsed.TotalSeconds / size * 1e6:N1} s");
        Line("  CPU per 10^6 entries", $"{spent.TotalSeconds / size * 1e6:N1} s");
        clock.Restart();
        ViewDigests.Of(again.Intake.Current.World, Audience.Full);
        Line("view digests", $"{clock.Elapsed.TotalSeconds:N1} s");
        return 0;
    }

    private static async Task Measure(
        RunningAuthority running,
        IReadOnlyList<Received> acts,
        int inFlight,
        double cose
    )
    {
        GC.Collect();
        var process = Process.GetCurrentProcess();
        var (allocated, paused) = (GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration());
        var cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var waits = await FileAllAsync(running, acts, inFlight);
        var wall = clock.Elapsed.TotalSeconds;
        process.Refresh();
        var perCpu = acts.Count / (process.TotalProcessorTime - cpu).TotalSeconds;
        Array.Sort(waits);
        Line($"{inFlight:N0} in flight", $"{acts.Count / wall:N0} acts/s");
        Line("  p50, p99", $"{At(waits, .5):N1}, {At(waits, .99):N1} ms");
        Line("  acts per CPU-second", $"{perCpu:N0} = {perCpu / cose:P0} of .NET COSE");
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        paused = GC.GetTotalPauseDuration() - paused;
        Line("  allocated per act", $"{allocated / acts.Count:N0} B");
        Line("  paused to collect", $"{paused.TotalSeconds / wall:P1} of the time");
    }

    private static async Task<double[]> FileAllAsync(
        RunningAuthority running,
        IReadOnlyList<Received> acts,
        int inFlight = 2_000
    )
    {
        using var places = new SemaphoreSlim(inFlight);
        var waits = new double[acts.Count];
        var tasks = new Task[acts.Count];
        for (var i = 0; i < acts.Count; i++)
        {
            await places.WaitAsync();
            var at = i;
            tasks[i] = Task.Run(async () =>
            {
                var begun = Stopwatch.GetTimestamp();
                var outcome = await running.Intake.FileAsync(acts[at], CancellationToken.None);
                waits[at] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
                places.Release();
                if (outcome is not FilingOutcome.Filed { IsDuplicate: false })
                {
                    throw new InvalidOperationException(outcome.ToString());
                }
            });
        }

        await Task.WhenAll(tasks);
        return waits;
    }

    /// <summary>The calibration: statements verified a CPU-second, by .NET and by us.</summary>
    private static double VerificationsPerCpuSecond()
    {
        using var signer = StatementSigner.Create();
        using var key = signer.PublicKey.ToECDsa();
        var bytes = signer.Sign(
            new("bench.invalid/log#P-0000-0000", "bench", "application/concord-act+json"),
            new byte[600],
            envelope: false
        );
        var stock = PerCpuSecond(() => CoseMessage.DecodeSign1(bytes).VerifyEmbedded(key));
        var ours = PerCpuSecond(() =>
            Statement.TryParse(bytes, out var statement, out _)
            && statement.Verify(signer.PublicKey, out _)
        );
        Line("calibration: .NET COSE verify", $"{stock:N0} /CPU-s");
        Line("calibration: our COSE verify", $"{ours:N0} /CPU-s");
        return stock;
    }

    private static double PerCpuSecond(Func<bool> verify)
    {
        for (var i = 0; i < 2_000; i++)
        {
            verify();
        }

        var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var count = 0;
        var clock = Stopwatch.StartNew();
        while (clock.ElapsedMilliseconds < 2_000)
        {
            for (var i = 0; i < 100; i++, count++)
            {
                if (!verify())
                {
                    throw new InvalidOperationException("A statement of ours does not verify.");
                }
            }
        }

        process.Refresh();
        return count / (process.TotalProcessorTime - before).TotalSeconds;
    }

    private static double At(double[] sorted, double share) =>
        sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    private static int Option(string[] args, string name, int otherwise)
    {
        var at = Array.IndexOf(args, name);
        return at < 0 ? otherwise : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
    }

    private static void Line(string what, string figure) =>
        Console.WriteLine($"{what, -34} {figure}");
}
