using Concord.Ledger;
using Concord.Measures;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web;

/// <summary>What stands around every page: who speaks, and as of which checkpoint.</summary>
/// <param name="Authority">The name of the authority.</param>
/// <param name="IsSandbox">Whether it is a sandbox, whose receipts prove nothing elsewhere.</param>
/// <param name="Origin">The origin of its log.</param>
/// <param name="Size">The number of entries of the published tree.</param>
/// <param name="Root">The root of that tree.</param>
/// <param name="At">The last tick in it; null before the first.</param>
/// <param name="Witnessed">How many of its first entries witnesses have cosigned.</param>
public sealed record SiteChrome(
    string Authority,
    bool IsSandbox,
    string Origin,
    long Size,
    Digest Root,
    Instant? At,
    long Witnessed
)
{
    /// <summary>How far witnesses have cosigned it, as the end of a sentence.</summary>
    public string WitnessedWords =>
        Witnessed >= Size ? Say("cosigned by witnesses")
        : Witnessed > 0
            ? Plainly($"cosigned by witnesses up to entry {Figures.Count(Witnessed - 1)}")
        : Say("not yet cosigned by witnesses");
}
