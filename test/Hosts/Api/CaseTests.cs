using System.Net;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>Questions on a case, over HTTP: for the party asked, and for officers.</summary>
public sealed class CaseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_but_the_party_and_officers_learns_that_there_is_a_question()
    {
        await using var server = await SandboxServer.StartAsync();
        var (tern, key, model) = await RegisteredAsync(server);
        var (gull, gullKey) = await server.AdmitAsync("Gull Works", PartyRole.Developer);
        var path = $"/cases/{model}";
        var before = await BodiesAsync();
        await AskAsync(server, tern, model);

        Assert.Equal(before, await BodiesAsync());
        using var asked = await server.ReadAsAsync($"{tern}", key, path);
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);

        async Task<(string, string)> BodiesAsync()
        {
            using var nobody = await server.Client.GetAsync(path, Cancel);
            using var other = await server.ReadAsAsync($"{gull}", gullKey, path);
            Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
            return (await DetailAsync(nobody), await DetailAsync(other));
        }
    }

    [Fact]
    public async Task The_party_sees_its_questions_and_who_read_them()
    {
        await using var server = await SandboxServer.StartAsync();
        var (tern, key, model) = await RegisteredAsync(server);
        var question = await AskAsync(server, tern, model);
        var answer = new AnswerQuestion
        {
            Salt = Given.Salt,
            Question = question,
            Answer = "Four persons.",
        };
        var answered = await server.FileAsync(server.Sign(tern, key, answer));
        using var officer = server.Authority.Keys.Read("officer-board-1");
        using var read = await server.ReadAsAsync(
            "officer/board/officer-1",
            officer,
            "/questions",
            "Case 7"
        );
        var seen = SandboxServer.Json(await read.Content.ReadAsStringAsync(Cancel));
        var line = Assert.Single(seen.GetProperty("questions").EnumerateArray());
        Assert.Equal("answered", line.GetProperty("state").GetString());
        Assert.Equal("Who holds the weights?", line.GetProperty("question").GetString());
        var reply = Assert.Single(line.GetProperty("answers").EnumerateArray());
        Assert.Equal("Four persons.", reply.GetProperty("answer").GetString());
        Assert.False(reply.GetProperty("late").GetBoolean());

        foreach (var act in (string[])[$"{question}", answered.GetProperty("id").GetString()!])
        {
            using var readings = await server.ReadAsAsync($"{tern}", key, $"/acts/{act}/readings");
            var kept = SandboxServer.Json(await readings.Content.ReadAsStringAsync(Cancel));
            var one = Assert.Single(kept.GetProperty("readings").EnumerateArray());
            Assert.Equal("officer/board/officer-1", one.GetProperty("reader").GetString());
            Assert.Equal("Case 7", one.GetProperty("why").GetString());
        }
    }

    private static async Task<(PartyId, StatementSigner, ModelId)> RegisteredAsync(
        SandboxServer server
    )
    {
        var (tern, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var filed = await server.FileAsync(server.Sign(tern, key, Given.Model(tern, "Tern 1")));
        return (tern, key, new(filed.GetProperty("index").GetInt64()));
    }

    private static async Task<ActId> AskAsync(SandboxServer server, PartyId party, ModelId model)
    {
        using var registrar = server.Authority.Keys.Read("registrar");
        var question = new AskQuestion
        {
            Salt = Given.Salt,
            Case = SubjectId.Of(model),
            To = party,
            Question = "Who holds the weights?",
            Due = server.Authority.Intake.Current.World.At + TimeSpan.FromDays(2),
        };
        var filed = await server.FileAsync(
            Drafting.Compose(question, $"{server.Origin}#authority", registrar)
        );
        return new(filed.GetProperty("index").GetInt64());
    }

    private static async Task<string> DetailAsync(HttpResponseMessage answer)
    {
        JsonElement body = SandboxServer.Json(await answer.Content.ReadAsStringAsync(Cancel));
        return body.GetProperty("detail").GetString()!;
    }
}
