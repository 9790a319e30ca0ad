using System.Net;
using System.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Admission;
using Concord.Authority.Foundation;
using Concord.Hosts.Cli;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>Signed answers on standing: given, kept, told apart from lies.</summary>
public sealed class StandingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_registered_model_is_good_and_the_answer_is_signed_by_the_key_for_standing()
    {
        await using var server = await SandboxServer.StartAsync();
        var model = await RegisterAsync(server);

        var (statement, said) = await AskAsync(server, model.ToString());

        using var key = server.Authority.Keys.Read(KeyFolder.Standing);
        Assert.True(statement.Verify(key.PublicKey, out _));
        Assert.Equal($"{server.Origin}#authority", statement.Issuer);
        Assert.Equal(StandingAnswer.MediaType, statement.ContentType);
        Assert.Equal("registered", said.GetProperty("standing").GetString());
        Assert.True(said.GetProperty("good").GetBoolean());
        Assert.Equal(model.ToString(), said.GetProperty("subject").GetString());
        Assert.Equal(
            server.Authority.Intake.Current.Root.ToString(),
            said.GetProperty("root").GetString()
        );
    }

    [Fact]
    public async Task What_nobody_registered_is_unknown_signed_and_never_good()
    {
        await using var server = await SandboxServer.StartAsync();

        var (_, said) = await AskAsync(server, Digest.Of("nothing"u8).ToString());

        Assert.Equal("unknown", said.GetProperty("standing").GetString());
        Assert.False(said.GetProperty("good").GetBoolean());
        Assert.False(said.TryGetProperty("subject", out _));
    }

    [Fact]
    public async Task An_answer_is_made_once_for_a_tree_and_anew_for_the_next()
    {
        await using var server = await SandboxServer.StartAsync();
        var model = await RegisterAsync(server);

        var first = await BytesAsync(server, model.ToString());
        var again = await BytesAsync(server, model.ToString());
        await server.AdmitAsync("Gull Works", PartyRole.Developer);
        var later = await BytesAsync(server, model.ToString());

        Assert.Equal(first, again);
        Assert.NotEqual(first, later);
    }

    [Fact]
    public async Task A_question_that_is_none_gets_a_problem_that_says_how_to_ask()
    {
        await using var server = await SandboxServer.StartAsync();

        using var response = await server.Client.GetAsync(
            new Uri("standing/tern-1", UriKind.Relative),
            Cancel
        );

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var body = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("sha256:", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_cannot_be_filed_as_an_act()
    {
        await using var server = await SandboxServer.StartAsync();
        var answer = await BytesAsync(server, Digest.Of("nothing"u8).ToString());

        using var content = new ByteArrayContent(answer);
        content.Headers.ContentType = new("application/cose");
        using var response = await server.Client.PostAsync(
            new Uri("acts", UriKind.Relative),
            content,
            Cancel
        );

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task An_answer_that_the_log_does_not_bear_out_is_refuted_by_whoever_holds_it()
    {
        await using var server = await SandboxServer.StartAsync();
        var model = await RegisterAsync(server);
        PublishKeys(server);
        var folder = server.Authority.Folder.Path;
        var file = Path.Combine(folder, "honest.standing");
        await File.WriteAllBytesAsync(file, await BytesAsync(server, model.ToString()), Cancel);
        var (statement, _) = await AskAsync(server, model.ToString());
        var lie = Encoding
            .UTF8.GetString(statement.Payload.Span)
            .Replace("registered", "certified", StringComparison.Ordinal);
        using var key = server.Authority.Keys.Read(KeyFolder.Standing);
        var header = new StatementHeader(statement.Issuer, "standing", StandingAnswer.MediaType);
        var forged = Path.Combine(folder, "lying.standing");
        var bytes = key.Sign(header, Encoding.UTF8.GetBytes(lie), envelope: false);
        await File.WriteAllBytesAsync(forged, bytes, Cancel);

        var honest = await VerifyAsync(folder, file);
        var lying = await VerifyAsync(folder, forged);

        Assert.True(honest.Code == 0, honest.Output + honest.Error);
        Assert.Equal("ok", Result(honest, "log"));
        Assert.Equal(1, lying.Code);
        Assert.Equal("ok", Result(lying, "signature"));
        Assert.Equal("failed", Result(lying, "log"));
    }

    [Fact]
    public async Task An_answer_signed_by_another_key_of_the_authority_is_none()
    {
        await using var server = await SandboxServer.StartAsync();
        PublishKeys(server);
        var (statement, _) = await AskAsync(server, Digest.Of("nothing"u8).ToString());
        using var key = server.Authority.Keys.Read(KeyFolder.Refusal);
        var header = new StatementHeader(statement.Issuer, "standing", StandingAnswer.MediaType);
        var folder = server.Authority.Folder.Path;
        var file = Path.Combine(folder, "other.standing");
        var bytes = key.Sign(header, statement.Payload, envelope: false);
        await File.WriteAllBytesAsync(file, bytes, Cancel);

        var run = await VerifyAsync(folder, file);

        Assert.Equal(1, run.Code);
        Assert.Equal("not_checked", Result(run, "signature"));
    }

    [Theory]
    [InlineData("\"tick\":\"20", "\"tick\":\"30", "fresh")]
    [InlineData("sandbox", "another", "signature")]
    public async Task An_answer_from_the_future_or_of_another_log_is_none(
        string from,
        string to,
        string check
    )
    {
        await using var server = await SandboxServer.StartAsync();
        PublishKeys(server);
        var (statement, _) = await AskAsync(server, Digest.Of("nothing"u8).ToString());
        var body = Encoding.UTF8.GetString(statement.Payload.Span);
        using var key = server.Authority.Keys.Read(KeyFolder.Standing);
        var header = new StatementHeader(
            statement.Issuer.Replace(from, to, StringComparison.Ordinal),
            "standing",
            StandingAnswer.MediaType
        );
        var folder = server.Authority.Folder.Path;
        var file = Path.Combine(folder, "bent.standing");
        var payload = Encoding.UTF8.GetBytes(body.Replace(from, to, StringComparison.Ordinal));
        var bytes = key.Sign(header, payload, envelope: false);
        await File.WriteAllBytesAsync(file, bytes, Cancel);

        var run = await VerifyAsync(folder, file);

        Assert.Equal(1, run.Code);
        Assert.Equal("failed", Result(run, check));
    }

    private static string? Result(ConcordProgram.Run run, string check) =>
        run
            .Json.GetProperty("checks")
            .GetProperty("checks")
            .GetProperty(check)
            .GetProperty("result")
            .GetString();

    private static Task<ConcordProgram.Run> VerifyAsync(string folder, string file) =>
        ConcordProgram.RunAsync(folder, "verify", file, "--data", folder, "--json");

    private static void PublishKeys(SandboxServer server)
    {
        using var key = server.Authority.Keys.Read(KeyFolder.Standing);
        var file = server.Authority.File with { StandingKeys = [PublishedKey.Of(key.PublicKey)] };
        file.Write(server.Authority.Folder);
    }

    private static async Task<ModelId> RegisterAsync(SandboxServer server)
    {
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var filed = await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 1")));
        return new(filed.GetProperty("index").GetInt64());
    }

    private static async Task<(Statement Statement, JsonElement Said)> AskAsync(
        SandboxServer server,
        string subject
    )
    {
        Assert.True(
            Statement.TryParse(await BytesAsync(server, subject), out var statement, out var fault),
            fault?.ToString()
        );
        using var json = JsonDocument.Parse(statement.Payload);
        return (statement, json.RootElement.Clone());
    }

    private static Task<byte[]> BytesAsync(SandboxServer server, string subject) =>
        server.Client.GetByteArrayAsync(new Uri($"standing/{subject}", UriKind.Relative), Cancel);
}
