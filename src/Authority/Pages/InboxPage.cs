using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Web;
using Concord.Authority.Web.Languages;
using Concord.Authority.Web.Tables;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// What waits for a decision of the authority, since when and for whom, as far as it is public:
/// everybody sees what the authority has not done yet.
/// </summary>
/// <param name="site">What pages read.</param>
public sealed class InboxPage(PublicSite site) : SitePage(site)
{
    private const int Shown = 20;

    /// <summary>The institution whose work is shown; empty: everybody's.</summary>
    public string Institution { get; private set; } = "";

    /// <summary>The institutions whose officers decide.</summary>
    public IReadOnlyList<Institution> Institutions => World.Network.KeySet!.Institutions;

    /// <summary>The joint acts that wait for signatures, the oldest first.</summary>
    public IReadOnlyList<JointState> Proposals { get; private set; } = [];

    /// <summary>The appeals that wait for a decision, by the end of their time.</summary>
    public IReadOnlyList<AppealRecord> Appeals { get; private set; } = [];

    /// <summary>
    /// Registered models that nobody has decided on, the oldest first; one more than is shown where
    /// there are more.
    /// </summary>
    public IReadOnlyList<Model> Undecided { get; private set; } = [];

    /// <summary>What a person must look at, the newest first.</summary>
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    /// <summary>How many organisations ask to be admitted, and since when.</summary>
    public string Applications
    {
        get
        {
            var (count, since) = Site.Applications.Backlog(World);
            return since is null
                ? Say("No organisation waits to be admitted.")
                : Plainly($"{Waiting(count)}, at the longest since {Times.Long(since.Value)}.");
        }
    }

    private static string Waiting(long count) =>
        Speech.Count(
            count,
            "{0} organisation waits to be admitted",
            "{0} organisations wait to be admitted"
        );

    /// <summary>How many rows a list has at most.</summary>
    public static int Most => Shown;

    /// <summary>How much waits, for the heading.</summary>
    public string Heading =>
        (Proposals.Count, Appeals.Count) switch
        {
            (0, 0) when Undecided.Count == 0 => Say("Nothing waits for a decision"),
            (0, 0) => Say("No proposal and no appeal waits"),
            (var proposals, 0) => Speech.Count(
                proposals,
                "{0} proposal waits for signatures",
                "{0} proposals wait for signatures"
            ),
            (0, var appeals) => Speech.Count(
                appeals,
                "{0} appeal waits for a decision",
                "{0} appeals wait for a decision"
            ),
            var (proposals, appeals) => Plainly(
                $"{Speech.Count(proposals, "{0} proposal", "{0} proposals")} and "
                    + $"{Speech.Count(appeals, "{0} appeal", "{0} appeals")} wait"
            ),
        };

    /// <summary>Finds what waits.</summary>
    public void OnGet(string? institution)
    {
        Institution = Institutions.Any(one => Is(one.Name, institution)) ? institution! : "";
        Proposals = [.. World.Network.Proposals.Where(one => Institution.Length == 0 || Asks(one))];
        Appeals = [.. World.Network.Appeals.Open.Select(one => OpenAppeal(one.Appeal))];
        Undecided =
        [
            .. Site.RegisterOf(HttpContext)
                .Lines(RegisterOrder.Filed)
                .Reverse()
                .Where(line => line.IsRegistered)
                .Select(line => World.Registry.Models[line.Id])
                .Where(model => model.Standing.AsOf(World.At).State is StandingState.Registered)
                .Take(Shown + 1),
        ];
        Findings = [.. (World.Registry.Findings ?? Enumerable.Empty<Finding>()).Take(Shown)];
    }

    /// <summary>What would be done, without who proposed it.</summary>
    public Markup Aim(JointState joint)
    {
        ArgumentNullException.ThrowIfNull(joint);
        return ActSentence.Aim(new(World), (JointAct)Site.Contents.Act(joint.Proposal).Act);
    }

    /// <summary>Who has signed, of how many.</summary>
    public Markup Signed(JointState joint)
    {
        ArgumentNullException.ThrowIfNull(joint);
        var names = new Names(World);
        var counted = World.Network.Counted(joint);
        var who = counted.Select(one => names.Speaker(one.Speaker.ToString()!)).ToList();
        var words = Markup.Of($"{counted.Count} of {joint.Terms.K}");
        return who.Count == 0 ? words : words.Text(": ").Add(Prose.List(who));
    }

    /// <summary>Who can give the next signature.</summary>
    public Markup WaitsFor(JointState joint)
    {
        ArgumentNullException.ThrowIfNull(joint);
        return joint.Terms.Kind switch
        {
            JointKind.Roots => Markup.Words(Say("a root, by the command line")),
            JointKind.Parties when Countersigning.NextOf(World, joint) is { } party => new Names(
                World
            ).Party(party),
            JointKind.Officers => Markup.Words(Say("another officer of the authority")),
            _ => Markup.Words(
                string.Join(
                    Say(" or "),
                    Institutions.Where(one => !HasSigned(joint, one.Name)).Select(one => one.Title)
                )
            ),
        };
    }

    private bool Asks(JointState joint) =>
        joint.Terms.Kind switch
        {
            JointKind.Officers => true,
            JointKind.Institutions => !HasSigned(joint, Institution),
            _ => false,
        };

    private bool HasSigned(JointState joint, string institution) =>
        World
            .Network.Counted(joint)
            .Any(one => one.Speaker is Speaker.Officer by && Is(by.Institution, institution));

    private AppealRecord OpenAppeal(long index) => World.Network.Appeals.All[index];

    private static bool Is(string name, string? other) =>
        string.Equals(name, other, StringComparison.Ordinal);
}
