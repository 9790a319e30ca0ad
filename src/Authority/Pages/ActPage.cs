using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Charts;
using Concord.Authority.Web.Languages;
using Concord.Ledger;
using Concord.Rooms.Network;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>One act: what was said, by whom, and what proves it.</summary>
/// <param name="site">What pages read.</param>
public sealed class ActPage(PublicSite site) : SitePage(site)
{
    private static readonly JsonSerializerOptions s_indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private Logged? _logged;

    /// <summary>The place in the log.</summary>
    public long Index { get; private set; }

    /// <summary>The id.</summary>
    public ActId Id => new(Index);

    /// <summary>The statement that is in the log.</summary>
    public Statement Statement { get; private set; } = null!;

    /// <summary>The row of the act's type.</summary>
    public ActType Type => Site.Index.TypeOf(Index);

    /// <summary>Whether nothing of it is public but who said it.</summary>
    public bool IsSealed => Type.Form == ActForm.Sealed;

    /// <summary>The act; null: it is sealed.</summary>
    public Logged? Logged => _logged;

    /// <summary>The state of a joint act.</summary>
    public JointState? Joint =>
        _logged?.Act is JointAct ? World.Network.Joints.Find(_logged.ActDigest) : null;

    /// <summary>The digest of the act.</summary>
    public Digest ActDigest => _logged?.ActDigest ?? new Digest(Statement.Payload.Span);

    /// <summary>The digest of what is sealed beside a public act.</summary>
    public Digest? SealedPart => _logged is null ? null : Subjects.SealedPartOf(_logged.Act);

    /// <summary>The act by which a sealed act was opened; null: it was not.</summary>
    public ActId? RevealedBy => World.Network.Documents.RevealedBy(ActDigest);

    /// <summary>Whether what has a digest was sealed and is public.</summary>
    public bool IsShown(Digest digest) => World.Network.Documents.RevealedBy(digest) is not null;

    /// <summary>The size of the log that this page was made from.</summary>
    public long Size => Site.SnapshotOf(HttpContext).Size;

    /// <summary>Whether others than the authority have seen the act in the log.</summary>
    public string Witnessed =>
        Site.Witnesses.NewestWith(Index) is { } head
            ? Plainly(
                $"In the tree of {Figures.Count(head.Size)} entries, cosigned by "
                    + $"{Speech.Count(head.Cosigned.Count, "{0} witness", "{0} witnesses")} "
                    + $"until {Times.Long(head.At)}"
            )
            : Say("Not yet");

    /// <summary>What was filed about this act since; null: nothing.</summary>
    public Markup? Later =>
        Site.Index.About(Index, Size) is { Count: > 0 } later
            ? ActList.Of(later.Select(one => ActLines.At(Site, World, one)))
            : null;

    /// <summary>What was said, for the heading.</summary>
    public Markup Sentence => Words(new Names(World, isLinked: false));

    /// <summary>The members of the act; null: sealed, or too long to be read here.</summary>
    public Markup? Said => _logged is null ? null : new JsonFacts(new(World)).Of(Body());

    /// <summary>The act as it was filed, indented for reading.</summary>
    public string Json => JsonSerializer.Serialize(Body(), s_indented);

    /// <summary>The second line of what was said.</summary>
    public Markup? Detail => _logged is null ? null : ActSentence.Detail(new Names(World), _logged);

    /// <summary>Whether who reads has just filed it, and is told what to keep.</summary>
    public bool IsFiled { get; private set; }

    /// <summary>Shows the act of an id or a log index.</summary>
    public IActionResult OnGet(string id, bool filed = false)
    {
        IsFiled = filed;
        if (!ActAddress.TryRead(id, Size, out var index))
        {
            return this.Fail(
                new(Problems.NotFound, $"the log has {Figures.Count(Size)} acts, and none is {id}")
                {
                    Where = "id",
                }
            );
        }

        Index = index;
        Statement = Site.Contents.Statement(index);
        _logged = IsSealed ? null : Site.Contents.Act(index);
        return Page();
    }

    /// <summary>A link that keeps what proves the act as a file.</summary>
    /// <param name="part">Where it is under the act: statement, proof or receipt.</param>
    /// <param name="ending">The ending of the file's name.</param>
    /// <param name="words">The words of the link.</param>
    public Markup Download(string part, string ending, string words) =>
        new Markup().Leaf(
            "a",
            words,
            ("class", "govuk-link"),
            ("href", $"/acts/{Id}/{part}"),
            ("download", $"{Id}{ending}")
        );

