using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Charts;
using Concord.Authority.Web.Subjects;
using Concord.Measures.Weights;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;
using Microsoft.AspNetCore.Mvc;

namespace Concord.Authority.Pages;

/// <summary>
/// One match, for somebody who must decide on an upload: what was found, what it is a derivative
/// of, how sure that is, where that stands, and who objects.
/// </summary>
/// <param name="site">What pages read.</param>
public sealed class MatchPage(PublicSite site) : SitePage(site)
{
    /// <summary>The match.</summary>
    public Match Match { get; private set; } = null!;

    /// <summary>The report of a found copy; null: it is evidence on a pair.</summary>
    public FoundCopy? Found => Match.Act as FoundCopy;

    /// <summary>The release that it was made from; null: it is none here.</summary>
    public ReleaseRecord? Origin { get; private set; }

    /// <summary>The release that was made; null: nobody has registered it.</summary>
    public ReleaseRecord? Made { get; private set; }

    /// <summary>The standing of what it was made from.</summary>
    public EffectiveStanding? Standing { get; private set; }

    /// <summary>What the register counts out of the log; null: it cannot.</summary>
    public PairEvidence? Pair { get; private set; }

    /// <summary>Who objects, newest first.</summary>
    public IReadOnlyList<Objection> Objections { get; private set; } = [];

    /// <summary>What it comes to.</summary>
    public string Heading => MatchWords.Heading(World, Match);

    /// <summary>The colour of the verdict.</summary>
    public string Style =>
        !Recognition.Bears(World, Match) ? "c-note--plain"
        : Standing is { IsBarred: true } or { MarkedBy.Count: > 0 } ? "c-note--suspended"
        : "c-note--due";

    /// <summary>The drawing, wide and narrow.</summary>
    public (Markup Wide, Markup Narrow) Drawing() =>
        (
            AgreementChart.Draw("agreement", Pair!.Layers, isNarrow: false),
            AgreementChart.Draw("agreement-narrow", Pair.Layers, isNarrow: true)
        );

    /// <summary>Shows it.</summary>
    public IActionResult OnGet(string id)
    {
        if (MatchesApi.Find(World, id) is not { } match)
        {
            return this.Fail(MatchesApi.NoMatch(id));
        }

        Match = match;
        var releases = World.Registry.Releases;
        Origin = Recognition.ReleaseOf(World, match.Parent) is { } parent ? releases[parent] : null;
        Made = Recognition.ChildOf(World, match) is { } child ? releases[child] : null;
        Standing = MatchWords.StandingOf(World, match);
        Pair = Counting.Compare(World, match);
        Objections = [.. World.Lineage.Weights.ObjectionsTo(match.Id)];
        return Page();
    }
}
