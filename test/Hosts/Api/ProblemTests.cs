using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Api;
using Concord.Ledger;
using Concord.Tests;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>
/// What a filing that is not taken gets: one problem, of a type that does not change, that names
/// the place and the rule. The documents are golden.
/// </summary>
public sealed partial class ProblemTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_list_of_problems_is_closed()
    {
        var list = new StringBuilder();
        foreach (var problem in Problems.All)
        {
            list.Append(problem.Status)
                .Append(' ')
                .Append(problem.Code)
                .Append(": ")
                .Append(problem.Title)
                .Append('\n');
        }

        Golden.Matches("problems/list.txt", list.ToString());
    }

    [Fact]
    public async Task Every_kind_of_bad_filing_gets_its_problem_and_logs_nothing()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var (other, _) = await server.AdmitAsync("Gull Works", PartyRole.Developer);
        using var stranger = StatementSigner.Create();
        var right = server.Sign(party, key, Given.Model(party, "Tern 1")).Statement;
        var forged = right.ToArray();
        forged[^1] ^= 1;
        var bad = new List<(string Name, ReadOnlyMemory<byte> Body, string Type)>
        {
            ("body-too-large", new byte[65_536], "application/cose"),
            ("unsupported-media-type", right, "text/plain"),
            ("bad-multipart", "--x\r\n\r\n"u8.ToArray(), "multipart/form-data; boundary=x"),
            ("bad-multipart-part", Part("poem"), "multipart/form-data; boundary=x"),
            ("bad-multipart-empty", Part("act"), "multipart/form-data; boundary=x"),
            ("bad-statement", "{}"u8.ToArray(), "application/cose"),
            ("bad-statement-empty", Array.Empty<byte>(), "application/cose"),
            ("bad-statement-signature", forged, "application/cose"),
            ("unknown-key", server.Sign(party, stranger, Given.Model(party, "x")).Statement, Cose),
            (
                "bad-act-missing",
                Text(server, party, key, """{"act":"registry/register-model/1"}"""),
                Cose
            ),
            (
                "bad-act-unknown-type",
                Text(server, party, key, """{"act":"registry/sing/1"}"""),
                Cose
            ),
            ("bad-act-extra", Text(server, party, key, Extended(party)), Cose),
            ("bad-act-not-json", Text(server, party, key, "model"), Cose),
            (
                "bad-documents",
                server.Sign(party, key, Given.Deployment(new(1), party)).Statement,
                Cose
            ),
            ("refused", server.Sign(party, key, Given.Model(other, "Gull 1")).Statement, Cose),
        };
        var acts = server.Acts;

        var documents = new StringBuilder();
        foreach (var (name, body, type) in bad)
        {
            using var response = await server.PostAsync(body, type);
            var text = await response.Content.ReadAsStringAsync(Cancel);
            var problem = SandboxServer.Json(text);
            Assert.Equal(
                "application/problem+json",
                response.Content.Headers.ContentType?.MediaType
            );
            Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
            Assert.False(problem.GetProperty("logged").GetBoolean(), name);
            Assert.StartsWith(
                "/problems/" + string.Join('-', name.Split('-').Take(2)),
                problem.GetProperty("type").GetString() + "-",
                StringComparison.Ordinal
            );
            documents.Append("== ").Append(name).Append('\n').Append(Steady(problem)).Append('\n');
        }

        Golden.Matches("problems/filings.txt", documents.ToString());
        Assert.Equal(acts, server.Acts);
        using var taken = await server.PostAsync(right);
        Assert.True(taken.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Reads_that_cannot_be_answered_get_their_problem()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var (other, otherKey) = await server.AdmitAsync("Gull Works", PartyRole.Developer);
        await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 1")));
        await server.FileAsync(server.Sign(other, otherKey, Given.Model(other, "Tern-1")));
        var documents = new StringBuilder();

        foreach (
            var address in (string[])
                [
                    "/models/M-0000-0000",
                    "/acts/9999999",
                    "/acts/0/document",
                    "/laws/none",
                    "/nowhere",
                    "/log/tile/0/../../authority.json",
                    "/log/tile/0/999",
                    "/models/tern1/explain/eu-ai-act",
                    "/models/albatros/explain/eu-ai-act",
                    "/models/Gull/explain/eu-ai-act",
                    "/register?limit=no",
                    "/refusals",
                ]
        )
        {
            using var response = await server.Client.GetAsync(address, Cancel);
            var problem = SandboxServer.Json(await response.Content.ReadAsStringAsync(Cancel));
            documents
                .Append("== ")
                .Append(address)
                .Append('\n')
                .Append(Steady(problem))
                .Append('\n');
        }

        using var put = await server.Client.PutAsync("/acts", null, Cancel);
        Assert.Contains("GET", put.Content.Headers.Allow);
        Assert.Contains("POST", put.Content.Headers.Allow);
        documents
            .Append("== PUT /acts\n")
            .Append(Steady(SandboxServer.Json(await put.Content.ReadAsStringAsync(Cancel))))
            .Append('\n');
        Golden.Matches("problems/reads.txt", documents.ToString());
    }

    private const string Cose = "application/cose";

    private static byte[] Part(string name) =>
        Encoding.ASCII.GetBytes(
            $"--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\nabc\r\n--x--\r\n"
        );

    private static string Extended(PartyId party)
    {
        var act = Encoding.UTF8.GetString(ActBytes.Write(Given.Model(party, "Tern 1")));
        return act[..^1] + ",\"colour\":\"blue\"}";
    }

    private static ReadOnlyMemory<byte> Text(
        SandboxServer server,
        PartyId party,
        StatementSigner key,
        string act
    ) =>
        key.Sign(
            new($"{server.Origin}#{party}", "registry/register-model", Statement.JsonAct),
            Encoding.UTF8.GetBytes(act),
            envelope: false
        );

    // What differs from run to run: keys, digests, times, the request's number.
    private static string Steady(JsonElement problem)
    {
        var members = problem
            .EnumerateObject()
            .Select(member =>
                member.Name switch
                {
                    "instance" => "instance: ‹request›",
                    "refusal" => "refusal: ‹signed›",
                    _ => $"{member.Name}: {Varying().Replace(member.Value.ToString(), "‹…›")}",
                }
            );
        return string.Join('\n', members) + "\n";
    }

    [GeneratedRegex(
        "sandbox-[0-9a-f]{8}|[0-9a-f]{64}|[A-Za-z0-9_-]{43}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z"
            + "|has [0-9]+ acts|[PMA]-[0-9A-Z]{4}-[0-9A-Z]{4}"
    )]
    private static partial Regex Varying();
}
