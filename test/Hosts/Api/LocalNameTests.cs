using System.Net;
using System.Net.Sockets;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Hosts.Crash;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>
/// A server on somebody's machine is read by the machine's name, for which passkeys can be made;
/// programs go on by its address.
/// </summary>
public sealed class LocalNameTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Up_says_localhost_and_the_command_line_finds_it_there()
    {
        var path = SandboxServer.NewFolder();
        var (process, url) = await ServerProcess.UpAsync(path, Cancel);
        using (process)
        {
            using var client = new HttpClient { BaseAddress = url };
            using var answer = await client.GetAsync("/healthz", Cancel);
            await ServerProcess.KillAsync(process);

            Assert.Equal("localhost", url.Host);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(
                url.GetLeftPart(UriPartial.Authority),
                AuthorityFile.Read(new DataFolder(path)).Url
            );
        }

        Directory.Delete(path, recursive: true);
    }

    [Fact]
    public async Task Pages_move_from_an_address_to_the_name_and_what_programs_read_stays()
    {
        await using var server = await SandboxServer.StartAsync();
        using var client = ByAddress(server, "127.0.0.1");
        var name = server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

        using var page = await client.SendAsync(Page("/register?search=a%20b"), Cancel);
        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
        Assert.Equal($"{name}/register?search=a%20b", page.Headers.Location?.OriginalString);

        foreach (var address in (string[])["/register", "/healthz", "/log/checkpoint", "/acts/0"])
        {
            using var data = await client.GetAsync(address, Cancel);
            Assert.Equal((address, HttpStatusCode.OK), (address, data.StatusCode));
        }

        using var filed = await client.PostAsync("/acts", new ByteArrayContent([1]), Cancel);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, filed.StatusCode);
    }

    [Fact]
    public async Task Behind_a_proxy_nobody_is_sent_to_this_machine()
    {
        await using var server = await SandboxServer.StartAsync(
            host: new HostOptions { Proxies = [IPAddress.Loopback] }
        );

        using var page = await server.Client.SendAsync(Page("/register"), Cancel);

        Assert.Equal("127.0.0.1", server.Client.BaseAddress!.Host);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("127.0.0.1", page.RequestMessage!.RequestUri!.Host);
    }

    [Fact]
    public async Task A_port_is_served_on_both_addresses_of_the_name()
    {
        Assert.SkipUnless(HasSecondAddress(), "This machine has no IPv6 loopback.");
        await using var server = await OnAPortAsync();
        foreach (var address in (string[])["127.0.0.1", "[::1]"])
        {
            using var client = ByAddress(server, address);
            using var answer = await client.GetAsync("/healthz", Cancel);
            using var page = await client.SendAsync(Page("/about"), Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(HttpStatusCode.Found, page.StatusCode);
        }
    }

    // Between finding a port and taking it, another program may take it: then another is found.
    private static async Task<SandboxServer> OnAPortAsync()
    {
        while (true)
        {
            using var finding = new TcpListener(IPAddress.Loopback, 0);
            finding.Start();
            var port = ((IPEndPoint)finding.LocalEndpoint).Port;
            finding.Stop();
            try
            {
                return await SandboxServer.StartAsync(host: new HostOptions { Port = port });
            }
            catch (IOException e)
                when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
            { }
        }
    }

    private static bool HasSecondAddress()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static HttpClient ByAddress(SandboxServer server, string address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new($"http://{address}:{server.Client.BaseAddress!.Port}"),
        };

    private static HttpRequestMessage Page(string address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept", "text/html");
        return request;
    }
}
