using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Hosts.Cli;
using Concord.Ledger;
using Microsoft.Playwright;
using Xunit;
using static Concord.Hosts.Browser.OnPage;

namespace Concord.Hosts.Browser;

/// <summary>
/// An organisation becomes a party without an account: it applies with a passkey that its browser
/// makes, and what became of it is for who has the address.
/// </summary>
public sealed class ApplyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_an_application_to_a_party_that_files_with_its_first_passkey()
    {
        await using var signing = await Signing.StartAsync();
        var (page, server) = (signing.Page, signing.Server);
        var errors = PageTests.Listen(page);

        await page.GotoAsync("/apply");
        await page.GetByLabel("Legal name of the organisation").FillAsync("TERN labs");
        await page.GetByLabel("Country of its seat").FillAsync("ch");
        await page.GetByLabel("Developer").CheckAsync();
        await page.GetByLabel("Who will sign").FillAsync("head of compliance");
        await page.GetByLabel("Legal Entity Identifier").FillAsync("529900T8BM49AURSDO56");
        await CheckAsync(page);
        await Expect(page, "#lei-error", "check digits");
        await page.GetByLabel("Legal Entity Identifier").FillAsync("");
        await CheckAsync(page);
        await Expect(page, "#name-error", "No two parties have names that read alike");
        await page.GetByLabel("Legal name of the organisation").FillAsync("Gull Labs");
        await CheckAsync(page);
        await Expect(page, "h1", "Check your application");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a passkey and apply" })
            .ClickAsync();
        await Expect(page, "h1", "Gull Labs waits to be admitted");
        var status = page.Url;
        var found = await PageTests.JudgeAsync(page);
        Assert.True(found.Count == 0, string.Join('\n', found));

        var world = server.Authority.Intake.Current.World;
        var application = Assert.Single(server.Authority.Applications.Waiting(world));
        Assert.Equal("Gull Labs", application.Act.Name);
        await Expect(page, "main", application.Digest.ToString());
        Assert.Matches("/apply/[A-Za-z0-9_-]{22}$", status);
        using (
            var open = await server.Client.GetAsync($"/applications/{application.Number}", Cancel)
        )
        {
            Assert.Equal(HttpStatusCode.Unauthorized, open.StatusCode);
        }

        await AdmitAsync(signing, application.Number);
        await page.ReloadAsync();
        await Expect(page, "h1", "Gull Labs is admitted");
        Assert.Empty(server.Authority.Applications.Waiting(server.Authority.Intake.Current.World));

        await page.GetByRole(AriaRole.Link, new() { Name = "The page of Gull Labs" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Register a model" }).ClickAsync();
        await page.GetByLabel("Name of the model").FillAsync("Gull 1");
        await page.GetByLabel("Text", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check before you sign" })
            .ClickAsync();
        await signing.SignAsync();
        await signing.FiledAsync();
        errors.RemoveAll(one =>
            one.StartsWith("publicKey.pubKeyCredParams is missing", StringComparison.Ordinal)
        );
        Assert.Empty(errors);
    }

    [Fact]
    public async Task An_application_is_closed_with_a_reason_and_bounded_for_each_address()
    {
        await using var signing = await Signing.StartAsync();
        var (page, server) = (signing.Page, signing.Server);
        var act = await ActAsync(page);

        string? status = null;
        for (var i = 0; i < 5; i++)
        {
            using var taken = await server.Client.PostAsync("/applications", Json(act), Cancel);
            Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
            var said = await taken.Content.ReadFromJsonAsync<JsonNode>(Cancel);
            status = said!["status"]!.GetValue<string>();
        }

        using var late = await server.Client.PostAsync("/applications", Json(act), Cancel);
        Assert.Equal(HttpStatusCode.TooManyRequests, late.StatusCode);
        var last = server.Authority.Applications.Find(5)!;
        Assert.True(
            server.Authority.Applications.Close(
                server.Authority.Intake.Current.World,
                last.Number,
                "the seat is not there"
            )
        );
        await page.GotoAsync(status!);
        await Expect(page, ".c-note", "The seat is not there.");
        var response = await page.GotoAsync("/apply/AAAAAAAAAAAAAAAAAAAAAA");
        Assert.Equal(404, response!.Status);
    }

    [Fact]
    public async Task An_application_changes_the_inbox_though_the_log_is_as_it_was()
    {
        var time = new AdvancedTime();
        await using var signing = await Signing.StartAsync(time: time);
        var client = signing.Server.Client;
        var act = await ActAsync(signing.Page);
        using var before = await InboxAsync(client, null);
        using var unchanged = await InboxAsync(client, before.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);

        using var taken = await client.PostAsync("/applications", Json(act), Cancel);
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        time.Advance(TimeSpan.FromSeconds(11));
        using var after = await InboxAsync(client, before.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Contains(
            "1 organisation waits to be admitted",
            await after.Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_no_application_is_not_kept()
    {
        await using var signing = await Signing.StartAsync();
        var (page, server) = (signing.Page, signing.Server);
        var act = await ActAsync(page);
        var nobodys = JsonNode.Parse(await CarriedAsync(page))!["keys"]![0]!["key"]!;

        foreach (
            var bad in (JsonNode[])
                [
                    With(act, one => one["country"] = "ZZ"),
                    With(act, one => one["name"] = "Tern Labs"),
                    With(act, one => one["keys"]![0]!["role"] = "filer"),
                    With(act, one => one["keys"]![0]!["key"]!["rp_id"] = "elsewhere.example"),
                    // What the page carries until a passkey is made.
                    With(act, one => one["keys"]![0]!["key"] = nobodys.DeepClone()),
                ]
        )
        {
            using var answer = await server.Client.PostAsync("/applications", Json(bad), Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        using var form = new StringContent(act.ToJsonString(), null, "text/plain");
        using var forged = await server.Client.PostAsync("/applications", form, Cancel);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, forged.StatusCode);
        Assert.Empty(server.Authority.Applications.Waiting(server.Authority.Intake.Current.World));
    }

    private static async Task<HttpResponseMessage> InboxAsync(
        HttpClient client,
        EntityTagHeaderValue? known
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/inbox");
        request.Headers.Accept.ParseAdd("text/html");
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return await client.SendAsync(request, Cancel);
    }

    private static async Task AdmitAsync(Signing signing, long number)
    {
        var server = signing.Server;
        var key = server.Authority.Keys.File(
            server.Authority.Keys.NamesOf(KeyFolder.Registrar)[^1]
        );
        var folder = Directory.CreateTempSubdirectory("concord-apply-").FullName;
        var run = await ConcordProgram.RunAsync(
            folder,
            "party",
            "admit",
            "--application",
            $"{number}",
            "--key",
            key,
            "--authority",
            signing.Origin
        );
        run.Done();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>An application as the page has it, with a key of somebody's in it.</summary>
    private static async Task<JsonNode> ActAsync(IPage page)
    {
        var act = JsonNode.Parse(await CarriedAsync(page))!;
        using var key = StatementSigner.Create();
        var one = act["keys"]![0]!["key"]!;
        one["x"] = System.Buffers.Text.Base64Url.EncodeToString(key.PublicKey.X.Span);
        one["y"] = System.Buffers.Text.Base64Url.EncodeToString(key.PublicKey.Y.Span);
        return act;
    }

    private static async Task<string> CarriedAsync(IPage page)
    {
        await page.GotoAsync(
            "/apply?check=yes&name=Gull+Labs&country=CH&role=developer&holder=compliance"
        );
        return (await page.Locator("#apply").GetAttributeAsync("data-act"))!;
    }

    private static JsonNode With(JsonNode act, Action<JsonNode> change)
    {
        var other = act.DeepClone();
        change(other);
        return other;
    }

    private static StringContent Json(JsonNode act) =>
        new(act.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

    private static Task CheckAsync(IPage page) =>
        page.GetByRole(AriaRole.Button, new() { Name = "Check your application" }).ClickAsync();
}
