using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>Whoever abuses a server is bounded, and bounds nobody else.</summary>
public sealed class AbuseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_that_sends_what_is_no_filing_shuts_out_itself_alone()
    {
        await using var server = await SandboxServer.StartAsync(
            host: new() { FaultsPerSecond = 0.001, FaultsBurst = 3 }
        );
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var act = server.Sign(party, key, Given.Model(party, "Tern 1")).Statement;
        using var abuser = From(server, "127.0.1.1");
        // Who is far away says that it is near.
        abuser.DefaultRequestHeaders.Add("X-Forwarded-For", "127.0.0.1");
        abuser.DefaultRequestHeaders.Add("Forwarded", "for=127.0.0.1");
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            statuses.Add(await PostAsync(abuser, "x"u8.ToArray()));
        }

        statuses.Add(await PostAsync(abuser, act));
        var victim = await PostAsync(server.Client, act);

        Assert.Equal(
            [
                HttpStatusCode.BadRequest,
                HttpStatusCode.BadRequest,
                HttpStatusCode.BadRequest,
                HttpStatusCode.TooManyRequests,
            ],
            statuses
        );
        Assert.Equal(HttpStatusCode.Created, victim);
    }

    [Fact]
    public async Task What_the_law_refuses_is_a_filing_and_shuts_out_nobody()
    {
        await using var server = await SandboxServer.StartAsync(
            host: new() { FaultsPerSecond = 0.001, FaultsBurst = 1 }
        );
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var refused = Given.Release(new(999_999), new(2026, 3, 1));
        for (var i = 0; i < 3; i++)
        {
            var status = await PostAsync(server.Client, server.Sign(party, key, refused).Statement);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        }
    }

    [Fact]
    public async Task An_address_that_holds_too_many_connections_keeps_out_itself_alone()
    {
        await using var server = await SandboxServer.StartAsync(
            host: new() { ConnectionsPerAddress = 2 }
        );
        using var first = await ConnectAsync(server, "127.0.1.1");
        using var second = await ConnectAsync(server, "127.0.1.1");
        // Each was taken before the next asks.
        await Task.WhenAll(AskAsync(first), AskAsync(second));

        Assert.True(await IsTurnedAwayAsync(server, "127.0.1.1"));
        using var other = From(server, "127.0.1.2");
        using var answer = await other.GetAsync("/log/checkpoint", Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_attachment_of_a_filing_with_a_wrong_signature_is_not_read()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var forged = server.Sign(party, key, WithFile(party)).Statement.ToArray();
        forged[^1] ^= 1;

        var answer = await BeginAsync(server, forged);

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("bad-signature", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attachment_that_the_act_does_not_name_ends_the_reading()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var form = new MultipartFormDataContent
        {
            {
                new ReadOnlyMemoryContent(server.Sign(party, key, WithFile(party)).Statement),
                "statement"
            },
            { new ByteArrayContent(RandomNumberGenerator.GetBytes(100)), "attachment" },
        };

        using var answer = await server.Client.PostAsync("/acts", form, Cancel);

        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("surplus-document", text, StringComparison.Ordinal);
        Assert.Contains("attachment[0]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_filings_of_one_address_leave_places_to_others()
    {
        await using var server = await SandboxServer.StartAsync();
        var head =
            "POST /acts HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"
            + "Content-Length: 9000000\r\n\r\n";
        var slow = new List<TcpClient>();
        string turnedAway;
        do
        {
            slow.Add(await ConnectAsync(server, "127.0.1.1"));
            turnedAway = await AskAsync(slow[^1], head, wait: TimeSpan.FromSeconds(1));
        } while (turnedAway.Length == 0 && slow.Count < 100);

        using var other = From(server, "127.0.1.2");
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(new byte[2 << 20]), "act" },
        };
        using var answer = await other.PostAsync("/acts", form, Cancel);

        Assert.StartsWith("HTTP/1.1 429", turnedAway, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        slow.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task A_refused_upload_counts_by_its_size()
    {
        await using var server = await SandboxServer.StartAsync(
            host: new() { FaultsPerSecond = 0.001, FaultsBurst = 8 }
        );
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var abuser = From(server, "127.0.1.1");
        using var form = new MultipartFormDataContent
        {
            {
                new ReadOnlyMemoryContent(server.Sign(party, key, WithFile(party)).Statement),
                "statement"
            },
            { new ByteArrayContent(new byte[8 << 20]), "attachment" },
        };

        using var refused = await abuser.PostAsync("/acts", form, Cancel);
        var next = await PostAsync(abuser, "x"u8.ToArray());

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, next);
    }

    private static RegisterModel WithFile(Concord.Acts.PartyId party) =>
        Given.Model(party, "Tern 1") with
        {
            Attachments = [Given.File("card.pdf", Concord.Acts.Visibility.Public).Entry],
        };

    // Says that megabytes follow, and sends none of them.
    private static async Task<string> BeginAsync(SandboxServer server, byte[] statement)
    {
        using var client = await ConnectAsync(server, "127.0.1.1");
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                "POST /acts HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + "Content-Type: multipart/form-data; boundary=b\r\n"
                    + "Content-Length: 9000000\r\n\r\n"
                    + "--b\r\nContent-Disposition: form-data; name=\"statement\"\r\n\r\n"
            ),
            Cancel
        );
        await stream.WriteAsync(statement, Cancel);
        await stream.WriteAsync(
            "\r\n--b\r\nContent-Disposition: form-data; name=\"attachment\"\r\n\r\nabc"u8.ToArray(),
            Cancel
        );
        var answer = new byte[4096];
        var count = await stream.ReadAtLeastAsync(answer, 1, cancellationToken: Cancel);
        return Encoding.UTF8.GetString(answer, 0, count);
    }

    private static HttpClient From(SandboxServer server, string address)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancel) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new(handler) { BaseAddress = server.Client.BaseAddress };
    }

    // A connection that is closed at once may be gone before its maker has seen it made.
    private static async Task<bool> IsTurnedAwayAsync(SandboxServer server, string address)
    {
        try
        {
            using var connection = await ConnectAsync(server, address);
            return await AskAsync(connection) is "";
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset)
        {
            return true;
        }
    }

    private static async Task<TcpClient> ConnectAsync(SandboxServer server, string address)
    {
        var client = new TcpClient(new IPEndPoint(IPAddress.Parse(address), 0));
        var url = server.Client.BaseAddress!;
        await client.ConnectAsync(IPAddress.Loopback, url.Port, Cancel);
        return client;
    }

    // The first bytes of the answer; nothing where the connection was closed, or none came.
    private static async Task<string> AskAsync(
        TcpClient client,
        string request = "GET /log/checkpoint HTTP/1.1\r\nHost: x\r\n\r\n",
        TimeSpan? wait = null
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(wait ?? Timeout.InfiniteTimeSpan);
        try
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), patience.Token);
            var answer = new byte[4096];
            var count = await client.GetStream().ReadAsync(answer, patience.Token);
            return Encoding.UTF8.GetString(answer, 0, count);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            Cancel.ThrowIfCancellationRequested();
            return "";
        }
    }

    private static async Task<HttpStatusCode> PostAsync(
        HttpClient client,
        ReadOnlyMemory<byte> body
    )
    {
        using var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new("application/cose");
        using var answer = await client.PostAsync("/acts", content, Cancel);
        return answer.StatusCode;
    }
}
