using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Deadlines;
using Concord.Authority.Web.Languages;
using Concord.Measures;
using Concord.Rooms.Network;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>How the authority does its own duties.</summary>
/// <param name="site">What pages read.</param>
public sealed class PerformancePage(PublicSite site) : SitePage(site)
{
    private const int WaitingMax = 100;
    private AuthorityRecord? _record;
    private IReadOnlyList<AuthorityRecord.Waiting>? _waits;

    private AuthorityRecord Record => _record ??= new(World);

    /// <summary>The decisions, by their kind.</summary>
    public IReadOnlyList<DecisionTimes> Decided => Record.Decided;

    /// <summary>What waits.</summary>
    public IReadOnlyList<AuthorityRecord.Waiting> Waits => _waits ??= Record.Waits;

    /// <summary>What waits, as far as the page shows it.</summary>
    public IEnumerable<AuthorityRecord.Waiting> WaitsShown => Waits.Take(WaitingMax);

    /// <summary>How appeals ended.</summary>
    public (int Upheld, int SetAside, int Open, int Late) Appeals => Record.Appeals;

    /// <summary>The refusals of the last days.</summary>
    public IReadOnlyList<RootedDay> Refused => Record.RefusedOn(PerformanceApi.Days);

    /// <summary>The refusals that are kept, by rule.</summary>
    public IReadOnlyList<(string Code, long Count)> Rules => Site.Refusals.Counts().ByRule;

    /// <summary>The answer.</summary>
    public string Heading
    {
        get
        {
            var late = Waits.Count(one => one.Due <= World.At);
            return Waits.Count == 0 ? Say("Nothing waits for this authority")
                : late > 0
                    ? Plainly(
                        $"{Figures.Count(Waits.Count)} wait for this authority, "
                            + $"{late} of them too long"
                    )
                : Speech.Count(
                    Waits.Count,
                    "One thing waits for this authority",
                    "{0} things wait for this authority"
                );
        }
    }

    /// <summary>How long something has waited.</summary>
    public string Waited(Instant since) =>
        DecisionTimes.Say(
            TimeSpan.FromMilliseconds(World.At.UnixMilliseconds - since.UnixMilliseconds)
        );
}
