using System.Net;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Admission;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>
/// Nobody is refused silently: a refusal is signed, kept and listed for its party.
/// </summary>
public sealed class RefusalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refusal_is_signed_says_the_rule_and_is_listed_for_its_party_alone()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var (other, otherKey) = await server.AdmitAsync("Gull Works", PartyRole.Developer);
        var acts = server.Acts;
        var received = server.Sign(party, key, Given.Model(other, "Gull 1"));

        using var response = await server.PostAsync(received);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var problem = SandboxServer.Json(await response.Content.ReadAsStringAsync(Cancel));
        Assert.False(problem.GetProperty("logged").GetBoolean());
        Assert.Equal(acts, server.Acts);
        var signed = problem.GetProperty("refusal").GetBytesFromBase64();
        Assert.True(Statement.TryParse(signed, out var statement, out _));
        using (var refusalKey = server.Authority.Keys.Read(KeyFolder.Refusal))
        {
            Assert.True(statement.Verify(refusalKey.PublicKey, out _));
        }

        var said = SandboxServer.Json(System.Text.Encoding.UTF8.GetString(statement.Payload.Span));
        foreach (var member in (string[])["rule", "source", "where", "detail", "remedy"])
        {
            Assert.Equal(
                problem.GetProperty(member).GetString(),
                said.GetProperty(member).GetString()
            );
        }

        var listed = Assert.Single(await RefusalsAsync(server, party, key));
        Assert.Equal(signed, listed.GetProperty("signed").GetBytesFromBase64());
        Assert.Equal(
            said.GetProperty("rule").GetString(),
            listed.GetProperty("refusal").GetProperty("rule").GetString()
        );
        Assert.Empty(await RefusalsAsync(server, other, otherKey));
        using var nobody = await server.Client.GetAsync("/refusals", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
    }

    [Fact]
    public async Task Refusals_survive_a_restart_and_are_bounded_for_each_party()
    {
        var running = new Authority.RunningOptions { RefusalsPerParty = 5 };
        var first = await SandboxServer.StartAsync(running: running);
        var (party, key) = await first.AdmitAsync("Tern Labs", PartyRole.Developer);
        var (other, otherKey) = await first.AdmitAsync("Gull Works", PartyRole.Developer);
        await RefuseAsync(first, other, otherKey, party, 1);
        await RefuseAsync(first, party, key, other, 12);
        await first.StopAsync();

        await using var server = await SandboxServer.StartAsync(first.Path, running);

        Assert.Equal(5, (await RefusalsAsync(server, party, key)).Count);
        Assert.Single(await RefusalsAsync(server, other, otherKey));
    }

    [Fact]
    public async Task Pages_of_refusals_show_each_once()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var (other, _) = await server.AdmitAsync("Gull Works", PartyRole.Developer);
        await RefuseAsync(server, party, key, other, 7);
        var seen = new List<long>();

        for (var next = "/refusals?limit=3"; next is not null; )
        {
            using var response = await server.ReadAsAsync(party.ToString(), key, next);
            var page = SandboxServer.Json(await response.Content.ReadAsStringAsync(Cancel));
            seen.AddRange(
                page.GetProperty("refusals")
                    .EnumerateArray()
                    .Select(line => line.GetProperty("number").GetInt64())
            );
            next = page.TryGetProperty("next", out var link) ? link.GetString() : null;
        }

        Assert.Equal(7, seen.Count);
        Assert.Equal(seen.OrderDescending(), seen);
        Assert.Equal(7, seen.Distinct().Count());
    }

    // The claim iss names another party: the law refuses it, and the refusal is the signer's.
    [Fact]
    public async Task Nobody_fills_the_list_of_another()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var (other, otherKey) = await server.AdmitAsync("Gull Works", PartyRole.Developer);
        var received = Drafting.Compose(
            Given.Model(other, "Gull 1"),
            $"{server.Origin}#{other}",
            key
        );

        var outcome = await server.Authority.Intake.FileAsync(received, Cancel);

        Assert.Equal("issuer-mismatch", Assert.IsType<FilingOutcome.Refused>(outcome).Refusal.Code);
        Assert.Empty(await RefusalsAsync(server, other, otherKey));
        Assert.Single(await RefusalsAsync(server, party, key));
    }

    private static async Task RefuseAsync(
        SandboxServer server,
        PartyId party,
        StatementSigner key,
        PartyId other,
        int count
    )
    {
        for (var i = 0; i < count; i++)
        {
            using var refused = await server.PostAsync(
                server.Sign(party, key, Given.Model(other, $"Model {i}"))
            );
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }
    }

    private static async Task<List<JsonElement>> RefusalsAsync(
        SandboxServer server,
        PartyId party,
        StatementSigner key
    )
    {
        using var response = await server.ReadAsAsync(party.ToString(), key, "/refusals");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = SandboxServer.Json(await response.Content.ReadAsStringAsync(Cancel));
        return [.. page.GetProperty("refusals").EnumerateArray()];
    }
}
