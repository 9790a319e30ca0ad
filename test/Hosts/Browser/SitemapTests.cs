using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>What search engines and other sites are told of the pages.</summary>
[Collection(typeof(SiteCollection))]
public sealed partial class SitemapTests(BrowsedSite site)
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static readonly XNamespace s_map = "http://www.sitemaps.org/schemas/sitemap/0.9";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sitemap_has_every_model_party_and_law_once()
    {
        var robots = await site.Server.Client.GetStringAsync("/robots.txt", Cancel);
        var index = robots.Split("Sitemap: ")[1].Trim();
        var parts = await LocationsAsync(index);
        var found = new List<string>();
        foreach (var part in parts)
        {
            var those = await LocationsAsync(part);
            Assert.InRange(those.Count, 1, 50_000);
            found.AddRange(those.Select(address => new Uri(address).AbsolutePath));
        }

        var world = site.Server.Authority.Intake.Current.World;
        Assert.Distinct(found, StringComparer.Ordinal);
        Assert.Equal(
            world
                .Registry.Models.Values.Where(model => model.AnsweredBy is null)
                .Select(model => $"/models/{model.Id}")
                .Order(StringComparer.Ordinal),
            found.Where(path => path.StartsWith("/models/", Ordinal)).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            world.Network.Parties.Keys.Select(id => $"/parties/{id}").Order(StringComparer.Ordinal),
            found.Where(path => path.StartsWith("/parties/", Ordinal)).Order(StringComparer.Ordinal)
        );
        Assert.Contains("/laws/eu-ai-act", found);
        foreach (var path in found.Where(path => path.Count('/') == 1))
        {
            using var response = await GetAsync(path);
            Assert.Equal(200, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task There_is_no_part_of_the_sitemap_behind_the_last()
    {
        foreach (var part in (string[])["models-1", "acts-0", "models--1", "pages-99999999999"])
        {
            using var response = await site.Server.Client.GetAsync($"/sitemaps/{part}.xml", Cancel);
            Assert.Equal(404, (int)response.StatusCode);
        }
    }

    [Theory]
    [InlineData("/register?sort=name&search=llama&before=", "/register?search=llama&sort=name")]
    [InlineData("/laws/eu-ai-act?x=y", "/laws/eu-ai-act")]
    [InlineData("/", "/")]
    public async Task A_page_says_its_one_address_and_what_it_is(string asked, string canonical)
    {
        using var response = await GetAsync(asked);
        var page = await response.Content.ReadAsStringAsync(Cancel);

        var whole = new Uri(site.Server.Client.BaseAddress!, canonical).ToString();
        Assert.Contains(
            $"<link rel=\"canonical\" href=\"{whole.Replace("&", "&amp;", Ordinal)}\">",
            page,
            Ordinal
        );
        Assert.Matches("<meta name=\"description\" content=\"[^\"]{40,}\">", page);
        Assert.Matches("<meta property=\"og:title\" content=\"[^\"]+\">", page);
    }

    [Fact]
    public async Task Others_show_a_link_to_a_page_with_the_card()
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript: true);
        var page = browsing.Page;
        await page.GotoAsync(site.Addresses["registered model"]);
        async Task<string> Of(string meta) =>
            (await page.Locator($"meta[{meta}]").GetAttributeAsync("content"))!;

        Assert.Equal("summary_large_image", await Of("name='twitter:card'"));
        Assert.NotEmpty(await Of("property='og:image:alt'"));
        var card = new Uri(await Of("property='og:image'"));
        Assert.Equal(site.Server.Client.BaseAddress!.Authority, card.Authority);
        using var answer = await site.Server.Client.GetAsync(card, Cancel);
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.MediaType);
        // What others show must not be for this site alone.
        Assert.Equal(
            "cross-origin",
            answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single()
        );
        var size = await page.EvaluateAsync<int[]>(
            """
            async address => {
              const image = await createImageBitmap(await (await fetch(address)).blob());
              return [image.width, image.height];
            }
            """,
            card.ToString()
        );
        Assert.Equal([1200, 630], size);
        Assert.Equal("1200", await Of("property='og:image:width'"));
        Assert.Equal("630", await Of("property='og:image:height'"));
    }

    [Fact]
    public async Task A_page_about_a_problem_is_no_page_of_its_own()
    {
        using var response = await GetAsync("/models/nothing");

        Assert.DoesNotContain(
            "canonical",
            await response.Content.ReadAsStringAsync(Cancel),
            Ordinal
        );
    }

    [Theory]
    [InlineData("/register")]
    [InlineData("/acts")]
    [InlineData("/laws/eu-ai-act")]
    [InlineData("registered model")]
    [InlineData("party")]
    public async Task A_page_that_changes_has_a_feed(string kind)
    {
        using var response = await GetAsync(site.Addresses.GetValueOrDefault(kind, kind));
        var link = Feed().Match(await response.Content.ReadAsStringAsync(Cancel));

        Assert.True(link.Success);
        using var feed = await GetAsync(link.Groups["to"].Value);
        Assert.Equal("application/atom+xml", feed.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(
            XElement
                .Parse(await feed.Content.ReadAsStringAsync(Cancel))
                .Elements(XNamespace.Get("http://www.w3.org/2005/Atom") + "entry")
        );
    }

    private async Task<List<string>> LocationsAsync(string address) =>
        [
            .. XElement
                .Parse(await site.Server.Client.GetStringAsync(address, Cancel))
                .Descendants(s_map + "loc")
                .Select(location => location.Value),
        ];

    private async Task<HttpResponseMessage> GetAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept", "text/html,*/*;q=0.8");
        return await site.Server.Client.SendAsync(request, Cancel);
    }

    [GeneratedRegex(
        "rel=\"alternate\" type=\"application/atom.xml\" title=\"[^\"]+\" href=\"(?<to>[^\"]+)\"",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Feed();
}
