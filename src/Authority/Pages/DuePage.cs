using Concord.Authority.Web;
using Concord.Authority.Web.Deadlines;
using Concord.Authority.Web.Languages;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>What is due, as far as that is public.</summary>
/// <param name="site">What pages read.</param>
public sealed class DuePage(PublicSite site) : SitePage(site)
{
    private const int LinesMax = 200;

    /// <summary>All of it.</summary>
    public IReadOnlyList<DueLine> All => Site.Due.Of(World);

    /// <summary>What the page shows.</summary>
    public IEnumerable<DueLine> Shown => All.Take(LinesMax);

    /// <summary>The answer.</summary>
    public string Heading =>
        All.Count(line => line.IsOverdue(World.At)) switch
        {
            0 => Say("Nothing that is public is overdue"),
            var count => Speech.Count(count, "One thing is overdue", "{0} things are overdue"),
        };
}
