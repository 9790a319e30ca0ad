using Microsoft.Playwright;

namespace Concord.Hosts.Browser;

/// <summary>A page that is closed when the test is done.</summary>
internal sealed class Browsing : IAsyncDisposable
{
    private Browsing(IPage page) => Page = page;

    public IPage Page { get; }

    public static async Task<Browsing> OpenAsync(BrowsedSite site, bool hasScript) =>
        new(await site.NewPageAsync(hasScript));

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}
