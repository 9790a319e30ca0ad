using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>What holds for every page, whatever it shows.</summary>
[Collection(typeof(SiteCollection))]
public sealed class PageTests(BrowsedSite site)
{
    private static readonly AxeRunOptions s_all = Only(
        "tag",
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice"
    );

    // The dark page is the light one in other colours: what is not about colour was judged there.
    private static readonly AxeRunOptions s_colour = Only(
        "rule",
        "color-contrast",
        "link-in-text-block"
    );

    /// <summary>Every kind of page: an address, or a name that the site gives one to.</summary>
    public static TheoryData<string> Kinds =>
        [
            "/",
            "/register",
            "/register?search=no-such-model",
            "/find?q=llama",
            "registered model",
            "reported model",
            "release",
            "/laws",
            "/laws/eu-ai-act",
            "/laws/concord-readings",
            "/acts",
            "/acts?type=network/site/1",
            "registration",
            "report",
            "proposal",
            "sealed act",
            "genesis",
            "/log",
            "/parties",
            "party",
            "/authority",
            "key",
            "/about",
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

        await page.CloseAsync();
        Assert.True(found.Count == 0, string.Join('\n', found));
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    /// <summary>What the browser complains of: content security policy, missing files.</summary>
    private static List<string> Listen(IPage page)
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
        page.RequestFailed += (_, request) => errors.Add($"{request.Url}: {request.Failure}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400 && !response.Request.IsNavigationRequest)
            {
                errors.Add($"{response.Url}: {response.Status}");
            }
        };
        return errors;
    }

    private static async Task<IEnumerable<string>> LookAsync(
        IPage page,
        AxeRunOptions rules,
        string how
    )
    {
        var axe = await page.RunAxe(rules);
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
        return axe
            .Violations.Select(one =>
                $"{how}: {one.Id}: {one.Help}: "
                + string.Join(", ", one.Nodes.Select(node => node.Html).Take(3))
            )
            .Concat(tooWide is null ? [] : [$"{how}: {overflow} px too wide: {tooWide}"]);
    }

    // Whatever passes is not reported: its list is long, and nobody reads it.
    private static AxeRunOptions Only(string type, params List<string> values) =>
        new()
        {
            RunOnly = new() { Type = type, Values = values },
            ResultTypes = [ResultType.Violations],
        };
}
