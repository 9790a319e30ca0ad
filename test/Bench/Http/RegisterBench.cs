using System.Diagnostics;
using Concord.Authority.Foundation;
using Concord.Bench.Ledger;

namespace Concord.Bench.Http;

/// <summary>
/// The pages that read the whole register, at 10^5 models: from the request to the last byte, over
/// loopback, one after another, so all of it is the server's time or more.
/// </summary>
internal static class RegisterBench
{
    private const int Warming = 20;
    private const int Times = 100;
    private const int Changes = 40;

    public static async Task<int> RunAsync(string[] args)
    {
        var models = HttpBench.Option(args, "--models", 100_000);
        var folder = Directory.CreateTempSubdirectory("concord-register-").FullName;
        try
        {
            foreach (var (what, figure) in Calibration.Measure(folder).Lines())
            {
                HttpBench.Line(what, figure);
            }

            var data = Path.Combine(folder, "data");
            var requests = Path.Combine(folder, "acts.requests");
            await HttpBench.PrepareAsync(new DataFolder(data), models, requests, Changes);
            HttpBench.Line("models in the register", $"{models:N0}");
            var begun = Stopwatch.GetTimestamp();
            await using var server = await ServedFolder.StartAsync(data);
            HttpBench.Line("concord up until it serves", Seconds(begun));
            using var client = new HttpClient { BaseAddress = server.Url };
            begun = Stopwatch.GetTimestamp();
            await ReadAsync(client, "/register", "text/html");
            HttpBench.Line("first reader after the start", Seconds(begun));
            foreach (
                var address in (string[])
                    [
                        "/register",
                        "/register?search=model",
                        "/register?search=nothing-like-it",
                        "/register?search=exampel+modle+00099999",
                        "/register?search=lama+3.1+405",
                    ]
            )
            {
                await MeasureAsync(client, address, "text/html");
                await MeasureAsync(client, address, "application/json");
            }

            await FollowAsync(server, client, requests);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The first page after each of so many filings, while the follower sleeps or not.
    private static async Task FollowAsync(ServedFolder server, HttpClient client, string requests)
    {
        var waits = new List<double>();
        for (var i = 0; i < Changes; i++)
        {
            await LoadGenerator.StartAsync(server.Url, requests, i, 1, 1, 0);
            var begun = Stopwatch.GetTimestamp();
            await ReadAsync(client, "/register", "text/html");
            waits.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        waits.Sort();
        HttpBench.Line(
            "/register, first after a filing",
            $"p50 {waits[Changes / 2]:N1} ms, worst {waits[^1]:N1} ms of {Changes}"
        );
    }

    private static string Seconds(long begun) =>
        $"{Stopwatch.GetElapsedTime(begun).TotalSeconds:N2} s";

    private static async Task<(int Status, int Bytes)> ReadAsync(
        HttpClient client,
        string address,
        string type
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new(type));
        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    private static async Task MeasureAsync(HttpClient client, string address, string type)
    {
        var waits = new List<double>();
        var bytes = 0;
        for (var i = 0; i < Warming + Times; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            (var status, bytes) = await ReadAsync(client, address, type);
            if (status != 200)
            {
                HttpBench.Line($"{address}, {type}", $"{status}");
                return;
            }

            if (i >= Warming)
            {
                waits.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }

        waits.Sort();
        HttpBench.Line(
            $"{address}, {type[(type.IndexOf('/', StringComparison.Ordinal) + 1)..]}",
            $"p50 {waits[Times / 2]:N1} ms, p99 {waits[^2]:N1} ms, {bytes:N0} B"
        );
    }
}
