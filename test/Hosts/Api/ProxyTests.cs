using System.Net;
using Concord.Acts.Network;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>
/// A proxy that is named speaks for many, each with bounds of its own; nobody else speaks for
/// anybody.
/// </summary>
public sealed class ProxyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clients_of_a_named_proxy_have_bounds_of_their_own()
    {
        await using var server = await ServeAsync(IPAddress.Loopback);

        await ShutOutAsync(server.Client, "203.0.113.5");

        Assert.Equal(HttpStatusCode.BadRequest, await FileAsync(server.Client, "203.0.113.6"));
    }

    [Fact]
    public async Task What_a_client_claims_before_its_proxy_speaks_is_not_believed()
    {
        await using var server = await ServeAsync(IPAddress.Loopback);

        await ShutOutAsync(server.Client, "203.0.113.6, 203.0.113.5");

        Assert.Equal(HttpStatusCode.BadRequest, await FileAsync(server.Client, "203.0.113.6"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await FileAsync(server.Client, "203.0.113.5"));
    }

    [Fact]
    public async Task Of_a_chain_each_proxy_is_named()
    {
        await using var server = await ServeAsync(
            IPAddress.Loopback,
            IPAddress.Parse("198.51.100.1")
        );

        await ShutOutAsync(server.Client, "203.0.113.5, 198.51.100.1");

        Assert.Equal(
            HttpStatusCode.BadRequest,
            await FileAsync(server.Client, "203.0.113.6, 198.51.100.1")
        );
        Assert.Equal(HttpStatusCode.TooManyRequests, await FileAsync(server.Client, "203.0.113.5"));
    }

    [Fact]
    public async Task A_proxy_that_is_not_named_speaks_for_nobody()
    {
        await using var server = await ServeAsync(IPAddress.Parse("127.0.0.9"));

        await ShutOutAsync(server.Client, "203.0.113.5");

        Assert.Equal(HttpStatusCode.TooManyRequests, await FileAsync(server.Client, "203.0.113.6"));
    }

    [Fact]
    public async Task A_customer_of_the_sixth_version_is_a_network_of_addresses()
    {
        await using var server = await ServeAsync(IPAddress.Loopback);

        await ShutOutAsync(server.Client, "2001:db8:1:2::5");

        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            await FileAsync(server.Client, "2001:db8:1:2:ffff::6")
        );
        Assert.Equal(HttpStatusCode.BadRequest, await FileAsync(server.Client, "2001:db8:1:3::5"));
    }

    [Fact]
    public async Task Nginx_as_documented_passes_on_who_asks_and_what_is_filed()
    {
        await using var server = await ServeAsync(IPAddress.Loopback);
        await using var nginx = await Nginx.StartAsync(server.Client.BaseAddress!.Port);
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var act = server.Sign(party, key, Given.Model(party, "Tern 1")).Statement;
        using var abuser = nginx.From("127.0.1.1");
        using var victim = nginx.From("127.0.1.2");
        abuser.DefaultRequestHeaders.Add("X-Forwarded-For", "127.0.1.2");

        await ShutOutAsync(abuser, claimed: null);
        using var content = new ReadOnlyMemoryContent(act);
        content.Headers.ContentType = new("application/cose");
        using var filed = await victim.PostAsync("/acts", content, Cancel);
        var page = await victim.GetStringAsync("/log", Cancel);

        Assert.Equal(HttpStatusCode.Created, filed.StatusCode);
        Assert.Contains($"https://localhost:{nginx.Port}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://localhost", page, StringComparison.Ordinal);
    }

    private static Task<SandboxServer> ServeAsync(params IPAddress[] proxies) =>
        SandboxServer.StartAsync(
            host: new()
            {
                Proxies = proxies,
                FaultsPerSecond = 0.001,
                FaultsBurst = 2,
            }
        );

    private static async Task ShutOutAsync(HttpClient client, string? claimed)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await FileAsync(client, claimed));
        Assert.Equal(HttpStatusCode.BadRequest, await FileAsync(client, claimed));
        Assert.Equal(HttpStatusCode.TooManyRequests, await FileAsync(client, claimed));
    }

    private static async Task<HttpStatusCode> FileAsync(HttpClient client, string? claimed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/acts")
        {
            Content = new ByteArrayContent("no statement"u8.ToArray()),
        };
        request.Content.Headers.ContentType = new("application/cose");
        if (claimed is not null)
        {
            request.Headers.Add("X-Forwarded-For", claimed);
        }

        using var answer = await client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }
}
