using System.Net.Http.Json;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Ledger;
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

    public string Origin => Authority.File.Origin;

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
        var client = new HttpClient { BaseAddress = new Uri(addresses!.Addresses.First()) };
        return new(path, authority, app, client);
    }

    /// <summary>Has the registrar admit a party with one administrator's key.</summary>
    public async Task<(PartyId Id, StatementSigner Key)> AdmitAsync(
        string name,
        params PartyRole[] roles
    )
    {
        var key = StatementSigner.Create();
        using var registrar = Authority.Keys.Read(KeyFolder.Registrar);
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
    public Task<HttpResponseMessage> PostAsync(ReadOnlyMemory<byte> statement)
    {
        var content = new ByteArrayContent(statement.ToArray());
        content.Headers.ContentType = new("application/cose");
        return Client.PostAsync("/acts", content);
    }

    /// <summary>Reads JSON.</summary>
    public async Task<JsonElement> ReadAsync(string address) =>
        await Client.GetFromJsonAsync<JsonElement>(address);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await Authority.DisposeAsync();
        Directory.Delete(Path, recursive: true);
    }
}
