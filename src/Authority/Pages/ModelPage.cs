using Concord.Acts;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Charts;
using Concord.Authority.Web.Subjects;
using Concord.Authority.Web.Tables;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>A model: what is known, what law asks, where it comes from, what was filed.</summary>
/// <param name="site">What pages read.</param>
public sealed class ModelPage(PublicSite site) : SitePage(site)
{
    private const int ActsMax = 100;
    private const int MatchesMax = 20;

    /// <summary>The model.</summary>
    public Model Subject { get; private set; } = null!;

    /// <summary>Its standing with what flows to it from what it was made from.</summary>
    public EffectiveStanding Standing { get; private set; } = null!;

    /// <summary>Its facts.</summary>
    public IReadOnlyList<Fact> Facts { get; private set; } = [];

    /// <summary>What each law says of it.</summary>
    public IReadOnlyList<LawReading> Laws { get; private set; } = [];

    /// <summary>Its lineage.</summary>
    public ModelLineage Lineage { get; private set; } = null!;

    /// <summary>Its releases, newest first.</summary>
    public IReadOnlyList<ReleaseRecord> Releases { get; private set; } = [];

    /// <summary>The acts about it, newest first.</summary>
    public IReadOnlyList<ActLine> Acts { get; private set; } = [];

    /// <summary>How many acts there are.</summary>
    public int ActCount { get; private set; }

    /// <summary>Reads the model; a report that is answered leads to its registration.</summary>
    public IActionResult OnGet(string id)
    {
        if (
            !ShortId.TryParse(id, ModelId.Letter, out var index)
            || World.Registry.Models.Find(new(index)) is not { } model
        )
        {
            return this.Fail(RegistryApi.NoModel(id));
        }

        if (model.AnsweredBy is { } registration)
        {
            return To(ModelWords.Href(registration));
        }

        Subject = model;
        Standing = Descent.StandingOf(World, SubjectId.Of(model.Id))!;
        var columns = LawChoice.Default(Site.RegisterOf(HttpContext).Columns);
        Facts = ModelFacts.Of(World, model, Thresholds.Of(columns));
        Laws = LawReading.Of(World, model, columns);
        Lineage = ModelLineage.Of(World, model);
        Releases =
        [
            .. (model.Releases ?? Enumerable.Empty<ReleaseId>()).Select(one =>
                World.Registry.Releases[one]
            ),
        ];
        var acts = ModelActs.Of(World, model).ToList();
        ActCount = acts.Count;
        Acts = [.. acts.Take(ActsMax).Select(one => ActLines.At(Site, World, one))];
        return Page();
    }

    /// <summary>The one thing about this model that a reader must not miss.</summary>
    public (string Style, Markup Head, Markup Body) Note() => StandingNote() ?? LawNote();

    private (string Style, Markup Head, Markup Body)? StandingNote()
    {
        var standing = Standing.Own;
        if (standing.State is StandingState.Suspended)
        {
            return (
                "c-note--suspended",
                standing.Until is { } until
                    ? Say($"Suspended by the authority until {Times.Long(until)}.")
                    : Markup.Of($"Suspended by the authority. No end is set."),
                Markup
                    .Of($"Decided by {Act(standing.DecidedBy)}. {Appeal(standing.DecidedBy)}")
                    .Add(Contested ?? new Markup())
            );
        }

        if (standing.Stayed is { } stayed)
        {
            return (
                "c-note--suspended",
                Markup.Words(
                    Say("A suspension has no effect until the appeal against it is decided.")
                ),
                Markup.Of($"Suspended by {Act(stayed.DecidedBy)}. {Appeal(stayed.DecidedBy)}")
            );
        }

        if (Standing.MarkedBy.Count > 0)
        {
            return (
                "c-note--suspended",
                Markup.Words(Say("Made from something that is suspended or withdrawn.")),
                Markup
                    .Of($"Its own standing is unchanged; the mark came with its lineage: ")
                    .Add(Prose.List([.. Standing.MarkedBy.Select(new Names(World).Subject)]))
                    .Text(".")
            );
        }

        return Contested is { } contested
            ? (
                "c-note--due",
                Markup.Words(
                    Say("What decided its standing is contested, and counts until it is void.")
                ),
                contested
            )
            : null;
    }

    private Markup? Contested
    {
        get
        {
            var names = new Names(World);
            var entries = Site.ContestedIn(World, Standing.Own.DecidedBy);
            return entries.Count == 0
                ? null
                : entries.Aggregate(
                    new Markup(),
                    (said, one) =>
                        said.Text(" ")
                            .Add(names.Act(one.Id))
                            .Text(": ")
                            .Add(DoubtWords.Of(names, one.Doubt))
                );
        }
    }

