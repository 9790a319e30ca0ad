using System.Buffers.Text;
using System.Text;
using Concord.Acts;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Charts;
using Concord.Rooms.Network;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// A joint act that others have signed, to be signed too: the same bytes. What is sealed with it
/// comes from who proposed it, in the body of a request that changes nothing.
/// </summary>
/// <param name="site">What pages read.</param>
[IgnoreAntiforgeryToken]
[RequestSizeLimit(BodyBytesMax)]
public sealed class SignPage(PublicSite site) : OfficerPage(site)
{
    private const int BodyBytesMax = 256 << 10;
    private const string TermsField = "terms";
    private const string PartField = "part";

    /// <summary>The act, by its first signature.</summary>
    public ActId Id { get; private set; }

    /// <summary>The act.</summary>
    public Logged Logged { get; private set; } = null!;

    /// <summary>Who has signed.</summary>
    public JointState Joint { get; private set; } = null!;

    /// <summary>Whether something is sealed with it.</summary>
    public bool HasPart => Acts.Subjects.SealedPartOf(Logged.Act) is not null;

    /// <summary>What was proposed, as a sentence.</summary>
    public string Sentence => ActSentence.Of(new Names(World, isLinked: false), Logged).Plain();

    /// <summary>What it would do.</summary>
    public string Aim => ActSentence.Aim(new(World, isLinked: false), (JointAct)Logged.Act).Plain();

    /// <summary>The ring of its signatures.</summary>
    public Markup Ring
    {
        get
        {
            var (signed, needed) = (World.Network.Counted(Joint).Count, Joint.Terms.K);
            return QuorumRing.Draw(
                Math.Min(signed, needed),
                needed,
                Plainly($"{signed} signed, {needed} needed")
            );
        }
    }

    /// <summary>Whether its terms hold no more, whoever signs.</summary>
    public bool IsLapsed => Joint.Terms.Epoch != World.Network.KeySet!.Epoch;

    /// <summary>The act in words.</summary>
    public Markup Facts => FactsOf(Site.Contents.Statement(Id.Index).Payload);

    /// <summary>The fields by which the sealed part is given.</summary>
    public Markup Part =>
        new Markup()
            .Add(
                Fields.File(
                    PartField,
                    Say("What is sealed with it"),
                    Say("The file that who proposed it gave to you, with the ending .sealed.json")
                )
            )
            .Add(
                Fields.Area(
                    TermsField,
                    Say("Or its text"),
                    Say("Every character of it, as it was given to you"),
                    Answers.Whole(TermsField),
                    isCode: true
                )
            );

    /// <summary>Shows the act, and who signs next.</summary>
    public IActionResult OnGet([FromRoute] string id) => Show(id, Request.Query);

    /// <summary>Shows the act with what is sealed, ready to be signed.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        // A parameter would have the body read before the page can answer for it.
        var id = (string)RouteData.Values["id"]!;
        if (!Request.HasFormContentType)
        {
            return this.Fail(new(Problems.UnsupportedMediaType, "the answers of a form are asked"));
        }

        var form = await Request.ReadFormAsync(HttpContext.RequestAborted);
        var given = new Dictionary<string, StringValues>(form, StringComparer.Ordinal);
        foreach (var file in form.Files.Where(one => one.Length > 0))
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, HttpContext.RequestAborted);
            given[file.Name] = Base64Url.EncodeToString(bytes.ToArray());
        }

        return Show(id, given);
    }

    private IActionResult Show(string id, IEnumerable<KeyValuePair<string, StringValues>> given)
    {
        if (
            !ActAddress.TryRead(id, World.Size, out var index)
            || Site.Index.TypeOf(index)
                is not { IsJoint: true, IsCbor: false, Form: not ActForm.Sealed }
            || Site.Contents.Act(index) is not { } logged
            || World.Network.Joints.Find(logged.ActDigest) is not { } joint
        )
        {
            return this.Fail(
                new(
                    Problems.NotFound,
                    $"{id} is no act that several sign on a page; /acts has all acts, and "
                        + "roots sign by the command line"
                )
            );
        }

        (Id, Logged, Joint) = (new(joint.Proposal), logged, joint);
        Read($"/sign/{Id}", Named(given), IsPosted ? [TermsField, PartField] : []);
        // Of parties it is known who signs; an officer says so.
        var isSigned = joint.Terms.Parties is null ? IsSigned() : IsReady;
        if (joint.InForceSince is null && isSigned && (IsPosted || !HasPart))
        {
            CheckAgain(
                Site.Contents.Statement(Id.Index),
                HasPart ? PartBytes() : null,
                static path =>
                    path.Contains("sealed_part", StringComparison.Ordinal) ? PartField : ""
            );
        }

        return Page();
    }

    // Of parties it is known who signs next.
    private IEnumerable<KeyValuePair<string, StringValues>> Named(
        IEnumerable<KeyValuePair<string, StringValues>> given
    ) =>
        Countersigning.NextOf(World, Joint) is { } next
            ? given
                .Where(one => one.Key is not "party")
                .Append(new("party", new StringValues(next.ToString())))
            : given;

    // A null array would become an empty memory, which is not the same as none.
    private ReadOnlyMemory<byte>? PartBytes() =>
        Answers.Text(PartField) is { } file && Base64Url.IsValid(file)
            ? new(Base64Url.DecodeFromChars(file))
        : Answers.Whole(TermsField) is { Length: > 0 } text
            ? new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(text))
        : (ReadOnlyMemory<byte>?)null;
}
