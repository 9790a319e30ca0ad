using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Deadlines;
using Concord.Authority.Web.Filing;
using Concord.Authority.Web.Languages;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// All that concerns a party on one page: its models, what is due, what waits for it, who speaks
/// for it. What is public needs nothing; the rest comes when a passkey of the party has signed for
/// it, and stays when nobody has.
/// </summary>
/// <param name="site">What pages read.</param>
public sealed class PartyHomePage(PublicSite site) : SigningPage(site)
{
    private const int Shown = 50;
    private const int ActsShown = 10;

    /// <summary>How many rows a list has at most.</summary>
    public static int Most => Shown;

    /// <summary>The party whose page it is.</summary>
    public Party Subject { get; private set; } = null!;

    /// <summary>How many models it registered.</summary>
    public int ModelCount { get; private set; }

    /// <summary>The models that it registered, newest first.</summary>
    public IReadOnlyList<Model> Models { get; private set; } = [];

    /// <summary>What is due about it, overdue first.</summary>
    public IReadOnlyList<DueLine> Due { get; private set; } = [];

    /// <summary>The proposals that its signature comes next for.</summary>
    public IReadOnlyList<JointState> Proposals { get; private set; } = [];

    /// <summary>The findings on its models, newest first.</summary>
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    /// <summary>Its appeals, newest first.</summary>
    public IReadOnlyList<AppealRecord> Appeals { get; private set; } = [];

    /// <summary>Its keys, ended ones last.</summary>
    public IReadOnlyList<KeyRecord> Keys =>
        [
            .. Subject
                .Keys.Select(key => World.Network.Keys[key])
                .OrderBy(key => key.IsActive(World.At) ? 0 : 1)
                .ThenBy(key => key.Role)
                .ThenBy(key => key.History.First().Index),
        ];

    /// <summary>What it can file by a form.</summary>
    public IEnumerable<Journey> Journeys => Web.Filing.Journeys.For(Subject);

    /// <summary>The last acts by it or about it.</summary>
    public Markup Acts =>
        ActList.Of(
            Site.Index.Find(World.Size, World.Size, isUpwards: false, null, Subject.Id.ToString())
                .Take(ActsShown)
                .Select(index => ActLines.At(Site, World, index))
        );

    /// <summary>What must be looked at, for the heading.</summary>
    public string Heading =>
        (Proposals.Count, Due.Count(line => line.IsOverdue(World.At))) switch
        {
            (0, 0) => Plainly($"{Subject.Name}: nothing waits that is public"),
            (0, var late) => Plainly($"{Subject.Name}: {Overdue(late)}"),
            var (waiting, _) => Plainly($"{Subject.Name}: {Waiting(waiting)}"),
        };

    /// <summary>The issuer of a request by which the rest is read.</summary>
    public string Issuer => World.Network.IssuerOf(Speaker!);

    /// <summary>Since when a key speaks for the party.</summary>
    public Markup Since(KeyRecord key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Site.Index.TickOf(key.History.First().Index) is { } at ? Times.Moment(at) : new();
    }

    /// <summary>What would be done, without who proposed it.</summary>
    public Markup Aim(JointState joint)
    {
        ArgumentNullException.ThrowIfNull(joint);
        return ActSentence.Aim(new(World), (JointAct)Site.Contents.Act(joint.Proposal).Act);
    }

    /// <summary>Shows the page of a party.</summary>
    public IActionResult OnGet([FromRoute] string id)
    {
        if (
            !ShortId.TryParse(id, PartyId.Letter, out var index)
            || World.Network.Parties.Find(new(index)) is not { } party
        )
        {
            return this.Fail(
                new(Problems.NotFound, $"no party has the id {id}; /parties lists them all")
                {
                    Where = "id",
                }
            );
        }

        Subject = party;
        var key = Request.Query["key"];
        Read($"/parties/{party.Id}/home", [new("party", $"{party.Id}"), new("key", key)], []);
        Find(party.Id);
        return Page();
    }

    /// <inheritdoc/>
    protected override bool MayUse(KeyRole? role) => true;

    private static string Overdue(int lines) =>
        Speech.Count(lines, "one thing is overdue", "{0} things are overdue");

    private static string Waiting(int acts) =>
        Speech.Count(acts, "one act waits for your signature", "{0} acts wait for your signature");

    private void Find(PartyId id)
    {
        var models = World.Registry.ModelsOf.Find(id) ?? Enumerable.Empty<ModelId>();
        ModelCount = models.Count();
        Models = [.. models.Take(Shown).Select(one => World.Registry.Models[one])];
        Due = [.. Site.Due.Of(World).Where(line => line.Party == id).Take(Shown)];
        Proposals =
        [
            .. World.Network.Proposals.Where(one => Countersigning.NextOf(World, one) == id),
        ];
        Findings =
        [
            .. (World.Registry.Findings ?? Enumerable.Empty<Finding>())
                .Where(one => IsOf(one.Subject, id) || IsOf(one.Other, id))
                .Take(Shown),
        ];
        Appeals =
        [
            .. World
                .Network.Appeals.All.Values.Where(one => one.Act.By == id)
                .OrderByDescending(one => one.Id.Index)
                .Take(Shown),
        ];
    }

    private bool IsOf(SubjectId subject, PartyId id) =>
        World.Registry.ModelOf(subject)?.Developer == id;
}
