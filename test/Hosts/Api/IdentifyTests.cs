using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Rooms.Lineage;
using Concord.Tests;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>What a hub is told that sends digests or a fingerprint, and never weights.</summary>
public sealed class IdentifyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_derivative_is_recognised_by_its_fingerprint_with_the_signed_standing()
    {
        await using var server = await SandboxServer.StartAsync();
        var story = await FoundWeights.BaseAsync(server);

        var said = await AskAsync(server, new { fingerprint = Prints.Text(FoundWeights.Copy) });

        Assert.Equal("derivative", said.GetProperty("verdict").GetString());
        var match = said.GetProperty("matches")[1];
        Assert.Equal(story.Release.ToString(), match.GetProperty("subject").GetString());
        Assert.True(match.GetProperty("log10_p").GetInt32() < Counting.Bar);
        Assert.Equal("registered", match.GetProperty("standing").GetString());
        Assert.False(match.GetProperty("good").GetBoolean());
        var answer = AnswerOf(server, match);
        Assert.Equal(story.Release.ToString(), answer.GetProperty("asked").GetString());
    }

    [Fact]
    public async Task A_large_fingerprint_is_recognised_as_well()
    {
        await using var server = await SandboxServer.StartAsync();
        await FoundWeights.BaseAsync(server);
        var large = Prints.Of(1, variant: 2, units: 32, isLarge: true);

        var said = await AskAsync(server, new { fingerprint = Prints.Text(large) });

        Assert.Equal("derivative", said.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_stranger_is_unknown_and_never_fine()
    {
        await using var server = await SandboxServer.StartAsync();
        await FoundWeights.BaseAsync(server);

        var said = await AskAsync(
            server,
            new
            {
                files = new[] { Digest.Of("nothing"u8).ToString() },
                fingerprint = Prints.Text(Prints.Of(9)),
            }
        );

        Assert.Equal("unknown", said.GetProperty("verdict").GetString());
        Assert.Equal(1, said.GetProperty("compared").GetInt32());
        Assert.All(
            said.GetProperty("matches").EnumerateArray(),
            match =>
            {
                Assert.Equal("unknown", match.GetProperty("standing").GetString());
                var answer = AnswerOf(server, match);
                Assert.False(answer.GetProperty("good").GetBoolean());
            }
        );
    }

    [Fact]
    public async Task A_found_copy_follows_the_standing_of_its_base()
    {
        await using var server = await SandboxServer.StartAsync();
        var story = await FoundWeights.BaseAsync(server);
        Assert.Equal("unknown", await StandingOfAsync(server, FoundWeights.File));

        var act = await story.FindAsync();
        Assert.Equal("registered", await StandingOfAsync(server, FoundWeights.File));
        await story.SuspendAsync();

        var said = await AskAsync(server, new { files = new[] { FoundWeights.File.ToString() } });
        var match = Assert.Single(said.GetProperty("matches").EnumerateArray());
        Assert.Equal("suspended", match.GetProperty("standing").GetString());
        Assert.Equal(act.ToString(), match.GetProperty("act").GetString());
        Assert.Equal("quantisation", match.GetProperty("relation").GetString());
        var by = AnswerOf(server, match).GetProperty("by_evidence");
        Assert.Equal(act.ToString(), by.GetProperty("act").GetString());
        Assert.Equal("fingerprint", by.GetProperty("evidence").GetString());
        Assert.False(by.GetProperty("disputed").GetBoolean());
    }

    [Fact]
    public async Task A_found_copy_stands_in_the_closure_that_follows_evidence()
    {
        await using var server = await SandboxServer.StartAsync();
        var story = await FoundWeights.BaseAsync(server);
        await story.FindAsync();
        var address = $"/releases/{story.Release}/closure";

        var plain = await server.ReadAsync(address);
        var evident = await server.ReadAsync(address + "?confidence=14");

        Assert.False(plain.TryGetProperty("files", out _));
        Assert.Equal(FoundWeights.File.ToString(), evident.GetProperty("files")[0].GetString());
        Assert.NotEqual(
            plain.GetProperty("root").GetString(),
            evident.GetProperty("root").GetString()
        );
        using var less = await server.Client.GetAsync(
            new Uri(address + "?confidence=3", UriKind.Relative),
            Cancel
        );
        Assert.Equal(HttpStatusCode.BadRequest, less.StatusCode);
    }

    [Fact]
    public async Task A_match_is_read_with_both_sides_of_a_dispute()
    {
        await using var server = await SandboxServer.StartAsync();
        var story = await FoundWeights.BaseAsync(server);
        var act = await story.FindAsync();
        var objection = await story.ObjectAsync(act);

        var match = await server.ReadAsync($"/matches/{act}");
        var weights = await server.ReadAsync($"/releases/{story.Release}/weights");

        Assert.Equal(-150, match.GetProperty("stated_log10_p").GetInt32());
        Assert.True(match.GetProperty("counted").GetProperty("decides").GetBoolean());
        Assert.True(match.GetProperty("bears").GetBoolean());
        Assert.Equal(
            objection.ToString(),
            match.GetProperty("objections")[0].GetProperty("id").GetString()
        );
        Assert.Equal(1, weights.GetProperty("matches").GetArrayLength());
        Assert.True(weights.GetProperty("fingerprints")[0].GetProperty("own").GetBoolean());
    }

    [Theory]
    [InlineData("{}", "files, weights or fingerprint")]
    [InlineData("""{"weights":"x"}""", "sha256:")]
    [InlineData("""{"files":["x"]}""", "$.files[0]")]
    [InlineData("""{"files":null,"weights":null}""", "files, weights or fingerprint")]
    [InlineData("""{"weights_file":"x"}""", "files, weights")]
    [InlineData("""{"fingerprint":"####"}""", "base64url")]
    [InlineData("""{"fingerprint":"AAAA"}""", "CNFP")]
    [InlineData("""{"files":""", "files, weights")]
    [InlineData("[]", "files, weights")]
    public async Task What_is_no_question_is_told_how_to_ask(string body, string says)
    {
        await using var server = await SandboxServer.StartAsync();

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await server.Client.PostAsync(
            new Uri("/identify", UriKind.Relative),
            content,
            Cancel
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            says,
            await answer.Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Weights_are_not_taken()
    {
        await using var server = await SandboxServer.StartAsync();

        using var content = new ByteArrayContent(new byte[1 << 20]);
        content.Headers.ContentType = new("application/json");
        using var large = await server.Client.PostAsync(
            new Uri("/identify", UriKind.Relative),
            content,
            Cancel
        );
        using var bytes = new ByteArrayContent(new byte[100]);
        bytes.Headers.ContentType = new("application/octet-stream");
        using var other = await server.Client.PostAsync(
            new Uri("/identify", UriKind.Relative),
            bytes,
            Cancel
        );

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, other.StatusCode);
    }

    [Fact]
    public async Task An_address_that_asks_too_often_is_told_when_to_come_again()
    {
        await using var server = await SandboxServer.StartAsync(
            host: new() { IdentificationsPerSecond = 0.001, IdentificationsBurst = 2 }
        );
        var question = new { weights = Digest.Of("nothing"u8).ToString() };
        await AskAsync(server, question);
        await AskAsync(server, question);

        // Who says how much it sends is answered; else the connection is not kept for the rest.
        using var content = new StringContent(
            JsonSerializer.Serialize(question),
            Encoding.UTF8,
            "application/json"
        );
        using var refused = await server.Client.PostAsync(
            new Uri("/identify", UriKind.Relative),
            content,
            Cancel
        );
        await server.ReadAsync("/register");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    private static JsonElement AnswerOf(SandboxServer server, JsonElement match)
    {
        var bytes = Base64Url.DecodeFromChars(match.GetProperty("answer").GetString());
        Assert.True(Statement.TryParse(bytes, out var statement, out var fault), fault?.ToString());
        using var key = server.Authority.Keys.Read(KeyFolder.Standing);
        Assert.True(statement.Verify(key.PublicKey, out _));
        using var json = JsonDocument.Parse(statement.Payload);
        return json.RootElement.Clone();
    }

    private static async Task<string?> StandingOfAsync(SandboxServer server, Digest digest)
    {
        var said = await server.ReadAsync($"/standing/{digest}?format=json");
        return said.GetProperty("standing").GetString();
    }

    private static async Task<JsonElement> AskAsync(SandboxServer server, object question)
    {
        using var answer = await server.Client.PostAsJsonAsync("/identify", question, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return SandboxServer.Json(text);
    }
}
