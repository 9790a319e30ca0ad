using System.Net;
using System.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>
/// Acts with documents beside their statement: sealed acts, sealed parts, attachments.
/// </summary>
public sealed class DocumentTests
{
    private const string Secret = "Two vaults, four persons, no network.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sealed_act_is_filed_with_its_document_and_shows_the_public_nothing()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key, release) = await ReleasedAsync(server);

        var answer = await server.FileAsync(
            server.Sign(party, key, Given.Deployment(release, party))
        );

        var id = answer.GetProperty("id").GetString();
        Assert.StartsWith(
            "D-",
            answer.GetProperty("subject").GetString(),
            StringComparison.Ordinal
        );
        var act = await server.ReadAsync($"/acts/{id}");
        Assert.Equal("sealed", act.GetProperty("act").GetString());
        Assert.Equal("sealed", act.GetProperty("subject").GetString());
        Assert.False(act.TryGetProperty("body", out _));
        var statement = await server.Client.GetByteArrayAsync($"/acts/{id}/statement", Cancel);
        var list = await server.Client.GetStringAsync("/acts?limit=1", Cancel);
        foreach (var seen in (string[])[Encoding.Latin1.GetString(statement), list])
        {
            Assert.DoesNotContain("service.example", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("registry/deploy", seen, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_sealed_part_and_attachments_are_read_by_those_whom_they_are_for()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var (other, otherKey) = await server.AdmitAsync("Gull Works", PartyRole.Developer);
        var open = Given.File("card.pdf", Visibility.Public);
        var shared = Given.File("plan.pdf", Visibility.Parties);
        var details = new RegistrationDetails { Salt = Given.Salt, WeightsCustody = Secret };
        var received = Drafting.Compose(
            Given.Model(party, "Tern 1") with
            {
                Attachments = [open.Entry, shared.Entry],
            },
            $"{server.Origin}#{party}",
            key,
            details,
            [open.Bytes, shared.Bytes]
        );

        var answer = await server.FileAsync(received);

        var id = answer.GetProperty("id").GetString();
        var file = await server.Client.GetByteArrayAsync($"/acts/{id}/attachments/0", Cancel);
        Assert.Equal(open.Bytes.ToArray(), file);
        using var officer = server.Authority.Keys.Read("officer-regulator-1");
        foreach (var path in (string[])[$"/acts/{id}/attachments/1", $"/acts/{id}/sealed-part"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, path));
            Assert.Equal(
                HttpStatusCode.NotFound,
                await StatusAsync(server.ReadAsAsync(other.ToString(), otherKey, path))
            );
            Assert.Equal(
                HttpStatusCode.OK,
                await StatusAsync(server.ReadAsAsync(party.ToString(), key, path))
            );
            Assert.Equal(
                HttpStatusCode.OK,
                await StatusAsync(
                    server.ReadAsAsync("officer/regulator/officer-1", officer, path, "Case 7")
                )
            );
        }

        var page = await server.Client.GetStringAsync(
            $"/models/{answer.GetProperty("subject").GetString()}",
            Cancel
        );
        Assert.DoesNotContain(Secret, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_filed_sees_who_read_what_is_sealed_and_why()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key, release) = await ReleasedAsync(server);
        var (other, otherKey) = await server.AdmitAsync("Gull Works", PartyRole.Developer);
        var deploy = server.Sign(party, key, Given.Deployment(release, party));
        var id = (await server.FileAsync(deploy)).GetProperty("id").GetString();
        using var officer = server.Authority.Keys.Read("officer-board-2");
        const string Name = "officer/board/officer-2";
        var document = $"/acts/{id}/document";

        using var unexplained = await server.ReadAsAsync(Name, officer, document);
        using var read = await server.ReadAsAsync(Name, officer, document, "Incident 12");

        Assert.Equal(HttpStatusCode.Unauthorized, unexplained.StatusCode);
        Assert.Equal(deploy.Document!.Value, await read.Content.ReadAsByteArrayAsync(Cancel));
        using var own = await server.ReadAsAsync(party.ToString(), key, $"/acts/{id}/readings");
        var text = await own.Content.ReadAsStringAsync(Cancel);
        var line = Assert.Single(SandboxServer.Json(text).GetProperty("readings").EnumerateArray());
        Assert.Equal(Name, line.GetProperty("reader").GetString());
        Assert.Equal("Incident 12", line.GetProperty("why").GetString());
        Assert.Equal(
            HttpStatusCode.NotFound,
            await StatusAsync(
                server.ReadAsAsync(other.ToString(), otherKey, $"/acts/{id}/readings")
            )
        );
    }

    [Theory]
    [InlineData("missing", "missing-document")]
    [InlineData("another", "wrong-document")]
    [InlineData("surplus", "surplus-document")]
    public async Task Documents_other_than_those_named_are_turned_away(string what, string fault)
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key, release) = await ReleasedAsync(server);
        var received = server.Sign(party, key, Given.Deployment(release, party));
        var acts = server.Acts;

        using var response = await server.PostAsync(
            what switch
            {
                "missing" => received with { Document = null },
                "another" => received with { Document = "{}"u8.ToArray() },
                _ => received with { Attachments = [new byte[20]] },
            }
        );

        var problem = SandboxServer.Json(await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("/problems/bad-documents", problem.GetProperty("type").GetString());
        Assert.Equal(fault, problem.GetProperty("fault").GetString());
        Assert.Equal(acts, server.Acts);
    }

    [Fact]
    public async Task A_signed_request_serves_once_for_its_address_and_time_and_never_as_an_act()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var issuer = $"{server.Origin}#{party}";
        var now = server.Authority.Now;
        var right = new ReadRequest("/refusals", now, null).Sign(issuer, key);
        using var stranger = StatementSigner.Create();
        string[] wrong =
        [
            new ReadRequest("/refusals?limit=2", now, null).Sign(issuer, key),
            new ReadRequest("/refusals", now - TimeSpan.FromMinutes(3), null).Sign(issuer, key),
            new ReadRequest("/refusals", now + TimeSpan.FromMinutes(3), null).Sign(issuer, key),
            new ReadRequest("/refusals", now, null).Sign($"{server.Origin}#P-0000-0000", key),
            new ReadRequest("/refusals", now, null).Sign(issuer, stranger),
            right[..^3] + "AAA",
            "Bearer abc",
            "Concord !!!",
        ];

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "/refusals", right));
        foreach (var header in wrong)
        {
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                await StatusAsync(server, "/refusals", header)
            );
        }

        var statement = System.Buffers.Text.Base64Url.DecodeFromChars(
            right.AsSpan("Concord ".Length)
        );
        using var filed = await server.PostAsync(statement);
        Assert.Equal(HttpStatusCode.BadRequest, filed.StatusCode);
    }

    private static async Task<(PartyId, StatementSigner, ReleaseId)> ReleasedAsync(
        SandboxServer server
    )
    {
        var (party, key) = await server.AdmitAsync(
            "Tern Labs",
            PartyRole.Developer,
            PartyRole.Host
        );
        var model = await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 1")));
        var day = server.Authority.Intake.Current.World.At.Day;
        var release = await server.FileAsync(
            server.Sign(party, key, Given.Release(new(IndexOf(model)), day))
        );
        return (party, key, new(IndexOf(release)));
    }

    private static long IndexOf(JsonElement answer) => answer.GetProperty("index").GetInt64();

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        return response.StatusCode;
    }

    private static Task<HttpStatusCode> StatusAsync(
        SandboxServer server,
        string path,
        string? authorization = null
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return StatusAsync(server.Client.SendAsync(request, Cancel));
    }
}
