using System.Text;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Concord.Hosts.Cli;

/// <summary>A stranger follows a log that is served, and one that lies.</summary>
public sealed class MonitorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_is_followed_from_its_first_entry_and_on_from_what_was_kept()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var state = Directory.CreateTempSubdirectory("concord-monitor-").FullName;

        var first = await MonitorAsync(server.Client.BaseAddress!, state);
        await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 1")));
        var second = await MonitorAsync(server.Client.BaseAddress!, state);

        Assert.Equal(0, first.Code);
        Assert.Equal(0, second.Code);
        var size = server.Authority.Intake.Current.Size;
        Assert.Contains($"\"size\":{size}", second.Output, StringComparison.Ordinal);
        var seen = Directory.GetFiles(state, "checkpoints.jsonl", SearchOption.AllDirectories);
        Assert.Equal(2, (await File.ReadAllLinesAsync(Assert.Single(seen), Cancel)).Length);
    }

    [Theory]
    [InlineData("same size")]
    [InlineData("larger")]
    [InlineData("smaller")]
    public async Task A_second_tree_signed_by_the_logs_key_ends_with_8_and_a_proof(string other)
    {
        await using var server = await SandboxServer.StartAsync();
        await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var key = server.Authority.Keys.ReadLog(server.Origin);
        var tree = await TreeOfAsync(server);
        var size = tree.Size;
        tree.Truncate(size - 1);
        tree.Append(MerkleTree.LeafHash("another entry"u8));
        if (other is "larger")
        {
            tree.Append(MerkleTree.LeafHash("and one more"u8));
        }

        var shown = other is "smaller" ? size : tree.Size;
        if (other is "smaller")
        {
            // The sandbox goes on; the liar stays at the size that it lied about.
            await server.AdmitAsync("Gull Works", PartyRole.Developer);
        }

        var note = new Checkpoint(server.Origin, shown, tree.Root(shown)).Sign(key).ToString();
        await using var liar = await ServeAsync(path =>
            path == ITileStore.CheckpointPath ? Encoding.UTF8.GetBytes(note)
            : TilePath.TryParse(path, out var tile) && tile.Level != TilePath.Entries
                ? Tile.Bytes(tree, tile)
            : null
        );
        var state = Directory.CreateTempSubdirectory("concord-monitor-").FullName;
        var vkey = server.Authority.File.VerifierKey;

        // A witness was shown the other tree: what it saw contradicts what the log shows here.
        var run = other is "larger"
            ? await LaterAsync(server, liar, state, vkey)
            : await ConcordProgram.RunAsync(
                state,
                "monitor",
                $"{server.Client.BaseAddress}",
                "--vkey",
                vkey,
                "--witness",
                liar.Urls.First(),
                "--state",
                state,
                "--once",
                "--json"
            );

        Assert.True(run.Code == 8, $"exit {run.Code}\n{run.Output}{run.Error}");
        Assert.Contains("\"kind\":\"fork\"", run.Output, StringComparison.Ordinal);
        var proof = Assert.Single(
            Directory.GetDirectories(state, "fork-*", SearchOption.AllDirectories)
        );
        var verify = await ConcordProgram.RunAsync(state, "verify", proof, "--vkey", vkey);
        Assert.True(verify.Code == 0, verify.Output + verify.Error);
        var earlier = Path.Combine(proof, "earlier.note");
        await File.WriteAllTextAsync(
            Path.Combine(proof, "later.note"),
            await File.ReadAllTextAsync(earlier, Cancel),
            Cancel
        );
        var broken = await ConcordProgram.RunAsync(state, "verify", proof, "--vkey", vkey);
        Assert.Equal(1, broken.Code);
    }

    [Fact]
    public async Task A_log_that_serves_a_tile_too_short_is_named_and_not_followed()
    {
        await using var server = await SandboxServer.StartAsync();
        var address = server.Client.BaseAddress!;
        await using var front = await ServeAsync(path =>
            !TilePath.TryParse(path, out var tile) || tile.Level != 0 ? Fetch(address, path)
            : tile.IsFull ? new byte[5]
            : null
        );
        var state = Directory.CreateTempSubdirectory("concord-monitor-").FullName;

        var run = await ConcordProgram.RunAsync(
            state,
            "monitor",
            front.Urls.First(),
            "--vkey",
            server.Authority.File.VerifierKey,
            "--state",
            state,
            "--once",
            "--json"
        );

        Assert.True(run.Code == 1, $"exit {run.Code}\n{run.Output}{run.Error}");
        Assert.Contains("\"kind\":\"rewritten\"", run.Output, StringComparison.Ordinal);
    }

    // First the log, then at the same address, as if it had turned, the liar with more entries.
    private static async Task<ConcordProgram.Run> LaterAsync(
        SandboxServer server,
        WebApplication liar,
        string state,
        string vkey
    )
    {
        var target = server.Client.BaseAddress!;
        await using var front = await ServeAsync(path => Fetch(target, path));
        string[] words =
        [
            "monitor",
            front.Urls.First(),
            "--vkey",
            vkey,
            "--state",
            state,
            "--once",
            "--json",
        ];
        var first = await ConcordProgram.RunAsync(state, words);
        Assert.True(first.Code == 0, first.Output + first.Error);
        target = new Uri(liar.Urls.First() + "/");
        return await ConcordProgram.RunAsync(state, words);
    }

    private static byte[]? Fetch(Uri server, string path)
    {
        using var client = new HttpClient();
        using var response = client.Send(new(HttpMethod.Get, new Uri(server, "log/" + path)));
        using var body = new MemoryStream();
        response.Content.ReadAsStream().CopyTo(body);
        return response.IsSuccessStatusCode ? body.ToArray() : null;
    }

    private static Task<ConcordProgram.Run> MonitorAsync(Uri url, string state) =>
        ConcordProgram.RunAsync(state, "monitor", $"{url}", "--state", state, "--once", "--json");

    private static async Task<MerkleTree> TreeOfAsync(SandboxServer server)
    {
        var tree = new MerkleTree();
        for (var i = 0; i < server.Authority.Intake.Current.Size; i++)
        {
            var entry = await server.Client.GetByteArrayAsync($"/acts/{i}/statement", Cancel);
            tree.Append(MerkleTree.LeafHash(entry));
        }

        return tree;
    }

    // A log's files under /log/, and whatever a witness is asked for is the same checkpoint.
    private static async Task<WebApplication> ServeAsync(Func<string, byte[]?> read)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            var path = context.Request.Path.Value!;
            var name = path.StartsWith("/log/", StringComparison.Ordinal)
                ? path["/log/".Length..]
                : ITileStore.CheckpointPath;
            if (read(name) is { } bytes)
            {
                await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
            }
            else
            {
                context.Response.StatusCode = 404;
            }
        });
        await app.StartAsync(Cancel);
        return app;
    }
}
