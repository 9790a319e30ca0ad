using System.Net.Http.Json;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Authority.Web;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Concord.Hosts.Api;

/// <summary>
/// A sandbox served by a real Kestrel on a free port, with a party that may file.
/// </summary>
internal sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SandboxServer(
        string path,
        RunningAuthority authority,
        WebApplication app,
        HttpClient client
    ) => (Path, Authority, _app, Client) = (path, authority, app, client);

    public string Path { get; }

    public RunningAuthority Authority { get; }

    public HttpClient Client { get; }

    /// <summary>What the pages read.</summary>
    public PublicSite Site => _app.Services.GetRequiredService<PublicSite>();

    public string Origin => Authority.File.Origin;

    /// <summary>The entries of the log that are not ticks.</summary>
    public int Acts =>
        Enumerable
            .Range(0, (int)Authority.Intake.Current.Size)
            .Count(index => Authority.Index.TypeOf(index).Record != typeof(Tick));

    public static string NewFolder() => Directory.CreateTempSubdirectory("concord-hosts-").FullName;

    /// <summary>Founds a sandbox where there is none, and serves it.</summary>
    public static async Task<SandboxServer> StartAsync(
        string? path = null,
        RunningOptions? running = null,
        HostOptions? host = null
    )
    {
        var cancel = CancellationToken.None;
        path ??= NewFolder();
        var folder = new DataFolder(path);
        if (!folder.IsFounded)
        {
            await Sandbox.CreateAsync(folder, running?.Time ?? TimeProvider.System, cancel);
        }

        var authority = await RunningAuthority.OpenAsync(folder, running ?? new(), cancel);
        var app = AuthorityHost.Build(authority, host ?? new());
        await app.StartAsync(cancel);
        var addresses = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>();
        var port = new Uri(addresses!.Addresses.First()).Port;
        // Behind a proxy it answers at its address, else people read it by the machine's name.
        var name = host is { Proxies.Count: > 0 } ? "127.0.0.1" : "localhost";
        var client = new HttpClient { BaseAddress = new Uri($"http://{name}:{port}") };
        return new(path, authority, app, client);
    }

    /// <summary>Has the registrar admit a party with one administrator's key.</summary>
    public async Task<(PartyId Id, StatementSigner Key)> AdmitAsync(
        string name,
        params PartyRole[] roles
    )
    {
        var key = StatementSigner.Create();
        using var registrar = Authority.Keys.Read(Authority.Keys.NamesOf(KeyFolder.Registrar)[^1]);
        var filed = await Authority.FileAsync(
            new Speaker.Authority(KeyPurpose.Registrar),
            new AdmitParty
            {
                Name = name,
                Country = "CH",
                Roles = roles,
                Keys =
                [
                    new()
                    {
                        Key = key.PublicKey,
                        Holder = "administrator",
                        Role = KeyRole.Administrator,
                    },
                ],
            },
            registrar,
            CancellationToken.None
        );
        return (new(filed.Index), key);
    }

    /// <summary>Signs an act as a party does.</summary>
    public Received Sign(PartyId party, StatementSigner key, Act act, SealedPart? part = null) =>
        Drafting.Compose(act, $"{Origin}#{party}", key, part);

    /// <summary>Posts a statement.</summary>
    public Task<HttpResponseMessage> PostAsync(ReadOnlyMemory<byte> statement) =>
        PostAsync(statement, "application/cose");

    /// <summary>Posts a body.</summary>
    public Task<HttpResponseMessage> PostAsync(ReadOnlyMemory<byte> body, string type)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        return Client.PostAsync("/acts", content);
    }

    /// <summary>Posts a statement with its documents.</summary>
    public async Task<HttpResponseMessage> PostAsync(Received received)
    {
        using var form = Form(received);
        return await Client.PostAsync("/acts", form);
    }

    /// <summary>A statement with its documents as a form.</summary>
    public static MultipartFormDataContent Form(Received received)
    {
        var form = new MultipartFormDataContent
        {
            { new ReadOnlyMemoryContent(received.Statement), "statement" },
        };
        if (received.Document is { } act)
        {
            form.Add(new ReadOnlyMemoryContent(act), "act");
        }

        if (received.SealedPart is { } part)
        {
            form.Add(new ReadOnlyMemoryContent(part), "sealed_part");
        }

        foreach (var attachment in received.Attachments)
        {
            form.Add(new ReadOnlyMemoryContent(attachment), "attachment");
        }

        return form;
    }

    /// <summary>Files an act that must be taken, and gives the answer.</summary>
    public async Task<JsonElement> FileAsync(Received received)
    {
        using var response = await PostAsync(received);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? Json(text)
            : throw new InvalidOperationException(text);
    }

    /// <summary>Reads as somebody, by a signed request.</summary>
    public Task<HttpResponseMessage> ReadAsAsync(
        string speaker,
        StatementSigner key,
        string address,
        string? why = null
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        var at = Instant.From(Authority.Time.GetUtcNow());
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            new ReadRequest(address, at, why).Sign($"{Origin}#{speaker}", key)
        );
        return Client.SendAsync(request);
    }

    /// <summary>The JSON of a text.</summary>
    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>Reads JSON.</summary>
    public async Task<JsonElement> ReadAsync(string address) =>
        await Client.GetFromJsonAsync<JsonElement>(address);

    /// <summary>Stops the server; the data folder stays.</summary>
    public async Task StopAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await Authority.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
