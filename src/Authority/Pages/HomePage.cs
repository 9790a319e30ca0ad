using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Web;
using Concord.Authority.Web.Deadlines;
using Concord.Authority.Web.Tables;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// The front page: the question, how far it can be answered, and what was done last.
/// </summary>
/// <param name="site">What pages read.</param>
public sealed class HomePage(PublicSite site) : SitePage(site)
{
    private const int ActsShown = 6;
    private const int DueMax = 6;

    /// <summary>The register.</summary>
    public RegisterTable Table { get; private set; } = null!;

    /// <summary>The laws.</summary>
    public IReadOnlyList<RegisterColumn> Laws { get; private set; } = [];

    /// <summary>The last acts that are no ticks, newest first.</summary>
    public IReadOnlyList<ActLine> Latest { get; private set; } = [];

    /// <summary>What is due next, as far as that is public.</summary>
    public DueShown Due => new(Site.Due.Of(World).Take(DueMax), World.At);

    /// <summary>What an answer means in the heading column.</summary>
    public static string Means(StateKind answer) =>
        answer switch
        {
            StateKind.Yes => Say("even on the lowest estimate"),
            StateKind.Undetermined => Say("what is known reaches both sides"),
            StateKind.No => Say("below on every estimate, or not of the kind"),
            _ => Say("no public figure of its compute"),
        };

    /// <summary>Reads the register and the log.</summary>
    public void OnGet()
    {
        Table = Site.RegisterOf(HttpContext);
        Laws = LawChoice.Default(Table.Columns);
        Latest =
        [
            .. Site
                .Index.Find(World.Size, World.Size, isUpwards: false, type: null, speaker: null)
                .Where(index => Site.Index.TypeOf(index).Record != typeof(Tick))
                .Take(ActsShown)
                .Select(index => ActLines.At(Site, World, index)),
        ];
    }
}
