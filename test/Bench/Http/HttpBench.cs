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
    private const int Clients = 64;

    public static async Task<int> RunAsync(string[] args)
    {
        var models = Option(args, "--models", 100_000);
        var acts = Option(args, "--acts", 20_000);
        var folder = Directory.CreateTempSubdirectory("concord-http-").FullName;
        try
        {
            foreach (var (what, figure) in Calibration.Measure(folder).Lines())
            {
                Line(what, figure);
            }

            var data = Path.Combine(folder, "data");
            var requests = Path.Combine(folder, "acts.requests");
            var bytes = await PrepareAsync(new DataFolder(data), models, requests, acts * 5);
            Line("models in the register", $"{models:N0}");
            Line("acts, presigned, of 7 types", $"{acts:N0} a run, {bytes:N0} B each");
            await using var server = await ServedFolder.StartAsync(data);
            await WriteAsync(server, requests, acts, folder, bytes);
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
        string folder,
        int bytes
    )
    {
        var used = 0;
        Task<LoadFigures> LoadAsync(int count, int clients, int perSecond)
        {
            used += count;
            return LoadGenerator.StartAsync(
                server.Url,
                requests,
                used - count,
                count,
                clients,
                perSecond
            );
        }

        await LoadAsync(acts / 4, Clients, 0);
        var best = await MeasureAsync("A", server, () => LoadAsync(acts, Clients, 0));
        var etcd = await Peers.EtcdAsync(folder, Clients, bytes, acts);
        Line(
            $"B etcd, {Clients} clients",
            etcd is { } one
                ? $"{one.PerSecond:N0} puts/s, p50 {one.P50:N1} ms, p99 {one.P99:N1} ms"
                : "not installed"
        );
        await MeasureAsync("A again", server, () => LoadAsync(acts, Clients, 0));
        var postgres = await Peers.PostgresAsync(Clients, bytes, seconds: 10);
        Line(
            $"C PostgreSQL, {Clients} clients",
            postgres is { } tps ? $"{tps:N0} inserts/s" : "not installed"
        );
        await MeasureAsync("A again", server, () => LoadAsync(acts, Clients, 0));
        var half = await LoadAsync(acts / 2, Clients, (int)(best.PerSecond / 2));
        Line("half load", $"p50 {half.P50:N1} ms, p99 {half.P99:N1} ms");
        var alone = await LoadAsync(acts / 20, 1, 0);
        Line("one client", $"p50 {alone.P50:N1} ms, p99 {alone.P99:N1} ms");
    }

    private static async Task<LoadFigures> MeasureAsync(
        string name,
        ServedFolder server,
        Func<Task<LoadFigures>> load
    )
    {
        var before = server.CpuSeconds;
        var clock = Stopwatch.StartNew();
        var figures = await load();
        var cpu = server.CpuSeconds - before;
        Line(
            $"{name} Concord, {Clients} clients",
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
            Limits = new() { KeyPerSecond = 1e9, KeyBurst = 1e9 },
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
