using System.Diagnostics;
using System.Globalization;
using Concord.Acts;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Bench.Admission;
using Concord.Bench.Ledger;

namespace Concord.Bench.Http;

/// <summary>
/// Acts over loopback HTTP with receipts: a server as <c>concord up</c> starts it, its load in a
/// process of its own on the same machine, and other people's durable stores in turn.
/// </summary>
internal static class HttpBench
{
    // As many as etcd's own check of a large load has (etcdctl check perf --load=l).
    private const int UsualClients = 500;
    private const int Rounds = 5;
    private const int Warming = 4;

    public static async Task<int> RunAsync(string[] args)
    {
        var models = Option(args, "--models", 100_000);
        var acts = Option(args, "--acts", 40_000);
        var clients = Option(args, "--clients", UsualClients);
        var folder = Directory.CreateTempSubdirectory("concord-http-").FullName;
        try
        {
            foreach (var (what, figure) in Calibration.Measure(folder).Lines())
            {
                Line(what, figure);
            }

            var data = Path.Combine(folder, "data");
            var requests = Path.Combine(folder, "acts.requests");
            var bytes = await PrepareAsync(
                new DataFolder(data),
                models,
                requests,
                (acts / Warming * Rounds) + (acts * (Rounds + 1))
            );
            Line("models in the register", $"{models:N0}");
            Line("acts, presigned, of 7 types", $"{acts:N0} a run, {bytes:N0} B each");
            await using var server = await ServedFolder.StartAsync(data);
            await WriteAsync(server, requests, acts, clients, folder, bytes);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteAsync(
        ServedFolder server,
        string requests,
        int acts,
        int clients,
        string folder,
        int bytes
    )
    {
        var used = 0;
        Task<LoadFigures> LoadAsync(int count, int together, int perSecond)
        {
            used += count;
            return LoadGenerator.StartAsync(
                server.Url,
                requests,
                used - count,
                count,
                together,
                perSecond
            );
        }

        // What is compiled and made at the start is no one's rate; then in turn, so that a machine
        // that grows slower or faster meanwhile does so to both.
        for (var i = 0; i < Rounds; i++)
        {
            await LoadAsync(acts / Warming, clients, 0);
        }

        var best = 0.0;
        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            await QuietAsync(server);
            var ours = await MeasureAsync("A", clients, server, () => LoadAsync(acts, clients, 0));
            best = Math.Max(best, ours.PerSecond);
            await QuietAsync(server);
            var etcd = await Peers.EtcdAsync(folder, clients, bytes, acts);
            Line(
                $"B etcd, {clients} clients",
                etcd is { } one
                    ? $"{one.PerSecond:N0} puts/s, p50 {one.P50:N1} ms, p99 {one.P99:N1} ms"
                    : "not installed"
            );
            ratios.Add(ours.PerSecond / (etcd?.PerSecond ?? double.NaN));
        }

        ratios.Sort();
        Line("A / B", string.Join(", ", ratios.Select(ratio => $"{ratio:N2}")));
        var postgres = await Peers.PostgresAsync(clients, bytes, seconds: 10);
        Line(
            $"C PostgreSQL, {clients} clients",
            postgres is { } tps ? $"{tps:N0} inserts/s" : "no figure"
        );
        var half = await LoadAsync(acts / 2, clients, (int)(best / 2));
        Line("half load", $"p50 {half.P50:N1} ms, p99 {half.P99:N1} ms");
        var alone = await LoadAsync(acts / 20, 1, 0);
        Line("one client", $"p50 {alone.P50:N1} ms, p99 {alone.P99:N1} ms");
    }

    // The server still makes its table of the register when its last act is answered.
    internal static async Task QuietAsync(ServedFolder server)
    {
        var pause = TimeSpan.FromSeconds(5);
        for (var before = server.CpuSeconds; ; before = server.CpuSeconds)
        {
            await Task.Delay(pause, TimeProvider.System);
            if (server.CpuSeconds - before < 0.1 * pause.TotalSeconds)
            {
                return;
            }
        }
    }

    private static async Task<LoadFigures> MeasureAsync(
        string name,
        int clients,
        ServedFolder server,
        Func<Task<LoadFigures>> load
    )
    {
        var before = server.CpuSeconds;
        var clock = Stopwatch.StartNew();
        var figures = await load();
        var cpu = server.CpuSeconds - before;
        Line(
            $"{name} Concord, {clients} clients",
            $"{figures.PerSecond:N0} acts/s, p50 {figures.P50:N1} ms, p99 {figures.P99:N1} ms"
        );
        Line(
            "  CPU",
            $"server {cpu / clock.Elapsed.TotalSeconds:N2} cores, load "
                + $"{figures.CpuSeconds / clock.Elapsed.TotalSeconds:N2} cores"
        );
        return figures;
    }

    /// <summary>A register of so many models, and a file of filings that fit it.</summary>
    public static async Task<int> PrepareAsync(
        DataFolder folder,
        int models,
        string? requests,
        int acts
    )
    {
        await Sandbox.CreateAsync(folder, TimeProvider.System, CancellationToken.None);
        var options = new RunningOptions
        {
            Limits = new() { SignerPerSecond = 1e9, SignerBurst = 1e9 },
        };
        await using var running = await RunningAuthority.OpenAsync(folder, options, default);
        await Sandbox.FurnishAsync(running, new Progress<FurnishingStep>(), default);
        var corpus = await Corpus.FoundAsync(running, parties: 40);
        await IntakeBench.FileAllAsync(running, corpus.Models(models));
        await IntakeBench.FileAllAsync(running, corpus.Releases(models / 10));
        if (requests is null)
        {
            return 0;
        }

        var mixed = corpus.Mixed(acts).Acts;
        RequestFile.Write(requests, mixed);
        return (int)mixed.Average(one => one.Statement.Length);
    }

    internal static int Option(string[] args, string name, int otherwise)
    {
        var at = Array.IndexOf(args, name);
        return at < 0 ? otherwise : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
    }

    internal static void Line(string what, string figure) =>
        Console.WriteLine($"{what, -34} {figure}");
}
