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
            await HttpBench.PrepareAsync(new DataFolder(data), models, requests: null, acts: 0);
            HttpBench.Line("models in the register", $"{models:N0}");
            await using var server = await ServedFolder.StartAsync(data);
            using var client = new HttpClient { BaseAddress = server.Url };
            foreach (
                var address in (string[])
                    ["/register", "/register?search=model", "/register?search=nothing-like-it"]
            )
            {
                await MeasureAsync(client, address, "text/html");
                await MeasureAsync(client, address, "application/json");
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(HttpClient client, string address, string type)
    {
        var waits = new List<double>();
        var bytes = 0;
        for (var i = 0; i < Warming + Times; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.Add(new(type));
            var begun = Stopwatch.GetTimestamp();
            using var response = await client.SendAsync(request);
            bytes = (await response.Content.ReadAsByteArrayAsync()).Length;
            if (!response.IsSuccessStatusCode)
            {
                HttpBench.Line($"{address}, {type}", $"{(int)response.StatusCode}");
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
