using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>What holds for every page, whatever it shows.</summary>
[Collection(typeof(SiteCollection))]
public sealed class PageTests(BrowsedSite site)
{
    private static readonly string s_axe = new BundledAxeScriptProvider().GetScript();

    private static readonly string[] s_all =
    [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
    ];

    // The dark page is the light one in other colours: what is not about colour was judged there.
    private static readonly string[] s_colour = ["color-contrast", "link-in-text-block"];

    /// <summary>Every kind of page: an address, or a name that the site gives one to.</summary>
    public static TheoryData<string> Kinds =>
        [
            "/",
            "/register",
            "/register?search=no-such-model",
            "/register?search=lama+3.1+405x",
            "/find?q=llama",
            "registered model",
            "model with a found copy",
            "match",
            "report of a found copy",
            "standing of a found copy",
            "reported model",
            "release",
            "certificate",
            "certificate of a release",
            "/standing",
            "/standing?asked=tern",
            "standing",
            "standing of what was reported",
            "/standing/sha256:0000000000000000000000000000000000000000000000000000000000000000",
            "/standing/no-such-thing",
            "/laws",
            "/laws/eu-ai-act",
            "/laws/concord-readings",
            "/laws/compare",
            "/laws/compare?a=eu-ai-act&b=california-sb53",
            "/acts",
            "/acts?type=network/site/1",
            "registration",
            "report",
            "proposal",
            "sealed act",
            "genesis",
            "/log",
            "/due",
            "/parties",
            "party",
            "home of a party",
            "/authority",
            "/authority/performance",
            "key",
            "/join",
            "/apply",
            "/apply?check=yes&lei=1",
            "/apply?check=yes&name=Gull+Labs&country=CH&role=developer&holder=compliance",
            "/join?invitation=A-0000-0000",
            "/file/register-model",
            "/file/register-model?party=P-0000-0000",
            "/before-you-file",
            "/before-you-file?modality=text&training=finished&low=3e25&high=4e25&profile=concord"
                + "&state=so_far&weights=open&country=CH&fact=generality=general&check=yes",
            "/before-you-file?training=never&low=much&profile=x&country=Utopia&fact=x&check=yes",
            "/inbox",
            "/inbox?institution=board",
            "/officers/passkey",
            "/read",
            "/read?party=P-0000-0000",
            "decision",
            "/decide/standing?subject=M-0000-0000",
            "question",
            "notices to confirm",
            "notices to end",
            "/decide/ask",
            "/decide/appoint",
            "/decide/ask?subject=M-0000-0000",
            "/file/release",
            "/file/derive",
            "/file/deploy",
            "/file/transfer",
            "/file/answer",
            "/file/amend",
            "/file/correct",
            "/file/withdraw",
            "/file/dispute",
            "/file/appeal",
            "/drafts",
            "/bulk",
            "/bulk?party=P-0000-0000",
            "joint act to be signed",
            "/about",
            "/api",
            "/accessibility",
            "/problems",
            "/problems/refused",
            "/nothing-of-the-kind",
            "explanation",
        ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_page_is_accessible_and_fits_wide_and_narrow_light_and_dark(string kind)
    {
        var page = await site.NewPageAsync();
        var errors = Listen(page);
        await page.GotoAsync(site.Addresses.GetValueOrDefault(kind, kind));

        var found = await JudgeAsync(page);
        await page.CloseAsync();
        Assert.True(found.Count == 0, string.Join('\n', found));
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    /// <summary>What is wrong with a page as it stands, wide and narrow, light and dark.</summary>
    internal static async Task<List<string>> JudgeAsync(IPage page)
    {
        await page.EvaluateAsync(s_axe);
        var found = new List<string>();
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            foreach (var width in (int[])[1280, 320])
            {
                await page.SetViewportSizeAsync(width, 900);
                var rules = scheme is ColorScheme.Light ? s_all : s_colour;
                found.AddRange(await LookAsync(page, rules, $"{scheme} {width}"));
            }
        }

        return found;
    }

    [Fact]
    public async Task Whoever_judges_pages_notices_a_picture_without_words_and_a_sheet_too_wide()
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript: true);
        await browsing.Page.GotoAsync("/about");
        await browsing.Page.EvaluateAsync(s_axe);
        await browsing.Page.EvaluateAsync(
            "document.querySelector('main').insertAdjacentHTML('beforeend',"
                + " '<svg role=\"img\" width=\"2000\" height=\"9\"></svg>')"
        );

        var found = (await LookAsync(browsing.Page, s_all, "now")).ToList();

        Assert.Contains(found, one => one.Contains("svg-img-alt", StringComparison.Ordinal));
        Assert.Contains(found, one => one.Contains("px too wide", StringComparison.Ordinal));
    }

    /// <summary>What the browser complains of: content security policy, missing files.</summary>
    internal static List<string> Listen(IPage page)
    {
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            // A page about a problem comes with the problem's status, which chromium logs.
            var isItsStatus =
                message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
                && message.Location.StartsWith(page.Url, StringComparison.Ordinal);
            if (message.Type is "error" or "warning" && !isItsStatus)
            {
                errors.Add($"{message.Text} at {message.Location}");
            }
        };
        page.PageError += (_, error) => errors.Add(error);
        var answered = new HashSet<IRequest>();
        page.RequestFailed += (_, request) =>
        {
            // Chromium says so too of an answer that a script has read to its last byte.
            var isHeard =
                request.Failure is "net::ERR_ABORTED"
                && answered.Contains(request)
                && new Uri(request.Url).AbsolutePath is "/acts/foresee" or "/acts/bulk";
            if (!isHeard)
            {
                errors.Add($"{request.Url}: {request.Failure}");
            }
        };
        page.Response += (_, response) =>
        {
            answered.Add(response.Request);
            if (response.Status >= 400 && !response.Request.IsNavigationRequest)
            {
                errors.Add($"{response.Url}: {response.Status}");
            }
        };
        return errors;
    }

    private static async Task<IEnumerable<string>> LookAsync(IPage page, string[] rules, string how)
    {
        var violations = await page.EvaluateAsync<string[]>(
            """
            async ([type, values]) =>
              (await axe.run(document, { runOnly: { type, values }, resultTypes: ['violations'] }))
                .violations.map(one => `${one.id}: ${one.help}: `
                  + one.nodes.slice(0, 3).map(node => node.html).join(', '))
            """,
            new object[] { rules == s_all ? "tag" : "rule", rules }
        );
        var overflow = await page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        );
        var tooWide =
            overflow <= 0
                ? null
                : await page.EvaluateAsync<string>(
                    """
                    [...document.querySelectorAll('main *, header *, footer *')]
                      .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
                      .slice(-3).map(one => one.outerHTML.slice(0, 120)).join(' … ')
                    """
                );
        return violations
            .Concat(tooWide is null ? [] : [$"{overflow} px too wide: {tooWide}"])
            .Select(found => $"{how}: {found}");
    }
}
