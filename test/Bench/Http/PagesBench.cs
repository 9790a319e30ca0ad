using System.Globalization;
using System.Text.Json;
using Concord.Authority.Foundation;
using Concord.Bench.Ledger;

namespace Concord.Bench.Http;

/// <summary>
/// Readers who each open a page every five seconds while filers each file every two, on one machine
/// with the server; and how many pages a second it serves until one in twenty waits too long.
/// </summary>
internal static class PagesBench
{
    private const int Readers = 200;
    private const int Filers = 20;
    private const int PagesPerSecond = 40;
    private const int ActsPerSecond = 10;
    private const double MostMilliseconds = 200;
    private const int Narrowing = 4;

    public static async Task<int> RunAsync(string[] args)
    {
        var models = HttpBench.Option(args, "--models", 100_000);
        var seconds = HttpBench.Option(args, "--seconds", 30);
        var folder = Directory.CreateTempSubdirectory("concord-pages-").FullName;
        try
        {
            foreach (var (what, figure) in Calibration.Measure(folder).Lines())
            {
                HttpBench.Line(what, figure);
            }

            var data = Path.Combine(folder, "data");
            var filings = Path.Combine(folder, "acts.requests");
            var acts = ActsPerSecond * seconds * 20;
            await HttpBench.PrepareAsync(new DataFolder(data), models, filings, acts);
            HttpBench.Line("models in the register", $"{models:N0}");
            await using var server = await ServedFolder.StartAsync(data);
            var load = new Load(server, filings, Path.Combine(folder, "pages.requests"), seconds);
            await load.ChooseAsync();
            await load.RunAsync(PagesPerSecond, isShown: false);
            var asked = await load.RunAsync(PagesPerSecond, isShown: true);
            if (asked > MostMilliseconds)
            {
                HttpBench.Line("most pages a second", $"fewer than {PagesPerSecond}");
                return 0;
            }

            var (holds, breaks) = (PagesPerSecond, PagesPerSecond * 2);
            while (await load.RunAsync(breaks, isShown: true) <= MostMilliseconds)
            {
                (holds, breaks) = (breaks, breaks * 2);
            }

            for (var i = 0; i < Narrowing; i++)
            {
                var middle = (holds + breaks) / 2;
                var isBelow = await load.RunAsync(middle, isShown: true) <= MostMilliseconds;
                (holds, breaks) = isBelow ? (middle, breaks) : (holds, middle);
            }

            HttpBench.Line($"most pages a second, p95 <= {MostMilliseconds} ms", $"{holds:N0}");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // One load after another; what one files the next does not file again.
    private sealed class Load(ServedFolder server, string filings, string pages, int seconds)
    {
        private readonly List<string> _addresses =
        [
            "/",
            "/register",
            "/register?sort=date",
            "/register?law=eu-ai-act&answer=yes",
            "/register?search=lama+3.1+405",
            "/laws/eu-ai-act",
            "/acts",
            "/log",
            "/inbox",
            "/parties",
            "/authority",
            "/file/register-model",
        ];

        private int _filed;

        // Pages of models and acts that are there.
        public async Task ChooseAsync()
        {
            using var client = new HttpClient { BaseAddress = server.Url };
            foreach (
                var query in (string[])["/register?format=json", "/register?format=json&sort=date"]
            )
            {
                using var json = JsonDocument.Parse(await client.GetStringAsync(query));
                foreach (
                    var model in json.RootElement.GetProperty("models").EnumerateArray().Take(4)
                )
                {
                    var id = model.GetProperty("id").GetString();
                    _addresses.Add($"/models/{id}");
                    _addresses.Add($"/models/{id}/explain/eu-ai-act");
                }
            }

            for (var i = 0; i < 4; i++)
            {
                _addresses.Add(string.Create(CultureInfo.InvariantCulture, $"/acts/{i * 100}"));
            }
        }

        /// <returns>What one page in twenty waits longer than, in milliseconds.</returns>
        public async Task<double> RunAsync(int pagesPerSecond, bool isShown)
        {
            var host = $"localhost:{server.Url.Port}";
            var count = pagesPerSecond * seconds;
            RequestFile.Write(
                pages,
                Enumerable
                    .Range(0, count)
                    .Select(i => RawClient.Get(_addresses[i % _addresses.Count], host))
            );
            var acts = ActsPerSecond * seconds;
            var before = server.CpuSeconds;
            var filing = LoadGenerator.StartAsync(
                server.Url,
                filings,
                _filed,
                acts,
                Filers,
                ActsPerSecond
            );
            _filed += acts;
            var read = await LoadGenerator.StartAsync(
                server.Url,
                pages,
                0,
                count,
                Readers,
                pagesPerSecond
            );
            var filed = await filing;
            if (isShown)
            {
                HttpBench.Line(
                    $"{pagesPerSecond} pages/s, {ActsPerSecond} acts/s",
                    $"pages p50 {read.P50:N1}, p95 {read.P95:N1}, p99 {read.P99:N1} ms; "
                        + $"acts p95 {filed.P95:N1} ms; "
                        + $"server {(server.CpuSeconds - before) / seconds:N2} cores"
                );
            }

            return read.P95;
        }
    }
}
