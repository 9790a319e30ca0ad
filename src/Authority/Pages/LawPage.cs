using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Subjects;
using Concord.Rooms.Network;
using Concord.Rooms.Rulebooks;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>A rulebook as law: duties, paragraphs, definitions, what counts as compute.</summary>
/// <param name="site">What pages read.</param>
public sealed class LawPage(PublicSite site) : SitePage(site)
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    /// <summary>The edition that applies.</summary>
    public AdoptedRulebook Adopted { get; private set; } = null!;

    /// <summary>The rulebook.</summary>
    public Rulebook Book => Adopted.Book;

    /// <summary>The editions that were adopted, newest first.</summary>
    public IReadOnlyList<AdoptedRulebook> Editions { get; private set; } = [];

    /// <summary>What suspends it now.</summary>
    public Suspension? Suspended => LawWords.SuspensionOf(Book, Book.Zone.DayOf(World.At));

    /// <summary>How many known models it catches.</summary>
    public Markup Known => KnownModels.Counts(Site.RegisterOf(HttpContext), Book.Id);

    /// <summary>Shows the edition that applies today, else the newest.</summary>
    public IActionResult OnGet(string id)
    {
        Editions =
        [
            .. World
                .Network.Rulebooks.Where(one =>
                    string.Equals(one.Book.Id, id, StringComparison.Ordinal)
                )
                .Reverse(),
        ];
        if (Editions.Count == 0)
        {
            return this.Fail(
                new(Problems.NotFound, $"no rulebook {id} is adopted here; /laws lists them all")
            );
        }

        Adopted = World.Network.RulebookOn(id, World.At.Day) ?? Editions[0];
        Common =
            Book.Duties.Count < 2
                ? []
                :
                [
                    .. Rows(Book.Duties[0])
                        .Where(row =>
                            !Is(row.Name, Say("Applies when")) && !Is(row.Name, Say("By when"))
                        )
                        .Where(row =>
                            Book.Duties.All(duty => Rows(duty).Any(one => IsSame(one, row)))
                        ),
                ];
        return Page();
    }

    /// <summary>What every duty has in common, said once.</summary>
    public IReadOnlyList<Fact> Common { get; private set; } = [];

    /// <summary>The rows of a duty that are its own.</summary>
    public Markup Facts(Duty duty) =>
        FactList.WithoutSources(Rows(duty).Where(row => !Common.Any(one => IsSame(one, row))));

    /// <summary>A condition as a tree.</summary>
    public Markup Tree(Condition condition) => new ConditionTree(Book).Of(condition);

    /// <summary>From when a duty is in force, in words.</summary>
    public string Since(Duty duty) => DutyFacts.Since(duty.InForce ?? Book.InForce);

    /// <summary>The items of compute in the order in which profiles list them.</summary>
    public static IEnumerable<(string Item, CountingProfile.Counts Counts)> Items(
        CountingProfile profile
    ) =>
        CountingProfile
            .KnownItems.Where(profile.Items.ContainsKey)
            .Select(item => (Prose.Capital(Prose.Plain(item)), profile.Items[item]));

    private IEnumerable<Fact> Rows(Duty duty) => new DutyFacts(Book).Of(duty);

    private static bool Is(string name, string other) =>
        string.Equals(name, other, StringComparison.Ordinal);

    private static bool IsSame(Fact one, Fact other) =>
        string.Equals(one.Name, other.Name, StringComparison.Ordinal)
        && string.Equals($"{one.Value}{one.Range}", $"{other.Value}{other.Range}", Ordinal);
}
