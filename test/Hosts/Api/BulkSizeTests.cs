using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Authority.Foundation;
using Concord.Hosts.Cli;
using Concord.Hosts.Crash;
using Concord.Hosts.Recovery;
using Concord.Stores;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>
/// A large file of acts against <c>concord up</c>: judged, filed, killed in the middle and filed
/// again. 1,200 rows in the gate, 10^5 with <c>CONCORD_SOAK=1</c>.
/// </summary>
public sealed class BulkSizeTests
{
    private static readonly int s_rows = Environment.GetEnvironmentVariable("CONCORD_SOAK") is "1"
        ? 100_000
        : 1_200;

    // Of those in which the rows go, 500 in each.
    private static readonly int s_answered = s_rows / 1_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_is_killed_goes_on_where_it_was_and_files_nothing_twice()
    {
        using var founded = await FoundedFolder.CreateAsync();
        var root = SandboxServer.NewFolder();
        var data = new DataFolder(Path.Combine(root, "data"));
        founded.CopyTo(data.Path);
        var acts = Path.Combine(root, "acts.jsonl");
        await File.WriteAllTextAsync(Path.Combine(root, "tern.pem"), founded.Key.ToPem(), Cancel);
        await File.WriteAllLinesAsync(
            acts,
            Enumerable
                .Range(0, s_rows)
                .Select(i => ActJson.Write(Given.Model(founded.Party, $"Tern {i}")))
                .Select(bytes => Encoding.UTF8.GetString(bytes)),
            Cancel
        );
        var before = Size(data);
        var (server, url) = await ServerProcess.UpAsync(data.Path, Cancel);
        using var _ = server;

        var dry = await RunAsync(root, url, "--dry-run");
        var early = await KilledAsync(root, url, acts);
        var rest = await RunAsync(root, url);
        var again = await RunAsync(root, url);
        server.Refresh();
        Say("server", TimeSpan.Zero, server.PeakWorkingSet64);
        await ServerProcess.KillAsync(server);

        Assert.Equal(s_rows, Count(dry, "admitted"));
        Assert.Equal(s_answered * 500, early);
        Assert.Equal(early, Count(rest, "filed-before"));
        Assert.Equal(500, Count(rest, "duplicate"));
        Assert.Equal(s_rows - early - 500, Count(rest, "filed"));
        Assert.Equal(s_rows, Count(again, "filed-before"));
        Assert.Equal(s_rows, Models(data, before));
        Assert.Equal(s_rows, File.ReadLines(acts + ".filed").Distinct().Count());
        Directory.Delete(root, recursive: true);
    }

    private static async Task<JsonElement> RunAsync(string root, Uri url, params string[] more)
    {
        using var process = Start(root, url, more);
        var clock = Stopwatch.StartNew();
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var peak = 0L;
        while (!process.HasExited)
        {
            process.Refresh();
            peak = Math.Max(peak, process.PeakWorkingSet64);
            await Task.WhenAny(process.WaitForExitAsync(Cancel), Task.Delay(100, Cancel));
        }

        Say(string.Join(' ', more.Prepend("bulk")), clock.Elapsed, peak);
        Assert.Equal(0, process.ExitCode);
        return SandboxServer.Json(await output);
    }

    // After some requests were answered, and the next one was filed and its answer kept back.
    private static async Task<int> KilledAsync(string root, Uri url, string acts)
    {
        await using var front = await HeldFront.StartAsync(url, "/acts/bulk", s_answered);
        using var process = Start(root, front.Url);
        await Task.WhenAny(front.Held, process.WaitForExitAsync(Cancel));
        Assert.False(process.HasExited, "bulk ended before it was killed");
        await ServerProcess.KillAsync(process);
        return File.ReadLines(acts + ".filed").Count();
    }

    private static Process Start(string root, Uri url, params string[] more)
    {
        string[] words =
        [
            ConcordProgram.Assembly,
            "bulk",
            "acts.jsonl",
            "--key",
            "tern.pem",
            "--data",
            "data",
            "--authority",
            url.ToString(),
            "--json",
            .. more,
        ];
        return Process.Start(
            new ProcessStartInfo("dotnet", words)
            {
                WorkingDirectory = root,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
    }

    private static int Count(JsonElement said, string verdict) =>
        said.TryGetProperty(verdict, out var count) ? count.GetInt32() : 0;

    private static long Size(DataFolder data)
    {
        using var store = SqliteLogStore.Open(data.Database);
        return store.ReadHead()!.Size;
    }

    private static int Models(DataFolder data, long from)
    {
        using var store = SqliteLogStore.Open(data.Database);
        return store
            .ReadEntries(from, store.ReadHead()!.Size)
            .Count(entry => entry.Span.IndexOf("\"registry/register-model/1\""u8) >= 0);
    }

    private static void Say(string what, TimeSpan took, long peak) =>
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {took.TotalSeconds:N1} s, {peak >> 20:N0} MiB at most"
            )
        );
}
