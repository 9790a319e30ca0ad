using System.Buffers;
using System.Text;
using Concord.Hosts.Api;
using Concord.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Concord.Hosts.Federation;

/// <summary>
/// The address of an authority that begins to lie: at first all requests are handed on; then the
/// log that is shown is a second one, signed with a copy of the key.
/// </summary>
internal sealed class ForkingFront : IAsyncDisposable
{
    private readonly SandboxServer _server;
    private readonly WebApplication _app;
    private readonly HttpClient _client = new();
    private volatile Dictionary<string, byte[]>? _second;

    private ForkingFront(SandboxServer server)
    {
        _server = server;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Url => new(_app.Urls.First());

    public static async Task<ForkingFront> StartAsync(SandboxServer server)
    {
        var front = new ForkingFront(server);
        await front._app.StartAsync();
        return front;
    }

    /// <summary>From now on the last entry is another one, and one more follows it.</summary>
    public async Task ForkAsync()
    {
        using var key = _server.Authority.Keys.ReadLog(_server.Origin);
        var size = _server.Authority.Intake.Current.Size;
        var entries = new List<byte[]>();
        for (var i = 0; i < size - 1; i++)
        {
            entries.Add(await _server.Client.GetByteArrayAsync($"/acts/{i}/statement"));
        }

        entries.Add(await _server.Client.GetByteArrayAsync("/acts/0/statement"));
        entries.Add(await _server.Client.GetByteArrayAsync("/acts/1/statement"));
        var tree = new MerkleTree();
        entries.ForEach(entry => tree.Append(MerkleTree.LeafHash(entry)));
        var files = TilePath
            .Of(tree.Size)
            .ToDictionary(
                path => path.ToString(),
                path => path.Level == TilePath.Entries ? Bundle(entries) : Tile.Bytes(tree, path)
            );
        var note = new Checkpoint(_server.Origin, tree.Size, tree.Root(tree.Size)).Sign(key);
        files[ITileStore.CheckpointPath] = Encoding.UTF8.GetBytes(note.ToString());
        _second = files;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private static byte[] Bundle(List<byte[]> entries)
    {
        var bundle = new ArrayBufferWriter<byte>();
        entries.ForEach(entry => EntryBundle.Append(bundle, entry));
        return bundle.WrittenSpan.ToArray();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (_second is { } second && path.StartsWith("/log/", StringComparison.Ordinal))
        {
            if (second.TryGetValue(path["/log/".Length..], out var bytes))
            {
                await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
                return;
            }

            context.Response.StatusCode = 404;
            return;
        }

        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri(_server.Client.BaseAddress!, path + context.Request.QueryString)
        );
        request.Headers.TryAddWithoutValidation(
            "Accept",
            context.Request.Headers.Accept.ToString()
        );
        using var answer = await _client.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
