using System.Net;
using Concord.Authority.Witnesses;
using Concord.Ledger;
using Concord.Stores;
using Microsoft.AspNetCore.Builder;

namespace Concord.Hosts.Witnesses;

/// <summary>A witness served by a real Kestrel on a free port.</summary>
internal sealed class ServedWitness : IAsyncDisposable
{
    private readonly string _path;
    private readonly NoteSigner _key;
    private readonly WitnessStore _store;
    private readonly WebApplication _app;

    private ServedWitness(string path, NoteSigner key, WitnessStore store, WebApplication app) =>
        (_path, _key, _store, _app) = (path, key, store, app);

    public NoteVerifier Verifier => _key.Verifier;

    public Uri Url => new(_app.Urls.First());

    public static Task<ServedWitness> StartAsync(string name, params NoteVerifier[] logs) =>
        StartAsync(name, TimeProvider.System, logs);

    public static async Task<ServedWitness> StartAsync(
        string name,
        TimeProvider time,
        params NoteVerifier[] logs
    )
    {
        var path = Directory.CreateTempSubdirectory("concord-witness-").FullName;
        var folder = new WitnessFolder(path);
        var key = folder.OpenKey(name);
        var store = new WitnessStore(folder.Database);
        var app = WitnessHost.Build(new(key, logs), store, new() { Time = time });
        await app.StartAsync();
        return new(path, key, store, app);
    }

    /// <summary>Posts a body to it.</summary>
    public static async Task<(HttpStatusCode Status, string? Type, string Body)> PostAsync(
        Uri url,
        string body
    )
    {
        using var client = new HttpClient();
        using var content = new StringContent(body);
        using var answer = await client.PostAsync(new Uri(url, "add-checkpoint"), content);
        return (
            answer.StatusCode,
            answer.Content.Headers.ContentType?.ToString(),
            await answer.Content.ReadAsStringAsync()
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _store.Dispose();
        _key.Dispose();
        Directory.Delete(_path, recursive: true);
    }
}