    private (string Style, Markup Head, Markup Body) LawNote()
    {
        var yes = Of(StateKind.Yes);
        var open = Of(StateKind.Undetermined);
        if (yes.Count > 0)
        {
            return (
                "c-note--due",
                Markup.Of($"By what is known, the answer is Yes under {Named(yes)}."),
                open.Count == 0
                    ? Markup.Words(Say("Each holds under the assumption named with the law below."))
                    : Markup.Of($"Each under the assumption named with the law below. {Open(open)}")
            );
        }

        if (open.Count > 0)
        {
            return (
                "",
                Markup.Of($"What is public does not decide it under {Named(open)}."),
                Markup.Of($"{Because(open[0])} Undetermined is neither a breach nor a clearance.")
            );
        }

        return Of(StateKind.NoFigure).Count > 0
            ? (
                "c-note--plain",
                Markup.Words(Say("Nobody has published how much compute went into it.")),
                Markup.Words(Say("The laws that ask for a figure cannot be answered without one."))
            )
            : (
                "c-note--plain",
                Markup.Words(Say("No law that is applied here answers Yes.")),
                Markup.Words(Say("Below every threshold on every estimate, or not of the kind."))
            );
    }

    /// <summary>Until when a decision can be appealed, or what became of an appeal.</summary>
    public Markup Appeal(long decision) => AppealWords.Of(World, decision);

    /// <summary>A link to an act.</summary>
    public static Markup Act(long index) =>
        new Markup().Leaf(
            "a",
            Plainly($"act {Figures.Count(index)}"),
            ("class", "govuk-link"),
            ("href", $"/acts/{new ActId(index)}")
        );

    /// <summary>How many copies run where: a count of a release's deployments by country.</summary>
    public IReadOnlyList<(string Country, int Count)> Deployments(ReleaseRecord release) =>
        [
            .. (release.Deployments ?? Enumerable.Empty<DeploymentId>())
                .Select(id => World.Registry.Deployments[id])
                .Where(one => !one.IsWithdrawn)
                .GroupBy(one => one.Act.Country, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (ModelWords.Country(group.Key), group.Count())),
        ];

    /// <summary>What was filed on the weights of a release: fingerprints, then matches.</summary>
    public IReadOnlyList<Markup> WeightsLines(ReleaseRecord release)
    {
        ArgumentNullException.ThrowIfNull(release);
        var names = new Names(World);
        var matches = Recognition.MatchesOf(World, release.Id).ToList();
        var lines = World
            .Lineage.Weights.PrintsOf(release.Id)
            .Select(print =>
                WithOffer(
                    Markup.Of($"Fingerprint by {names.Party(print.By)}: {names.Act(print.Id)}"),
                    print.Id,
                    release
                )
            )
            .Concat(
                matches
                    .Take(MatchesMax)
                    .Select(one => WithOffer(MatchWords.Line(World, one), one.Id, release))
            );
        return matches.Count > MatchesMax
            ?
            [
                .. lines,
                Markup.Of(
                    $"{Linked($"/releases/{release.Id}/weights?format=json", Say("All as JSON"))}"
                ),
            ]
            : [.. lines];
    }

    // What others say of a release, its developer may dispute.
    private Markup WithOffer(Markup line, ActId act, ReleaseRecord release) =>
        DisputeWords.Offer(World, act, release.Developer) is { } offer
            ? line.Text(" ").Add(offer)
            : line;

    /// <summary>The drawings of its lineage.</summary>
    public (Markup Wide, Markup Narrow) Drawing() =>
        (
            LineageGraph.Wide("lineage", Lineage.Self, Lineage.Parents, Lineage.Children),
            LineageGraph.Narrow("lineage-narrow", Lineage.Self, Lineage.Parents, Lineage.Children)
        );

    // Laws that turn on a number; the others answer by assumption nearly alone.
    private List<LawReading> Of(StateKind state) =>
        [.. Laws.Where(one => one.State == state && one.Column.Headline.Quantity is not null)];

    private Markup Open(List<LawReading> open) =>
        Markup.Of($"Undetermined under {Named(open)}. {Because(open[0])}");

    private Markup? Because(LawReading law) => Undecided.Why(World, Subject, law.Column, law.State);

    private static Markup Named(List<LawReading> laws) =>
        Prose.List([.. laws.Select(one => Markup.Words(one.Column.Book.Short))]);
}
