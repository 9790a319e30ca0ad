using System.Diagnostics;
using System.Globalization;
using Concord.Hosts.Api;
using Xunit;

namespace Concord.Hosts.Crash;

/// <summary>
/// A server that is killed at random moments under load: no receipt that was handed out may fail,
/// and no two checkpoints may contradict each other.
/// </summary>
public sealed class KillTests
{
    private const int Clients = 8;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int Kills =>
        int.TryParse(
            Environment.GetEnvironmentVariable("CONCORD_KILLS"),
            CultureInfo.InvariantCulture,
            out var asked
        )
            ? asked
        : Environment.GetEnvironmentVariable("CONCORD_SOAK") is "1" ? 250
        : 20;

    [Fact]
    public async Task Receipts_hold_and_the_log_is_whole_however_often_the_server_is_killed()
    {
        var path = SandboxServer.NewFolder();
        var load = await Load.FoundAsync(path);
        var clock = Stopwatch.StartNew();
        for (var kill = 0; kill < Kills; kill++)
        {
            // Every fourth dies while it starts: recovery is killed too.
            await (kill % 4 == 3 ? KillStartingAsync(path) : KillServingAsync(path, load));
        }

        await LetUnansweredBeAnsweredAsync(path, load);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Kills} kills in {clock.Elapsed.TotalSeconds:N0} s: {load.Handed.Count} receipts, "
                + $"{load.Checkpoints.Count} checkpoints"
        );

        Assert.True(load.Handed.Count >= Kills, $"{load.Handed.Count} receipts were handed out.");
        await load.VerifyAsync(path, Cancel);
        Directory.Delete(path, recursive: true);
    }

    private static async Task KillServingAsync(string path, Load load)
    {
        var (process, url) = await ServerProcess.UpAsync(path, Cancel);
        using var _ = process;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = load.RunAsync(url, Clients, stop.Token);
        await load.UntilAnsweredAsync(running);
        await Task.Delay(Random.Shared.Next(0, 700), Cancel);
        await ServerProcess.KillAsync(process);
        await running;
    }

    private static async Task KillStartingAsync(string path)
    {
        using var process = ServerProcess.Up(path);
        await Task.Delay(Random.Shared.Next(50, 1_500), Cancel);
        await ServerProcess.KillAsync(process);
    }

    private static async Task LetUnansweredBeAnsweredAsync(string path, Load load)
    {
        var (process, url) = await ServerProcess.UpAsync(path, Cancel);
        using var _ = process;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = load.RunAsync(url, Clients, stop.Token);
        await load.UntilAnsweredAsync(running);
        await Task.Delay(TimeSpan.FromSeconds(2), Cancel);
        await stop.CancelAsync();
        await running;
        await ServerProcess.KillAsync(process);
    }
}
