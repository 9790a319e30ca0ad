namespace Concord.Authority.Web;

/// <summary>What the pages read; they never write.</summary>
/// <param name="chrome">What stands around every page, now.</param>
public sealed class PublicSite(Func<SiteChrome> chrome)
{
    /// <summary>What stands around every page, now.</summary>
    public SiteChrome Chrome => chrome();
}
