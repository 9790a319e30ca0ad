using System.Text.Json;
using Concord.Hosts.Api;
using Concord.Hosts.Cli;
using Concord.Hosts.Crash;
using Xunit;

namespace Concord.Hosts.Witnesses;

/// <summary>The witnesses that <c>concord up</c> starts for a sandbox.</summary>
public sealed class LocalWitnessTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sandbox_is_witnessed_locally_and_its_witnesses_end_with_it()
    {
        var folder = SandboxServer.NewFolder();
        var (process, url) = await ServerProcess.UpAsync(folder, Cancel, "--no-open");
        using var client = new HttpClient { BaseAddress = url };
        var state = await WitnessedAsync(client);
        var keys = await ConcordProgram.RunAsync(
            folder,
            "log",
            "vkey",
            "--witnesses",
            "--data",
            folder
        );
        await ServerProcess.KillAsync(process);

        Assert.Equal(3, state.GetProperty("witnesses").GetArrayLength());
        Assert.Equal(
            state
                .GetProperty("witnesses")
                .EnumerateArray()
                .Select(one => one.GetProperty("verifier_key").GetString()),
            keys.Done().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
        foreach (var one in state.GetProperty("witnesses").EnumerateArray())
        {
            await GoneAsync(new(one.GetProperty("url").GetString()!));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<JsonElement> WitnessedAsync(HttpClient client)
    {
        while (true)
        {
            var state = SandboxServer.Json(await client.GetStringAsync("/log/witnesses", Cancel));
            if (state.TryGetProperty("witnessed", out _))
            {
                return state;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancel);
        }
    }

    // Ends when nobody listens there any more.
    private static async Task GoneAsync(Uri url)
    {
        using var client = new HttpClient { BaseAddress = url };
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("/", Cancel);
            }
            catch (HttpRequestException)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancel);
        }
    }
}
