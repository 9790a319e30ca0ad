using System.Diagnostics;
using Concord.Acts;
using Concord.Authority;
using Concord.Authority.Admission;
using Concord.Authority.Foundation;
using Concord.Bench.Ledger;
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
        var words = Words.Read(args, "intake [--models N] [--acts N]", "models", "acts");
        if (words is null)
        {
            return 64;
        }

        using var scratch = new Scratch();
        var figures = await MeasureAsync(
            scratch.Folder("authority"),
            words["models"] ?? 100_000,
            words["acts"] ?? 60_000
        );
        foreach (var line in Figure.Table(figures))
        {
            Console.WriteLine(line);
        }

        return 0;
    }

    /// <summary>Founds a sandbox, fills its world, and measures.</summary>
    /// <param name="path">An empty folder.</param>
    /// <param name="models">How many models are registered before anything is measured.</param>
    /// <param name="acts">How many acts are filed while it is measured.</param>
    public static async Task<List<Figure>> MeasureAsync(string path, int models, int acts)
    {
        var folder = new DataFolder(path);
        var figures = new List<Figure>();
        await Sandbox.CreateAsync(folder, TimeProvider.System, CancellationToken.None);
        var options = new RunningOptions
        {
            Limits = new() { SignerPerSecond = 1e9, SignerBurst = 1e9 },
        };
        await using (var running = await RunningAuthority.OpenAsync(folder, options, default))
        {
            await Sandbox.FurnishAsync(
                running,
                new Progress<FurnishingStep>(),
                CancellationToken.None
            );
            var corpus = await Corpus.FoundAsync(running, parties: 40);
            figures.Add(await FillAsync(running, corpus, models));
            var (mixed, types) = corpus.Mixed(acts);
            var some = $"{types} types, mean {mixed.Average(one => one.Statement.Length):N0} B";
            figures.AddRange(await UnderLoadAsync(running, mixed[..(acts / 2)], 2_000, some));
            figures.AddRange(await UnderLoadAsync(running, mixed[(acts / 2)..^500], 200, some));
            figures.Add(await AloneAsync(running, mixed[^500..]));
        }

        figures.AddRange(await FromNothingAsync(folder, options));
        return figures;
    }

    private static async Task<Figure> FillAsync(RunningAuthority running, Corpus corpus, int models)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await FileAllAsync(running, corpus.Models(models));
        // What was filed is held by what called us, as long as we run inside of it.
        await Task.Yield();
        var heap = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)models;
        await FileAllAsync(running, corpus.Releases(models / 10));
        return new(
            $"live heap with {models:N0} models, for each 10^6",
            $"{heap * 1e6 / 1e9:N2} GB",
            "≤ 1.5 GB",
            heap <= 1_500
        );
    }

    private static async Task<List<Figure>> UnderLoadAsync(
        RunningAuthority running,
        Received[] acts,
        int inFlight,
        string some
    )
    {
        GC.Collect();
        var before = Calibration.CosePerCpuSecond();
        var meter = new Meter();
        var waits = await FileAllAsync(running, acts, inFlight);
        var (wall, cpu) = (meter.Seconds, meter.CpuSeconds);
        var spent =
            $"{meter.Allocated / acts.Length / 1e3:N1} kB allocated an act, "
            + $"{meter.Collections} collections, {meter.PausedSeconds / wall:P0} of the time";
        var cose = (before + Calibration.CosePerCpuSecond()) / 2;
        Array.Sort(waits);
        return
        [
            new(
                $"acts through intake, {inFlight:N0} in flight ({some})",
                $"{acts.Length / wall:N0} per second, p50 {At(waits, .5):N0} ms, "
                    + $"p99 {At(waits, .99):N0} ms",
                Beside: spent
            ),
            new(
                $"acts per CPU-second, {inFlight:N0} in flight",
                $"{acts.Length / cpu:N0} = {acts.Length / cpu / cose:P0} of .NET COSE",
                "≥ 45 % (aim 55 %)",
                acts.Length / cpu / cose >= .45,
                $"{cose:N0} .NET COSE verifications per CPU-second around it"
            ),
        ];
    }

    private static async Task<Figure> AloneAsync(RunningAuthority running, Received[] acts)
    {
        var waits = await FileAllAsync(running, acts, inFlight: 1);
        Array.Sort(waits);
        return new(
            "one client in process",
            $"p50 {At(waits, .5):N1} ms, p99 {At(waits, .99):N1} ms"
        );
    }

    private static async Task<List<Figure>> FromNothingAsync(
        DataFolder folder,
        RunningOptions options
    )
    {
        var start = new Meter();
        await using var running = await RunningAuthority.OpenAsync(folder, options, default);
        var (wall, cpu) = (start.Seconds, start.CpuSeconds);
        var size = running.Intake.Current.Size;
        var replay = new Meter();
        var world = await Replay.FoldAsync(running.Contents, size, null, null, default);
        var (wallAgain, cpuAgain) = (replay.Seconds, replay.CpuSeconds);
        var digests = new Meter();
        ViewDigests.Of(world, Audience.Full);
        return
        [
            Rate("start-up from nothing", wall, cpu, size),
            Rate("replay from nothing", wallAgain, cpuAgain, size),
            new("view digests", $"{digests.Seconds:N1} s for {size:N0} acts"),
        ];

        static Figure Rate(string what, double wall, double cpu, long size) =>
            new(
                $"{what}, {size:N0} acts, for each 10^6",
                $"{wall / size * 1e6:N1} s, {cpu / size * 1e6:N1} s of CPU",
                "≤ 25 s",
                wall / size * 1e6 <= 25
            );
    }

    internal static async Task<double[]> FileAllAsync(
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

    private static double At(double[] sorted, double share) =>
        sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
