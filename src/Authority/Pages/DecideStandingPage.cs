using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Subjects;
using Concord.Authority.Web.Tables;
using Concord.Measures;
using Concord.Rooms.Registry;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// A decision on a model or release: certificate, suspension, their ends. The first of two officers
/// proposes by it; what the other signs is the same text.
/// </summary>
/// <param name="site">What pages read.</param>
public sealed class DecideStandingPage(PublicSite site) : OfficerPage(site)
{
    private const int AlikeShown = 5;
    private const int ActsShown = 8;

    private static readonly (string Path, string Field)[] s_places =
    [
        ("$.conditions", "conditions"),
        ("$.until", "until"),
        ("$.reason", "reason"),
        ("$.target", "act"),
    ];

    private static readonly (string Word, Type Act, string Says)[] s_acts =
    [
        ("certify", typeof(Certify), Phrase("Certify it")),
        ("suspend", typeof(Suspend), Phrase("Suspend it")),
        ("restore", typeof(Restore), Phrase("End its suspension")),
        ("expire", typeof(Expire), Phrase("End its certificate")),
    ];

    /// <summary>The model or release.</summary>
    public SubjectId Target { get; private set; }

    /// <summary>The model that it is, or is of.</summary>
    public Model About { get; private set; } = null!;

    /// <summary>Its standing now.</summary>
    public Standing Standing { get; private set; } = null!;

    /// <summary>What the laws answer.</summary>
    public IReadOnlyList<LawReading> Laws { get; private set; } = [];

    /// <summary>What can be decided now.</summary>
    public IReadOnlyList<(string Word, string Says)> Acts { get; private set; } = [];

    /// <summary>What would be decided, in a word of the form.</summary>
    public string Act { get; private set; } = "";

    /// <summary>Its name.</summary>
    public string Name => new Names(World, isLinked: false).Subject(Target).Plain();

    /// <summary>What the button does.</summary>
    public string Deed =>
        Act switch
        {
            "certify" => Plainly($"certify {Name}"),
            "suspend" => Plainly($"suspend {Name}"),
            "restore" => Plainly($"end the suspension of {Name}"),
            _ => Plainly($"end the certificate of {Name}"),
        };

    /// <summary>What was filed about it, newest first.</summary>
    public Markup History =>
        ActList.Of(
            ModelActs
                .Of(World, About)
                .Take(ActsShown)
                .Select(index => ActLines.At(Site, World, index))
        );

    /// <summary>Decisions of the same kind that were taken last, on others.</summary>
    public IReadOnlyList<(ActId Id, StandingAct Said)> Alike =>
        [
            .. Site
                .Index.Find(World.Size, World.Size, isUpwards: false, $"registry/{Act}/1", null)
                .Select(index => (Id: new ActId(index), Logged: Site.Contents.Act(index)))
                .Where(one =>
                    World.Network.Joints.Find(one.Logged.ActDigest) is { InForceSince: { } since }
                    && since == one.Id.Index
                )
                .Select(one => (one.Id, (StandingAct)one.Logged.Act))
                .Where(one => one.Item2.Target != Target)
                .Take(AlikeShown),
        ];

    /// <summary>Shows the form, or the act that its answers make.</summary>
    public IActionResult OnGet()
    {
        Read(
            "/decide/standing",
            Request.Query,
            ["subject", "act", "until", "conditions", "reason", "like"]
        );
        if (
            !SubjectId.TryParse(Answers["subject"], out var target)
            || World.Registry.ModelOf(target) is not { } model
            || World.Registry.StandingOf(target) is not { } standing
        )
        {
            return this.Fail(
                new(Problems.NotFound, $"no model or release has the id {Answers["subject"]}")
                {
                    Where = "subject",
                }
            );
        }

        (Target, About, Standing) = (target, model, standing.AsOf(World.At));
        Laws = LawReading.Of(World, model, RegisterColumn.Of(World));
        Acts =
        [
            .. s_acts
                .Where(one => StandingTable.Allows(Standing.State, one.Act))
                .Select(one => (one.Word, Say(one.Says))),
        ];
        Act =
            Acts.Any(one => string.Equals(one.Word, Answers["act"], StringComparison.Ordinal))
                ? Answers["act"]
            : Acts.Count > 0 ? Acts[0].Word
            : "";
        if (Act.Length > 0 && IsSigned() && Compose() is { } act)
        {
            Check(act, FieldOf);
        }

        return Page();
    }

    /// <summary>The answer of a field, or the words of the decision that it is to be like.
    /// </summary>
    public string Words(string field)
    {
        var said = Answers.Whole(field);
        if (said.Length > 0 || Like() is not { } like)
        {
            return said;
        }

        return field is "reason" ? like.Reason
            : like is Certify certify ? string.Join('\n', certify.Conditions)
            : "";
    }

    private StandingAct? Like() =>
        ShortId.TryParse(Answers["like"], ActId.Letter, out var index)
        && index < World.Size
        && Site.Index.TypeOf(index).Record.IsSubclassOf(typeof(StandingAct))
            ? Site.Contents.Act(index).Act as StandingAct
            : null;

    private StandingAct? Compose()
    {
        var reason = Answers.Needed("reason", Say("Say why, for everybody to read"));
        Instant? until = Answers.Day("until") is { } day ? Instant.StartOf(day) : null;
        if (Act is "certify" && until is null && !Answers.Errors.ContainsKey("until"))
        {
            Answers.Errors["until"] = Say("Say until when it holds: nothing is certified for good");
        }

        if (IsWrong)
        {
            return null;
        }

        return Act switch
        {
            "certify" => new Certify
            {
                Joint = OfOfficers,
                Target = Target,
                Reason = reason,
                Conditions = Answers.Lines("conditions"),
                Until = until!.Value,
            },
            "suspend" => new Suspend
            {
                Joint = OfOfficers,
                Target = Target,
                Reason = reason,
                Until = until,
            },
            "restore" => new Restore
            {
                Joint = OfOfficers,
                Target = Target,
                Reason = reason,
            },
            _ => new Expire
            {
                Joint = OfOfficers,
                Target = Target,
                Reason = reason,
            },
        };
    }

    private static string FieldOf(string path) =>
        s_places
            .FirstOrDefault(place => path.StartsWith(place.Path, StringComparison.Ordinal))
            .Field
        ?? "";
}
