using Concord.Authority.Web;
using Concord.Authority.Web.Languages;
using Concord.Rooms.Network;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>The rulebooks that the authority applies.</summary>
/// <param name="site">What pages read.</param>
public sealed class LawsPage(PublicSite site) : SitePage(site)
{
    /// <summary>The edition of each rulebook that applies, in the order of adoption.</summary>
    public IReadOnlyList<AdoptedRulebook> Books =>
        [
            .. World
                .Network.Rulebooks.GroupBy(one => one.Book.Id, StringComparer.Ordinal)
                .Select(group => World.Network.RulebookOn(group.Key, World.At.Day) ?? group.Last()),
        ];

    /// <summary>Those that are law: they ask a question of a model.</summary>
    public IEnumerable<AdoptedRulebook> Laws =>
        Books
            .Where(one => one.Book.Headline is not null)
            .OrderBy(one => LawWords.IsInForce(one, World.At) ? 0 : 1);

    /// <summary>Those that say how public sources are read.</summary>
    public IEnumerable<AdoptedRulebook> Readings => Books.Where(one => one.Book.Headline is null);

    /// <summary>The heading: how many, and how many of them are in force.</summary>
    public string Answer
    {
        get
        {
            var all = Laws.Count();
            var inForce = Laws.Count(one => LawWords.IsInForce(one, World.At));
            return all == 0 ? Say("No law is applied here yet")
                : inForce == all
                    ? Speech.Count(all, "{0} law is applied here", "{0} laws are applied here")
                : Plainly(
                    $"{Speech.Count(all, "{0} law", "{0} laws")}, {inForce} of them in force"
                );
        }
    }

    /// <summary>How many known models a law catches, by its four answers.</summary>
    public Markup Known(string law) => KnownModels.Counts(Site.RegisterOf(HttpContext), law);
}
