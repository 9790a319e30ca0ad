using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Concord.Acts;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Bench.Ledger;
using Concord.Ledger;

namespace Concord.Bench.Http;

/// <summary>
/// Signed answers on standing: in one process, of subjects that were answered since the last
/// checkpoint and of others, beside the rate at which this machine signs; and over HTTP.
/// </summary>
internal static class StandingBench
{
    private const int Clients = 32;
    private static readonly TimeSpan s_while = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] args)
    {
        var models = HttpBench.Option(args, "--models", 100_000);
        var folder = Directory.CreateTempSubdirectory("concord-standing-").FullName;
        try
        {
            foreach (var (what, figure) in Calibration.Measure(folder).Lines())
            {
                HttpBench.Line(what, figure);
            }

            var data = Path.Combine(folder, "data");
            var requests = Path.Combine(folder, "acts.requests");
            await HttpBench.PrepareAsync(new DataFolder(data), models, requests, 1);
            HttpBench.Line("models in the register", $"{models:N0}");
            await InProcessAsync(new DataFolder(data));
            await using var server = await ServedFolder.StartAsync(data);
            await OverHttpAsync(server, models);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task InProcessAsync(DataFolder data)
    {
        await using var authority = await RunningAuthority.OpenAsync(data, new(), default);
        SubjectId[] subjects =
        [
            .. authority.Intake.Current.World.Registry.Models.Select(one =>
                SubjectId.Of(one.Value.Id)
            ),
        ];
        // What is compiled at the start is no one's rate.
        var half = Math.Min(40_000, subjects.Length) / 2;
        foreach (var subject in subjects.Take(half))
        {
            authority.Standing.Answer(subject);
        }

        var signing = Signatures();
        var begun = Stopwatch.GetTimestamp();
        foreach (var subject in subjects.Skip(half).Take(half))
        {
            authority.Standing.Answer(subject);
        }

        var fresh = half / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        signing = (signing + Signatures()) / 2;
        HttpBench.Line(
            "signed for the first time, one thread",
            $"{fresh:N0} a second, {fresh / signing:P0} of {signing:N0} ES256 signatures"
        );
        var answers = 0;
        begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < s_while)
        {
            for (var i = 0; i < 1_000; i++)
            {
                authority.Standing.Answer(subjects[i % Math.Min(subjects.Length, 10_000)]);
            }

            answers += 1_000;
        }

        var rate = answers / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        HttpBench.Line("answered since the last checkpoint, one thread", $"{rate:N0} a second");
    }

    private static double Signatures()
    {
        using var key = StatementSigner.Create();
        var digest = new Digest(SHA256.HashData("standing"u8));
        var begun = Stopwatch.GetTimestamp();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(1); count++)
        {
            key.SignDigest(digest);
        }

        return count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static async Task OverHttpAsync(ServedFolder server, int models)
    {
        using var client = new HttpClient { BaseAddress = server.Url };
        var first = await client.GetStringAsync(new Uri("export/register.csv", UriKind.Relative));
        byte[][] requests =
        [
            .. first
                .Split('\n')
                .Skip(1)
                .Take(Math.Min(models, 2_000))
                .Select(line => line.Split(',')[0])
                .Where(id => id.StartsWith("M-", StringComparison.Ordinal))
                .Select(id =>
                    Encoding.ASCII.GetBytes(
                        $"GET /standing/{id} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                    )
                ),
        ];
        for (var round = 0; round < 2; round++)
        {
            await AskAsync(server, requests, round > 0);
        }
    }

    private static async Task AskAsync(ServedFolder server, byte[][] requests, bool isTold)
    {
        var statuses = new ConcurrentDictionary<int, int>();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, Clients)
                .Select(async i =>
                {
                    using var one = await RawClient.ConnectAsync(server.Url, i);
                    for (var n = i; clock.Elapsed < s_while; n++)
                    {
                        var (status, _) = await one.AskAsync(requests[n % requests.Length]);
                        statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                    }
                })
        );
        if (isTold)
        {
            var said = string.Join(
                ", ",
                statuses.Select(one =>
                    $"{one.Value / clock.Elapsed.TotalSeconds:N0} a second with {one.Key}"
                )
            );
            HttpBench.Line($"over HTTP, {Clients} clients", said);
        }
    }
}
