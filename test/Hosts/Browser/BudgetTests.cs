using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>
/// What a page may cost whoever opens it first: at most 100 KB over the line without pictures, and
/// nothing that moves while it loads.
/// </summary>
[Collection(typeof(SiteCollection))]
public sealed class BudgetTests(BrowsedSite site)
{
    private const long BytesMost = 100_000;

    /// <summary>The kinds of pages, without those that are a problem.</summary>
    public static TheoryData<string> Kinds =>
        [
            "/",
            "/register",
            "/register?search=lama+3.1+405",
            "registered model",
            "match",
            "reported model",
            "release",
            "explanation",
            "/laws",
            "/laws/eu-ai-act",
            "/laws/compare?a=eu-ai-act&b=california-sb53",
            "/acts",
            "registration",
            "proposal",
            "genesis",
            "/log",
            "/parties",
            "party",
            "home of a party",
            "/authority",
            "/authority/performance",
            "/due",
            "/standing",
            "/before-you-file",
            "/inbox",
            "decision",
            "question",
            "/file/register-model",
            "/fr/file/register-model",
            "/ar/standing",
            "/file/release",
            "/bulk",
            "/drafts",
            "/apply",
            "/join",
            "/read",
            "/about",
            "/api",
        ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_first_visit_is_within_the_budget_and_nothing_moves(string kind)
    {
        var page = await site.NewPageAsync();
        var network = await page.Context.NewCDPSessionAsync(page);
        await network.SendAsync("Network.enable");
        await network.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        var (bytes, types) = (
            new Dictionary<string, double>(StringComparer.Ordinal),
            new Dictionary<string, string>(StringComparer.Ordinal)
        );
        network.Event("Network.responseReceived").OnEvent += (_, seen) =>
            types[seen!.Value.GetProperty("requestId").GetString()!] = seen
                .Value.GetProperty("type")
                .GetString()!;
        network.Event("Network.loadingFinished").OnEvent += (_, seen) =>
            bytes[seen!.Value.GetProperty("requestId").GetString()!] = seen
                .Value.GetProperty("encodedDataLength")
                .GetDouble();

        await page.GotoAsync(
            site.Addresses.GetValueOrDefault(kind, kind),
            new() { WaitUntil = WaitUntilState.NetworkIdle }
        );
        var moved = await page.EvaluateAsync<double>(
            """
            () => new Promise(done => {
              let sum = 0;
              new PerformanceObserver(list => {
                for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value;
              }).observe({ type: 'layout-shift', buffered: true });
              setTimeout(() => done(sum), 200);
            })
            """
        );
        await page.CloseAsync();

        var total = bytes
            .Where(one => types.GetValueOrDefault(one.Key) is not "Image")
            .Sum(one => one.Value);
        Assert.InRange(total, 1, BytesMost);
        // Less than this nobody sees (Core Web Vitals call 0.1 good).
        Assert.InRange(moved, 0, 0.01);
    }
}
