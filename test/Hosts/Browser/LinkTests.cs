using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>Whatever a page links to is there.</summary>
[Collection(typeof(SiteCollection))]
public sealed partial class LinkTests(BrowsedSite site)
{
    // Pages of one kind are alike: so many of each are followed, and every kind is reached.
    private const int EachKind = 12;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_link_that_a_reader_can_follow_from_home_leads_somewhere()
    {
        var asked = new HashSet<string>(StringComparer.Ordinal) { "/" };
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        var waiting = new Queue<(string Address, string From)>([("/", "the start")]);
        foreach (var address in site.Addresses.Values.Where(asked.Add))
        {
            waiting.Enqueue((address, "the examples"));
        }

        var broken = new List<string>();
        while (waiting.TryDequeue(out var next))
        {
            var (status, page) = await GetAsync(next.Address);
            if (status != HttpStatusCode.OK)
            {
                broken.Add($"{next.Address}: {(int)status}, linked from {next.From}");
                continue;
            }

            foreach (var (address, fragment) in LinksOf(next.Address, page))
            {
                if (fragment.Length > 0 && address == next.Address && !HasId(page, fragment))
                {
                    broken.Add($"{next.Address} has no #{fragment}");
                }

                var kind = KindOf(address);
                if (asked.Contains(address) || kinds.GetValueOrDefault(kind) >= EachKind)
                {
                    continue;
                }

                asked.Add(address);
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                waiting.Enqueue((address, next.Address));
            }
        }

        Assert.True(broken.Count == 0, string.Join('\n', broken));
        foreach (
            var kind in (string[])
                ["/register", "/models/*", "/laws/*", "/acts/*", "/log", "/parties/*", "/keys/*"]
        )
        {
            Assert.Contains(kind, kinds.Keys);
        }
    }

    private static IEnumerable<(string Address, string Fragment)> LinksOf(string on, string page)
    {
        foreach (Match link in Link().Matches(page))
        {
            var parts = WebUtility.HtmlDecode(link.Groups["to"].Value).Split('#', 2);
            var address = parts[0].Length == 0 ? on : parts[0];
            if (address.StartsWith('/'))
            {
                yield return (address, parts.Length > 1 ? parts[1] : "");
            }
        }
    }

    private static bool HasId(string page, string id) =>
        page.Contains($"id=\"{id}\"", StringComparison.Ordinal);

    // /acts/A-0000-34EF/proof is one kind with /acts/A-0000-05BG/proof.
    private static string KindOf(string address) =>
        string.Join(
            '/',
            address
                .Split('?')[0]
                .Split('/')
                .Select((part, place) => place == 2 && !part.Contains('.') ? "*" : part)
        );

    private async Task<(HttpStatusCode Status, string Page)> GetAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        using var response = await site.Server.Client.SendAsync(request, Cancel);
        var isPage = response.Content.Headers.ContentType?.MediaType is "text/html";
        return (
            response.StatusCode,
            isPage ? await response.Content.ReadAsStringAsync(Cancel) : ""
        );
    }

    [GeneratedRegex(
        "(?:href|src|action)=\"(?<to>[^\"]*)\"",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Link();
}
