using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>The SCITT Reference API, as a client that knows nothing of Concord uses it.</summary>
public sealed class ScrapiTests
{
    private const string Cose = "application/cose";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_registered_statement_gets_a_receipt_by_a_key_of_the_key_set()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var statement = server.Sign(party, key, Given.Model(party, "Tern 1")).Statement;

        using var response = await RegisterAsync(server, statement);
        using var again = await RegisterAsync(server, statement);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(Cose, response.Content.Headers.ContentType?.MediaType);
        var receipt = await response.Content.ReadAsByteArrayAsync(Cancel);
        Assert.True(Receipt.TryParse(receipt, out var read, out var fault), fault?.Detail);
        var receiptKey = await KeyAsync(server, read.Key);
        Assert.True(
            read.Verify(receiptKey, statement.Span, out var root, out fault),
            fault?.Detail
        );
        Assert.Equal(server.Authority.Intake.Current.Root, root);
        Assert.Equal(receipt, await again.Content.ReadAsByteArrayAsync(Cancel));
        var location = response.Headers.Location!.ToString();
        Assert.Equal(location, again.Headers.Location!.ToString());
        Assert.Equal(receipt, await server.Client.GetByteArrayAsync(location, Cancel));
    }

    [Fact]
    public async Task The_key_set_holds_the_receipt_key_and_each_key_is_found_by_its_kid()
    {
        await using var server = await SandboxServer.StartAsync();
        using var signer = server.Authority.Keys.Read(KeyFolder.Receipt);
        var key = signer.PublicKey;
        byte[] expected =
        [
            .. (ReadOnlySpan<byte>)[0xA5, 0x01, 0x02, 0x02, 0x58, 0x20],
            .. key.Id.Thumbprint.ToArray(),
            .. (ReadOnlySpan<byte>)[0x20, 0x01, 0x21, 0x58, 0x20],
            .. key.X.ToArray(),
            .. (ReadOnlySpan<byte>)[0x22, 0x58, 0x20],
            .. key.Y.ToArray(),
        ];

        var all = await server.Client.GetByteArrayAsync("/.well-known/scitt-keys", Cancel);

        Assert.Equal([0x81, .. expected], all);
        var kid = Base64Url.EncodeToString(key.Id.Thumbprint.ToArray());
        foreach (var name in (string[])[kid, key.Id.ToString()])
        {
            Assert.Equal(
                expected,
                await server.Client.GetByteArrayAsync($"/.well-known/scitt-keys/{name}", Cancel)
            );
        }
    }

    [Fact]
    public async Task What_is_wrong_is_said_in_concise_problem_details_with_the_titles_of_the_draft()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var (other, _) = await server.AdmitAsync("Gull Works", PartyRole.Developer);
        var right = server.Sign(party, key, Given.Model(party, "Tern 1")).Statement.ToArray();
        var acts = server.Acts;
        var forged = right.ToArray();
        forged[^1] ^= 1;
        var es384 = right.ToArray();
        // The value of label 1 in the protected header: -7 becomes -8.
        es384[right.AsSpan().IndexOf((byte[])[0x01, 0x26]) + 1] = 0x27;
        var stranger = server.Sign(other, StatementSigner.Create(), Given.Model(other, "Gull 1"));
        var unlawful = server.Sign(party, key, Given.Model(other, "Gull 1"));

        Assert.Equal(("Malformed request", 400), await WrongAsync(server, "no COSE"u8.ToArray()));
        Assert.Equal(("Rejected", 400), await WrongAsync(server, forged));
        Assert.Equal(("Bad Signature Algorithm", 400), await WrongAsync(server, es384));
        Assert.Equal(("Rejected", 400), await WrongAsync(server, stranger.Statement));
        Assert.Equal(("Rejected", 400), await WrongAsync(server, unlawful.Statement));
        Assert.Equal(("Not Found", 404), await WrongAsync(server, "/entries/999999"));
        Assert.Equal(("Invalid locator", 400), await WrongAsync(server, "/entries/tmp!"));
        Assert.Equal(("No such key", 404), await WrongAsync(server, "/.well-known/scitt-keys/k"));
        Assert.Equal(acts, server.Acts);
    }

    [Fact]
    public async Task Whatever_fails_below_the_addresses_of_SCRAPI_answers_in_its_form()
    {
        await using var server = await SandboxServer.StartAsync();
        using var text = new StringContent("hello");
        using var wrongType = await server.Client.PostAsync("/entries", text, Cancel);
        using var wrongMethod = await server.Client.DeleteAsync("/entries", Cancel);
        using var nowhere = new HttpRequestMessage(HttpMethod.Get, "/entries/0/more");
        nowhere.Headers.Accept.ParseAdd("text/html");
        using var page = await server.Client.SendAsync(nowhere, Cancel);

        foreach (var response in (HttpResponseMessage[])[wrongType, wrongMethod, page])
        {
            Assert.Equal(ConciseProblem.MediaType, response.Content.Headers.ContentType?.MediaType);
        }

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, wrongType.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrongMethod.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    private static async Task<HttpResponseMessage> RegisterAsync(
        SandboxServer server,
        ReadOnlyMemory<byte> statement
    )
    {
        using var content = new ReadOnlyMemoryContent(statement);
        content.Headers.ContentType = new MediaTypeHeaderValue(Cose);
        return await server.Client.PostAsync("/entries", content, Cancel);
    }

    private static async Task<(string Title, int Status)> WrongAsync(
        SandboxServer server,
        ReadOnlyMemory<byte> statement
    )
    {
        using var response = await RegisterAsync(server, statement);
        return await ReadAsync(response);
    }

    private static async Task<(string Title, int Status)> WrongAsync(
        SandboxServer server,
        string address
    )
    {
        using var response = await server.Client.GetAsync(address, Cancel);
        return await ReadAsync(response);
    }

    // {-1: title, -2: detail, -4: status}: the title's length is in one or two bytes.
    private static async Task<(string Title, int Status)> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal(ConciseProblem.MediaType, response.Content.Headers.ContentType?.MediaType);
        var bytes = await response.Content.ReadAsByteArrayAsync(Cancel);
        Assert.Equal([0xA3, 0x20], bytes[..2]);
        var isShort = bytes[2] != 0x78;
        var (start, length) = isShort ? (3, bytes[2] & 0x1F) : (4, bytes[3]);
        Assert.Equal(0x21, bytes[start + length]);
        return (
            System.Text.Encoding.UTF8.GetString(bytes.AsSpan(start, length)),
            (int)response.StatusCode
        );
    }

    private static async Task<PublicKey> KeyAsync(SandboxServer server, KeyId id)
    {
        var kid = Base64Url.EncodeToString(id.Thumbprint.ToArray());
        var bytes = await server.Client.GetByteArrayAsync($"/.well-known/scitt-keys/{kid}", Cancel);
        return PublicKey.Cose(bytes.AsSpan(bytes.Length - 67, 32), bytes.AsSpan(bytes.Length - 32));
    }
}
