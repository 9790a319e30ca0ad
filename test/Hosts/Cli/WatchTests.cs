using System.Diagnostics;
using Concord.Hosts.Api;
using Concord.Measures.Weights;
using Concord.Zoo;
using Concord.Zoo.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
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
        await UploadAsync();
        var before = server.Acts;
        var first = (await WatchAsync(server)).Done();
        Assert.Equal(before + 1, server.Acts);
        var memory = Path.Combine(_folder, "concord-watch.jsonl");
        var lines = await File.ReadAllLinesAsync(memory, Cancel);
        Assert.Equal(3, lines.Length);

        // What was signed, what was filed, what was seen: all of it, or what a kill left of it.
        for (var kept = lines.Length; kept > 0; kept--)
        {
            await File.WriteAllLinesAsync(memory, lines.Take(kept), Cancel);

            var again = (await WatchAsync(server)).Done();

            Assert.Equal(before + 1, server.Acts);
            Assert.EndsWith(kept == lines.Length ? "" : first.Output, again.Output, Ordinal);
            Assert.Empty((await WatchAsync(server)).Done().Output);
        }

        // Taken away, and uploaded again.
        await UploadAsync();
        (await WatchAsync(server)).Done();
        Assert.Equal(before + 2, server.Acts);
    }

    [Fact]
    public async Task A_watch_whose_answer_was_lost_files_the_same_report_at_its_next_look()
    {
        await using var server = await SandboxServer.StartAsync();
        await RegisterAsync(server);
        await UploadAsync();
        var before = server.Acts;
        await using var proxy = Proxy(server);
        await proxy.StartAsync(Cancel);
        using var watch = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    .. new[] { ConcordProgram.Assembly, "watch", "uploads", "--key", "hub.pem" },
                    .. new[] { "--every", "1", "--data", server.Path, "--authority" },
                    proxy.Urls.Single(),
                ]
            )
            {
                WorkingDirectory = _folder,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var said = "";
        while (!said.Contains("report", Ordinal))
        {
            var line = await watch.StandardOutput.ReadLineAsync(Cancel);
            Assert.True(line is not null, $"the watch ended: {said}");
            said += line + "\n";
        }

        watch.Kill(entireProcessTree: true);
        Assert.Contains("· ", said, Ordinal);
        Assert.Equal(before + 1, server.Acts);
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    /// <summary>Loses the first answer to a filing, when the act is in the log.</summary>
    private static WebApplication Proxy(SandboxServer server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var proxy = builder.Build();
        proxy.Urls.Add("http://127.0.0.1:0");
        var filings = 0;
        proxy.Run(async context =>
        {
            var asked = context.Request;
            using var ask = new HttpRequestMessage(
                new(asked.Method),
                asked.Path + asked.QueryString.Value
            );
            ask.Headers.TryAddWithoutValidation("Accept", asked.Headers.Accept.AsEnumerable());
            if (HttpMethods.IsPost(asked.Method))
            {
                ask.Content = new StreamContent(asked.Body);
                ask.Content.Headers.TryAddWithoutValidation("Content-Type", asked.ContentType);
            }

            using var answer = await server.Client.SendAsync(ask, context.RequestAborted);
            if (asked.Path == "/acts" && Interlocked.Increment(ref filings) == 1)
            {
                context.Response.StatusCode = 503;
                return;
            }

            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        });
        return proxy;
    }

    private async Task UploadAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "uploads"));
        await File.WriteAllBytesAsync(
            Path.Combine(_folder, "uploads", "copy.gguf"),
            GgufFile.Write(Untrained.Llama(1, width: 128, hidden: 256), ElementType.Q4_0),
            Cancel
        );
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