    /// <summary>The rows about who said it, when, and how.</summary>
    public Markup About()
    {
        var names = new Names(World);
        return FactList.WithoutSources([
            new(Say("Said by"), names.Speaker(Statement.Issuer))
            {
                Range = Markup.Of(
                    $"with the key {Short($"/keys/{Statement.Key}", Statement.Key.ToString())}"
                ),
            },
            .. Rows(Say("Signed for it by"), Delegate(names)),
            .. Rows(Say("In doubt"), Doubt()),
            new(Say("About"), AboutWhat(names)),
            new(
                Say("Judged at"),
                Site.Index.TickOf(Index) is { } at
                    ? Markup.Words(Times.Long(at))
                    : Markup.Words(Say("The founding, before the first tick"))
            ),
            new(Say("Kind of act"), Markup.Words(Kind()))
            {
                Range = IsSealed ? null : new Markup().Leaf("span", Type.Name, ("class", "c-code")),
            },
        ]);
    }

    // A row for what most acts have not: its absence says nothing.
    private static IEnumerable<Fact> Rows(string name, Markup? value) =>
        value is null ? [] : [new(name, value)];

    // Who signed, where it is another party than the one that speaks.
    private Markup? Delegate(Names names) =>
        World.Network.DelegateOf(Statement.Key, Statement.Issuer) is { } party
            ? names.Party(party)
            : null;

    private Markup? Doubt() =>
        Site.Index.TickOf(Index) is { } at
        && World.Network.DoubtOf(Index, Statement.Key, at) is { } doubt
            ? DoubtWords.Of(new Names(World), doubt)
            : null;

    /// <summary>Why a signature counts no more, or is contested; null: neither.</summary>
    public Markup? DoubtAbout(JointState joint, JointSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return World.Network.LapseOf(joint, signature) switch
        {
            SignatureLapse.KeyEnded => Markup.Words(
                Say("Counts no more: its key was ended before the act took effect.")
            ),
            SignatureLapse.InOtherHands => Markup.Words(
                Say("Counts no more: its key was in other hands when it was made.")
            ),
            _ => World.Network.DoubtOf(signature.Index, signature.Key, signature.At) is { } doubt
                ? DoubtWords.Of(new Names(World), doubt)
                : null,
        };
    }

    /// <summary>The ring of a joint act.</summary>
    public Markup Ring(JointState joint)
    {
        ArgumentNullException.ThrowIfNull(joint);
        var (signed, needed) = (World.Network.Counted(joint).Count, joint.Terms.K);
        return QuorumRing.Draw(
            Math.Min(signed, needed),
            needed,
            Plainly($"{signed} signed, {needed} needed")
        );
    }

    private Markup Words(Names names) =>
        _logged is null
            ? ActSentence.Sealed(names, Statement.Issuer)
            : ActSentence.Of(names, _logged);

    private string Kind() =>
        IsSealed
            ? Say("Sealed: its kind and content are for the parties and the authorities")
            : Prose.Capital(Say(Type.Says));

    private Markup AboutWhat(Names names) =>
        names.Find(Statement.Subject)
        ?? _logged?.Act switch
        {
            null => Markup.Words(Say("Sealed")),
            RegisterModel or ReportModel => names.Model(new(Index)),
            AdmitParty => names.Party(new(Index)),
            AdoptRulebook => names.Link(Say("The law that is applied here"), "/laws"),
            Acts.Network.Site site => Markup.Words(site.Name),
            Tick or ResumeClock or Outage => names.Link(Say("The clock of the log"), "/log"),
            RevokeKey revoke => Short($"/keys/{revoke.Key}", revoke.Key.ToString()),
            _ => names.Link(Say("The authority"), "/authority"),
        };

    private JsonElement Body()
    {
        using var json = JsonDocument.Parse(
            Type.IsCbor ? ActJson.Write(_logged!.Act) : Statement.Payload
        );
        return json.RootElement.Clone();
    }

    private static Markup Short(string href, string digest) =>
        new Markup().Leaf("a", $"{digest[..16]}…", ("class", "govuk-link c-code"), ("href", href));
}
