using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Rooms.Network;
using Concord.Rooms.Rulebooks;
using Microsoft.AspNetCore.Mvc;

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
                        .Where(row => row.Name is not ("Applies when" or "By when"))
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
    public string Since(Duty duty)
    {
        var days = duty.InForce ?? Book.InForce;
        return days.To is { } last
            ? $"in force from {Times.Long(days.From)} to {Times.Long(last)}"
            : $"in force from {Times.Long(days.From)}";
    }

    /// <summary>The items of compute in the order in which profiles list them.</summary>
    public static IEnumerable<(string Item, CountingProfile.Counts Counts)> Items(
        CountingProfile profile
    ) =>
        CountingProfile
            .KnownItems.Where(profile.Items.ContainsKey)
            .Select(item => (Prose.Capital(Prose.Plain(item)), profile.Items[item]));

    private IEnumerable<Fact> Rows(Duty duty)
    {
        yield return new("Whose duty", Prose.Of(Prose.Capital(duty.Who)));
        yield return new("Applies when", Tree(duty.Condition));
        if (duty.Trigger is { } trigger)
        {
            yield return new("Begins with", Tree(trigger));
        }

        yield return new("By when", Prose.Of(LawWords.Say(duty.Clock)))
        {
            Range =
                duty.OpenPart is { } open && duty.Clock is not Deadline.Open
                    ? Markup.Words($"And {open}.")
                    : null,
        };
        foreach (var exempt in duty.Exempt)
        {
            yield return new("Exempt", Prose.Of(Prose.Sentence(exempt.Says)))
            {
                Range = Markup.Words($"{Book.Cite(exempt.Cite)}. It counts only when shown."),
            };
        }

        foreach (var later in duty.NotBefore)
        {
            yield return new("Later for some", Deferral(later))
            {
                Range = Markup.Words(Book.Cite(later.Cite)),
            };
        }

        if (duty.Documents.Count > 0)
        {
            yield return new("To be filed or kept", Documents(duty));
        }

        yield return new("While facts are missing", Prose.Of(LawWords.Say(duty.OnUndetermined)));
        if (duty.Penalty is { } penalty)
        {
            yield return new("A breach may cost", Prose.Of(penalty));
        }

        if (duty.Note is { } note)
        {
            yield return new("Note", Prose.Of(note));
        }
    }

    private static bool IsSame(Fact one, Fact other) =>
        string.Equals(one.Name, other.Name, StringComparison.Ordinal)
        && string.Equals($"{one.Value}{one.Range}", $"{other.Value}{other.Range}", Ordinal);

    private static Markup Documents(Duty duty) =>
        Prose.List([
            .. duty.Documents.Select(document =>
                new Markup().Leaf("span", document, ("class", "c-code"))
            ),
        ]);

    private Markup Deferral(Deferral later)
    {
        var until = LawWords.Say(later.Until);
        return later.When switch
        {
            null => Prose.Of($"Not before {until}"),
            { Says: { } says } => Prose.Of($"Not before {until}: {says}"),
            Condition.Leaf leaf => Prose.Of($"Not before {until}: {Explanations.Say(leaf)}"),
            { } some => new Markup().Text($"Not before {until}:").Add(Tree(some)),
        };
    }
}
