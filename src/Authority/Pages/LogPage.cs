using Concord.Acts.Network;
using Concord.Authority.Web;
using Concord.Authority.Witnesses;
using Concord.Measures;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>The log as a whole: how to check it, how far it is, what was said last.</summary>
/// <param name="site">What pages read.</param>
public sealed class LogPage(PublicSite site) : SitePage(site)
{
    private const int LatestCount = 10;
    private const int LookedAt = 5_000;
    private const int Days = 7;

    /// <summary>The number of entries.</summary>
    public long Size => Site.SnapshotOf(HttpContext).Size;

    /// <summary>The root of the tree.</summary>
    public string Root => Site.SnapshotOf(HttpContext).Root.ToBase64();

    /// <summary>The signed checkpoint.</summary>
    public string Note => Site.SnapshotOf(HttpContext).Head.Note;

    /// <summary>How far the log is witnessed, and when it was last.</summary>
    public string Witnessed =>
        Site.Witnesses.Newest is { } head
            ? Plainly($"{Figures.Count(head.Size)} entries, last at {Times.Long(head.At)}")
        : Site.Witnesses.Witnesses.Count == 0
            ? Say("No witness is appointed: nobody but this authority has signed it.")
        : Say("Not yet: too few witnesses have cosigned it.");

    /// <summary>How far a witness is.</summary>
    public static string Says(AskedWitness witness)
    {
        ArgumentNullException.ThrowIfNull(witness);
        var state = witness.State;
        var seen = state.At is { } at
            ? Plainly($"{Figures.Count(state.Size)} entries, last at {Times.Long(at)}.")
            : Say("Has not cosigned yet.");
        return state.Fault is { } fault ? $"{seen} {fault}" : seen;
    }

    /// <summary>Where this site is, for commands.</summary>
    public string Address => $"{Request.Scheme}://{Request.Host}";

    /// <summary>The path of the first hash tile under <c>tile/</c>.</summary>
    public string FirstTile => Size < 256 ? $"0/000.p/{Size}" : "0/000";

    /// <summary>The path of the first bundle of entries under <c>tile/</c>.</summary>
    public string FirstBundle => Size < 256 ? $"entries/000.p/{Size}" : "entries/000";

    /// <summary>The days on which the log grew.</summary>
    public IReadOnlyList<LogGrowth> Growth => LogGrowth.Of(Site.Index, Size, Days);

    /// <summary>The newest acts but the clock's.</summary>
    public Markup Latest =>
        ActList.Of(
            Site.Index.Find(Size, Size, isUpwards: false, null, null)
                .Take(LookedAt)
                .Where(index => Site.Index.TypeOf(index).Record != typeof(Tick))
                .Take(LatestCount)
                .Select(index => ActLines.At(Site, World, index))
        );
}
