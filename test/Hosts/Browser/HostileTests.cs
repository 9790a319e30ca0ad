using System.Net;
using System.Xml.Linq;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Authority.Web.Filing;
using Concord.Hosts.Api;
using Concord.Ledger;
using Concord.Measures;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>
/// What strangers file or ask with is text on every page: no field makes an element, no address
/// leads elsewhere, no page can be framed, and no request does anything without a signature.
/// </summary>
public sealed class HostileTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private const string Hostile = HostileFilings.Text;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_text_that_a_stranger_can_file_is_text_on_every_page()
    {
        await using var server = await SandboxServer.StartAsync();
        await Sandbox.FurnishAsync(server.Authority, new Progress<FurnishingStep>(), Cancel);
        var (acts, addresses) = await HostileFilings.FileAsync(server);
        Assert.Empty(FreeTexts.Missing(acts));

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(
            new() { BaseURL = server.Client.BaseAddress!.ToString() }
        );
        var errors = PageTests.Listen(page);
        foreach (var address in addresses)
        {
            await page.GotoAsync(address);
            Assert.False(await IsHitAsync(page), address);
        }

        Assert.True(errors.Count == 0, string.Join('\n', errors));
        Assert.Contains("data-hostile", await page.ContentAsync(), Ordinal);
        foreach (var feed in (string[])["/feeds/acts", "/feeds/register"])
        {
            var read = XDocument.Parse(await server.Client.GetStringAsync(feed, Cancel));
            Assert.DoesNotContain(read.Descendants(), one => one.Name.LocalName is "img");
        }
    }

    [Fact]
    public async Task What_a_stranger_asks_with_is_text_on_the_page_that_answers()
    {
        await using var server = await SandboxServer.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(
            new() { BaseURL = server.Client.BaseAddress!.ToString() }
        );
        var word = Uri.EscapeDataString(Hostile);
        foreach (
            var address in (string[])
                [
                    $"/register?search={word}",
                    $"/register?law={word}&answer={word}&sort={word}&after={word}",
                    $"/find?q={word}",
                    $"/acts?type={word}&by={word}&before={word}",
                    $"/models/{word}",
                    $"/parties/{word}",
                    $"/notices/{word}",
                    $"/notices/stop/{word}",
                    $"/parties/{word}/home?key={word}",
                    $"/laws/{word}",
                    $"/laws/compare?a={word}&b={word}",
                    $"/join?invitation={word}",
                    $"/file/register-model?party={word}&name={word}&check=yes",
                    $"/decide/standing?subject={word}&officer={word}",
                    $"/decide/ask?subject={word}&to={word}&officer={word}",
                    $"/decide/appoint?officer={word}&name={word}&role={word}",
                    $"/sign/{word}",
                    $"/decide/appeal?appeal={word}",
                    $"/inbox?institution={word}",
                    $"/bulk?party={word}&key={word}",
                    $"/drafts/{word}",
                    $"/file/{word}/save",
                    $"/read?party={word}&what={word}&of={word}&check=yes",
                    $"/read?officer={word}",
                    $"/apply?name={word}&country={word}&role={word}&holder={word}&check=yes",
                    $"/apply/{word}",
                    $"/standing?subject={word}",
                    $"/standing/{word}",
                    $"/before-you-file?country={word}&low={word}&fact={word}&check=yes",
                    .. Journeys.All.Select(one =>
                        one.Path
                        + QueryString.Create(
                            one.Fields.Append("party")
                                .Append("check")
                                .Select(field => KeyValuePair.Create(field, (string?)Hostile))
                        )
                    ),
                    $"/problems/{word}",
                    $"/{word}",
                ]
        )
        {
            await page.GotoAsync(address);
            Assert.False(await IsHitAsync(page), address);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/register")]
    [InlineData("/join")]
    [InlineData("/file/register-model")]
    [InlineData("/bulk")]
    [InlineData("/officers/passkey")]
    [InlineData("/inbox")]
    [InlineData("/read")]
    [InlineData("/nothing-of-the-kind")]
    public async Task No_page_is_shown_in_a_frame_of_another_site(string address)
    {
        await using var server = await SandboxServer.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        await page.SetContentAsync(
            $"<iframe src=\"{server.Client.BaseAddress!.ToString().TrimEnd('/')}{address}\"></iframe>"
        );
        await page.WaitForTimeoutAsync(500);

        Assert.DoesNotContain(page.Frames.Skip(1), one => one.Url.StartsWith("http:", Ordinal));
    }

    [Fact]
    public async Task No_answer_sets_a_cookie_and_no_address_leads_to_another_site()
    {
        await using var server = await SandboxServer.StartAsync();
        using var direct = new HttpClient(
            new HttpClientHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                CheckCertificateRevocationList = true,
            }
        )
        {
            BaseAddress = server.Client.BaseAddress,
        };
        foreach (
            var address in (string[])
                [
                    "/",
                    "//evil.example/",
                    "/%2F%2Fevil.example",
                    "/\\evil.example",
                    "/find?q=https://evil.example",
                    "/find?q=//evil.example",
                    "/join?invitation=//evil.example&return=https://evil.example",
                    "/register?returnUrl=https://evil.example",
                    "/acts/https:%2F%2Fevil.example",
                ]
        )
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get,
                new Uri($"{server.Client.BaseAddress!.ToString().TrimEnd('/')}{address}")
            );
            request.Headers.Accept.ParseAdd("text/html");
            request.Headers.Add("Cookie", ".AspNetCore.Session=chosen; session=chosen");
            using var answer = await direct.SendAsync(request, Cancel);
            Assert.False(answer.Headers.Contains("Set-Cookie"), address);
            var location = answer.Headers.Location?.ToString();
            Assert.True(
                location is null
                    || (location.StartsWith('/') && !location.StartsWith("//", Ordinal)),
                $"{address} leads to {location}"
            );
        }
    }

    [Fact]
    public async Task A_form_of_another_site_files_nothing_and_an_oversized_one_is_refused()
    {
        await using var server = await SandboxServer.StartAsync();
        var acts = server.Acts;
        foreach (
            var (address, isForm) in ((string, bool)[])
                [
                    ("/", false),
                    ("/join", false),
                    ("/acts", false),
                    ("/inbox", false),
                    ("/file/register-model", true),
                    ("/file/answer", true),
                    ("/file/answer/save", true),
                    ("/drafts", true),
                    ("/decide/ask", true),
                    ("/decide/appoint", true),
                ]
        )
        {
            using var form = new FormUrlEncodedContent([new("name", "Tern"), new("check", "yes")]);
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
            request.Headers.Accept.ParseAdd("text/html");
            request.Headers.Add("Origin", "https://evil.example");
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            using var answer = await server.Client.SendAsync(request, Cancel);
            // A form that is sent is shown again: what files is a signature, and it has none.
            Assert.InRange((int)answer.StatusCode, isForm ? 200 : 400, isForm ? 200 : 499);
        }

        var long_ = new string('a', 100_000);
        using var asked = await server.Client.GetAsync($"/register?search={long_}", Cancel);
        Assert.Contains(
            asked.StatusCode,
            (HttpStatusCode[])
                [HttpStatusCode.RequestUriTooLong, HttpStatusCode.RequestHeaderFieldsTooLarge]
        );
        Assert.Equal(acts, server.Acts);
    }

    private static Task<bool> IsHitAsync(IPage page) =>
        page.EvaluateAsync<bool>(
            "!!document.querySelector('[data-hostile]') || typeof hostile !== 'undefined'"
        );

    [Fact]
    public async Task Ten_thousand_guesses_of_who_reads_open_nothing_and_stop_nobody_else()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var own = key;
        using var others = StatementSigner.Create();
        var issuer = $"{server.Origin}#{party}";
        var guess = new ReadRequest("/refusals", Instant.From(DateTimeOffset.UnixEpoch), null);
        var now = server.Authority.Now;
        var statuses = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        await Parallel.ForAsync(
            0,
            10_000,
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel },
            async (_, cancel) =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/refusals");
                request.Headers.Add(
                    "Authorization",
                    (guess with { At = now }).Sign(issuer, others)
                );
                using var answer = await server.Client.SendAsync(request, cancel);
                statuses.AddOrUpdate((int)answer.StatusCode, 1, (_, count) => count + 1);
            }
        );
        Assert.DoesNotContain(200, statuses.Keys);
        Assert.All(statuses.Keys, status => Assert.Contains(status, (int[])[401, 429]));

        using var right = new HttpRequestMessage(HttpMethod.Get, "/refusals");
        now = server.Authority.Now;
        right.Headers.Add("Authorization", (guess with { At = now }).Sign(issuer, own));
        using var read = await server.Client.SendAsync(right, Cancel);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task Whoever_has_the_keys_of_the_server_files_in_no_person_s_name()
    {
        await using var signing = await Signing.StartAsync();
        var passkey = await signing.JoinAsync();
        var server = signing.Server;
        var acts = server.Acts;
        var act = Given.Model(signing.Party, "Not ours");
        var issuer = $"{server.Origin}#{signing.Party}";
        foreach (var name in KeyFolder.OfServer.Where(one => one is not KeyFolder.Log))
        {
            using var stolen = server.Authority.Keys.Read(name);
            // Under its own name, and under that of the person's passkey.
            using var own = await server.PostAsync(Drafting.Compose(act, issuer, stolen));
            var (unsigned, _, _) = Drafting.Prepare(act, issuer, passkey);
            var forged = WebauthnAssertion.Compose([], [], stolen.SignDigest(unsigned.Id));
            using var other = await server.PostAsync(unsigned.With(forged));
            Assert.InRange((int)own.StatusCode, 400, 499);
            Assert.InRange((int)other.StatusCode, 400, 499);
        }

        Assert.Equal(acts, server.Acts);
    }
}
