using Concord.Hosts.Api;
using Concord.Measures.Weights;
using Concord.Zoo;
using Concord.Zoo.Files;
using Xunit;

namespace Concord.Hosts.Cli;

/// <summary>A hub's watch reports what it finds once, whenever it is killed.</summary>
public sealed class WatchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("watched-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_watch_that_was_killed_after_any_of_its_steps_reports_a_copy_once()
    {
        await using var server = await SandboxServer.StartAsync();
        await RegisterAsync(server);
        var net = Untrained.Llama(1, width: 128, hidden: 256);
        Directory.CreateDirectory(Path.Combine(_folder, "uploads"));
        await File.WriteAllBytesAsync(
            Path.Combine(_folder, "uploads", "copy.gguf"),
            GgufFile.Write(net, ElementType.Q4_0),
            Cancel
        );
        var before = server.Acts;
        (await WatchAsync(server)).Done();
        Assert.Equal(before + 1, server.Acts);
        var memory = Path.Combine(_folder, "concord-watch.jsonl");
        var lines = await File.ReadAllLinesAsync(memory, Cancel);
        Assert.Equal(3, lines.Length);

        // What was signed, what was filed, what was seen: all of it, or what a kill left of it.
        for (var kept = lines.Length; kept > 0; kept--)
        {
            await File.WriteAllLinesAsync(memory, lines.Take(kept), Cancel);

            (await WatchAsync(server)).Done();

            Assert.Equal(before + 1, server.Acts);
            Assert.Empty((await WatchAsync(server)).Done().Output);
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task RegisterAsync(SandboxServer server)
    {
        var bytes = SafetensorsFile.Write(Untrained.Llama(1, width: 128, hidden: 256));
        await File.WriteAllBytesAsync(Path.Combine(_folder, "base.safetensors"), bytes, Cancel);
        await PartyAsync(server, "tern", "Tern Labs", "developer");
        await PartyAsync(server, "hub", "Model Hub", "host");
        string[] signed = ["--key", "tern.pem"];
        (await RunAsync(server, ["register", "Tern 1", "--modality", "text", .. signed])).Done();
        var model = server.Authority.Intake.Current.World.Registry.Models.Keys.Last().ToString();
        string[] release = ["release", model, "base.safetensors", "--licence", "MIT"];
        (await RunAsync(server, [.. release, "--access", "open", .. signed])).Done();
        var id = server.Authority.Intake.Current.World.Registry.Releases.Keys.Single().ToString();
        (await RunAsync(server, ["fingerprint", id, "base.safetensors", .. signed])).Done();
    }

    private async Task PartyAsync(SandboxServer server, string key, string name, string role)
    {
        (await ConcordProgram.RunAsync(_folder, ["key", "new", key])).Done();
        string[] party = ["party", "new", name, "--country", "CH", "--role", role];
        (await RunAsync(server, [.. party, "--key", key + ".pem"])).Done();
    }

    private Task<ConcordProgram.Run> WatchAsync(SandboxServer server) =>
        RunAsync(server, ["watch", "uploads", "--key", "hub.pem", "--every", "1", "--once"]);

    private Task<ConcordProgram.Run> RunAsync(SandboxServer server, string[] words) =>
        ConcordProgram.RunAsync(
            _folder,
            [.. words, "--data", server.Path, "--authority", $"{server.Client.BaseAddress}"]
        );
}
