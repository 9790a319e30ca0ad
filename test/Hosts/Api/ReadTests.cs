using System.Net;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>Reads: freshness, pages, forms, the description of the API.</summary>
public sealed class ReadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_not_sent_again_while_the_log_is_as_it_was()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var first = await server.Client.GetAsync("/register", Cancel);

        using var same = await AskAsync(server, "/register", first.Headers.ETag!.ToString());
        await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 1")));
        using var other = await AskAsync(server, "/register", first.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Empty(await same.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.NotEqual(first.Headers.ETag, other.Headers.ETag);
    }

    [Fact]
    public async Task The_pages_of_the_register_show_each_model_once_while_more_are_filed()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        for (var i = 0; i < 23; i++)
        {
            await server.FileAsync(server.Sign(party, key, Given.Model(party, $"Before {i}")));
        }

        var seen = new List<string>();
        var pages = 0;
        for (var next = "/register?limit=5"; next is not null; pages++)
        {
            var page = await server.ReadAsync(next);
            seen.AddRange(
                page.GetProperty("models")
                    .EnumerateArray()
                    .Select(model => model.GetProperty("name").GetString()!)
            );
            next = page.TryGetProperty("next", out var link) ? link.GetString() : null;
            await server.FileAsync(server.Sign(party, key, Given.Model(party, $"During {pages}")));
        }

        Assert.Equal(23, seen.Count(name => name.StartsWith("Before", StringComparison.Ordinal)));
        Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task The_acts_can_be_walked_upwards_and_downwards_and_are_the_log()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        for (var i = 0; i < 12; i++)
        {
            await server.FileAsync(server.Sign(party, key, Given.Model(party, $"Tern {i}")));
        }

        var up = await WalkAsync(server, $"/acts?limit=4&after={new ActId(0)}");
        var down = await WalkAsync(server, "/acts?limit=4");
        var models = await WalkAsync(server, "/acts?limit=5&type=registry/register-model/1");

        var size = server.Authority.Intake.Current.Size;
        Assert.Equal(Enumerable.Range(1, (int)size - 1).Select(i => (long)i), up);
        Assert.Equal(Enumerable.Range(0, (int)size).Reverse().Select(i => (long)i), down);
        Assert.Equal(12, models.Count);
    }

    // Nobody has read yet: the server makes the table itself, and lets it follow the log.
    [Fact]
    public async Task The_table_of_the_register_is_made_before_anybody_asks_for_it()
    {
        await using var server = await SandboxServer.StartAsync();
        await server.Site.Warmed.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
    }

    [Theory]
    [InlineData("/register?limit=0")]
    [InlineData("/register?limit=501")]
    [InlineData("/register?status=lost")]
    [InlineData("/register?before=M-0000-0001")]
    [InlineData("/acts?after=X")]
    [InlineData("/acts?limit=many")]
    [InlineData("/models?name=")]
    [InlineData("/digests?size=1")]
    public async Task A_question_that_is_not_well_put_is_answered_with_what_is_asked_for(
        string address
    )
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 1")));

        using var response = await server.Client.GetAsync(address, Cancel);

        var problem = SandboxServer.Json(await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("/problems/bad-query", problem.GetProperty("type").GetString());
    }

    [Fact]
    public async Task One_address_answers_with_what_the_reader_accepts()
    {
        await using var server = await SandboxServer.StartAsync();

        Assert.Equal("application/json", await TypeAsync(server, "/register", "application/json"));
        Assert.Equal("application/json", await TypeAsync(server, "/register", "*/*"));
        Assert.Equal("application/cose", await TypeAsync(server, "/acts/0/statement", "*/*"));
        Assert.Equal("text/plain", await TypeAsync(server, "/acts/0/proof", "text/plain"));
        using var neither = await AcceptAsync(server, "/acts/0/receipt", "image/png");
        Assert.Equal(HttpStatusCode.NotAcceptable, neither.StatusCode);
        using var page = await AcceptAsync(server, "/nowhere", "text/html");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    [Fact]
    public async Task Receipts_and_proofs_of_every_entry_verify()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 1")));
        Assert.True(NoteVerifier.TryParse(server.Authority.File.VerifierKey, out var log, out _));
        using var receiptKey = server.Authority.Keys.Read("receipt");

        for (var i = 0; i < server.Authority.Intake.Current.Size; i++)
        {
            var statement = await server.Client.GetByteArrayAsync($"/acts/{i}/statement", Cancel);
            var bytes = await server.Client.GetByteArrayAsync($"/acts/{i}/receipt", Cancel);
            var text = await server.Client.GetStringAsync($"/acts/{i}/proof", Cancel);
            Assert.True(TlogProof.TryParse(text, out var proof, out var fault), fault);
            Assert.True(proof.Verify(statement, log, out var checkpoint, out fault), fault);
            Assert.True(Receipt.TryParse(bytes, out var receipt, out _));
            Assert.True(receipt.Verify(receiptKey.PublicKey, statement, out var root, out _));
            Assert.Equal(checkpoint.Root, root);
            Assert.True(checkpoint.Size > 1);
        }
    }

    [Fact]
    public async Task The_description_is_OpenAPI_3_1_and_every_address_in_it_is_served()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var model = await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 1")));
        var id = model.GetProperty("subject").GetString()!;

        var document = await server.ReadAsync("/openapi/v1.json");

        Assert.StartsWith(
            "3.1.",
            document.GetProperty("openapi").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal("Concord", document.GetProperty("info").GetProperty("title").GetString());
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                Assert.True(names.Add(operation.Value.GetProperty("operationId").GetString()!));
                Assert.True(operation.Value.TryGetProperty("summary", out _), path.Name);
                Assert.NotEmpty(operation.Value.GetProperty("responses").EnumerateObject());
                AssertParameters(path.Name, operation.Value);
                using var response = await server.Client.SendAsync(
                    new(new(operation.Name.ToUpperInvariant()), AddressOf(path.Name, id)),
                    Cancel
                );
                Assert.True(IsServed(operation.Name, response), $"{path.Name}: {response}");
            }
        }

        AssertReferences(document, document);
        Assert.True(names.Count > 20, $"{names.Count} operations");
    }

    [Fact]
    public async Task Every_read_of_the_trunk_is_described()
    {
        await using var server = await SandboxServer.StartAsync();
        var document = await server.ReadAsync("/openapi/v1.json");
        var paths = document
            .GetProperty("paths")
            .EnumerateObject()
            .Select(path => path.Name)
            .ToHashSet(StringComparer.Ordinal);

        foreach (
            var path in (string[])
                [
                    "/.well-known/scitt-keys",
                    "/.well-known/scitt-keys/{kid}",
                    "/acts",
                    "/acts/{id}",
                    "/acts/{id}/receipt",
                    "/acts/{id}/proof",
                    "/acts/{id}/statement",
                    "/authority",
                    "/digests",
                    "/entries",
                    "/entries/{id}",
                    "/healthz",
                    "/log/checkpoint",
                    "/models/{id}",
                    "/models/{id}/closure",
                    "/models/{id}/explain/{rulebook}",
                    "/models/{id}/lineage",
                    "/refusals",
                    "/register",
                ]
        )
        {
            Assert.Contains(path, paths);
        }
    }

    [Fact]
    public async Task A_replay_of_the_log_has_the_digests_that_the_server_shows()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 1")));
        var shown = await server.ReadAsync("/digests");
        var size = shown.GetProperty("size").GetInt64();

        var world = await Replay.FoldAsync(server.Authority.Contents, size, null, null, Cancel);

        Assert.Equal(
            Authority.Api.StateApi.DigestsOf(world).Select(line => line.Digest),
            shown
                .GetProperty("views")
                .EnumerateArray()
                .Select(view => view.GetProperty("digest").GetString())
        );
    }

    private static void AssertParameters(string path, JsonElement operation)
    {
        var named = operation.TryGetProperty("parameters", out var parameters)
            ? parameters
                .EnumerateArray()
                .Where(one => one.GetProperty("in").GetString() is "path")
                .Select(one => $"{{{one.GetProperty("name").GetString()}}}")
                .ToList()
            : [];
        Assert.Equal(path.Count(sign => sign == '{'), named.Count);
        Assert.All(named, name => Assert.Contains(name, path, StringComparison.Ordinal));
    }

    private static void AssertReferences(JsonElement document, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                AssertReferences(document, item);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                if (member.NameEquals("$ref"))
                {
                    var target = document;
                    foreach (var step in member.Value.GetString()![2..].Split('/'))
                    {
                        Assert.True(target.TryGetProperty(step, out target), step);
                    }
                }

                AssertReferences(document, member.Value);
            }
        }
    }

    private static string AddressOf(string path, string model) =>
        path.Replace("{number}", "0", StringComparison.Ordinal)
            .Replace("/models/{id}", $"/models/{model}", StringComparison.Ordinal)
            .Replace("/acts/{id}", "/acts/0", StringComparison.Ordinal)
            .Replace("{path}", "0/000.p/3", StringComparison.Ordinal)
            .Replace("{id}", "none", StringComparison.Ordinal);

    // A refusal of the question is an answer of the endpoint; no endpoint is 404 by its path alone.
    private static bool IsServed(string method, HttpResponseMessage response) =>
        response.StatusCode
            is HttpStatusCode.OK
                or HttpStatusCode.BadRequest
                or HttpStatusCode.Unauthorized
                or HttpStatusCode.NotFound
        || (
            method is "post" or "patch"
            && response.StatusCode is HttpStatusCode.UnsupportedMediaType
        );

    private static async Task<List<long>> WalkAsync(SandboxServer server, string from)
    {
        var seen = new List<long>();
        for (var next = from; next is not null; )
        {
            var page = await server.ReadAsync(next);
            seen.AddRange(
                page.GetProperty("acts")
                    .EnumerateArray()
                    .Select(act => act.GetProperty("index").GetInt64())
            );
            next = page.TryGetProperty("next", out var link) ? link.GetString() : null;
        }

        return seen;
    }

    private static Task<HttpResponseMessage> AskAsync(
        SandboxServer server,
        string address,
        string etag
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        return server.Client.SendAsync(request, Cancel);
    }

    private static Task<HttpResponseMessage> AcceptAsync(
        SandboxServer server,
        string address,
        string accept
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return server.Client.SendAsync(request, Cancel);
    }

    private static async Task<string?> TypeAsync(
        SandboxServer server,
        string address,
        string accept
    )
    {
        using var response = await AcceptAsync(server, address, accept);
        return response.Content.Headers.ContentType?.MediaType;
    }
}
