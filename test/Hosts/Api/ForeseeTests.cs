using System.Net;
using System.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Rooms;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>What unsigned rows would be told, before anybody signs; nothing is logged.</summary>
public sealed class ForeseeTests
{
    private const string Lines = "application/jsonl";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_row_is_told_what_it_would_be_told_as_if_those_before_it_were_filed()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 0")));
        var before = server.Acts;
        string[] rows =
        [
            Text(Given.Model(party, "Tern 1")),
            Text(Given.Model(party, "Tern 1")),
            Text(Given.Model(party, "TERN 1") with { Version = "2" }),
            Text(Given.Model(party, "TERN-1")),
            Text(Given.Model(party, "Tern 0")),
            "no json",
            Text(Given.Release(new(999_999), new(2026, 3, 1))),
        ];

        var answers = await AskAsync(server, party, key.PublicKey, string.Join('\n', rows));

        Assert.Equal(
            ["admitted", "repeated", "admitted", "refused", "filed", "unread", "refused"],
            answers.Select(Verdict)
        );
        Assert.Equal(before, server.Acts);
        var signed = server.Sign(party, key, Given.Model(party, "Tern 1"));
        Assert.True(Statement.TryParse(signed.Statement, out var statement, out _));
        Assert.Equal(statement.Id.ToHex(), answers[0].GetProperty("id").GetString());
        Assert.Equal(rows[0], answers[0].GetProperty("text").GetString());
        Assert.Contains("Tern 1", answers[0].GetProperty("says").GetString(), Ordinal);
        Assert.Equal(6, answers[5].GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task What_stands_in_a_row_is_what_would_be_signed_byte_for_byte()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var spaced = Text(Given.Model(party, "Tern 1")).Replace(":", " : ", Ordinal);

        var answers = await AskAsync(server, party, key.PublicKey, spaced + "\r\n");

        Assert.Equal(spaced, answers.Single().GetProperty("text").GetString());
    }

    [Fact]
    public async Task What_is_for_the_speaker_alone_is_not_told_to_who_has_not_signed()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var answer = new AnswerQuestion
        {
            Salt = "AAAAAAAAAAAAAAAAAAAAAA",
            Question = new(4),
            Answer = "Yes.",
        };
        var withdraw = new Withdraw { Target = new(4), Reason = "So." };

        var answers = await AskAsync(
            server,
            party,
            key.PublicKey,
            $"{Text(answer)}\n{Text(withdraw)}"
        );

        Assert.Equal(["unjudged", "unjudged"], answers.Select(Verdict));
        Assert.True(answers[0].GetProperty("sealed").GetBoolean());
    }

    [Theory]
    [InlineData("?party=P-0000-0000&key=x", Lines, "x", HttpStatusCode.BadRequest)]
    [InlineData("", Lines, "x", HttpStatusCode.BadRequest)]
    [InlineData("own", "text/plain", "x", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("own", Lines, "", HttpStatusCode.BadRequest)]
    [InlineData("own", "text/csv", "act", HttpStatusCode.BadRequest)]
    [InlineData("other", Lines, "{}", HttpStatusCode.BadRequest)]
    public async Task A_request_that_is_none_gets_one_problem(
        string query,
        string type,
        string body,
        HttpStatusCode status
    )
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var stranger = StatementSigner.Create();
        query = query switch
        {
            "own" => $"?party={party}&key={key.PublicKey.Id}",
            "other" => $"?party={party}&key={stranger.PublicKey.Id}",
            _ => query,
        };
        using var content = new StringContent(body, Encoding.UTF8, type);

        using var answer = await server.Client.PostAsync("/acts/foresee" + query, content, Cancel);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_and_too_many_rows_get_one_problem()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var many = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{}\n", 10_001)));
        foreach (
            var body in (byte[][])
                [
                    [0x7B, 0xFF, 0x7D],
                    many,
                ]
        )
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new(Lines);
            var address = $"/acts/foresee?party={party}&key={key.PublicKey.Id}";
            using var answer = await server.Client.PostAsync(address, content, Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    private static StringComparison Ordinal => StringComparison.Ordinal;

    private static string? Verdict(JsonElement answer) => answer.GetProperty("verdict").GetString();

    private static string Text(Act act) => Encoding.UTF8.GetString(ActJson.Write(act));

    private static async Task<List<JsonElement>> AskAsync(
        SandboxServer server,
        PartyId party,
        PublicKey key,
        string body
    )
    {
        using var content = new StringContent(body, Encoding.UTF8, Lines);
        using var answer = await server.Client.PostAsync(
            $"/acts/foresee?party={party}&key={key.Id}",
            content,
            Cancel
        );
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(SandboxServer.Json),
        ];
    }
}
