using Concord.Acts;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Charts;
using Concord.Authority.Web.Subjects;
using Concord.Ledger;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// What stands on a model or release, to print or to keep: who, what, as of which checkpoint, with
/// what proves it and where to look whether it still stands.
/// </summary>
/// <param name="site">What pages read.</param>
public sealed class CertificatePage(PublicSite site) : SitePage(site)
{
    /// <summary>The standing that the page certifies.</summary>
    public EffectiveStanding Standing { get; private set; } = null!;

    /// <summary>The model that it is, or is a release of.</summary>
    public Model Subject { get; private set; } = null!;

    /// <summary>The release; null: it is the model.</summary>
    public ReleaseRecord? Release =>
        Standing.Subject.Release is { } id ? World.Registry.Releases[id] : null;

    /// <summary>Its name.</summary>
    public string Name => new Names(World, isLinked: false).Subject(Standing.Subject).Plain();

    /// <summary>Where to look whether it still stands.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The address as a code.</summary>
    public Markup Code => QrCode.Draw(Address, Plainly($"QR code that leads to {Address}"));

    /// <summary>
    /// Whether it is a certificate; what is suspended or withdrawn has a standing and none.
    /// </summary>
    public bool IsCertificate => !Standing.IsBarred;

    /// <summary>What the standing means.</summary>
    public IEnumerable<Markup> Means => StandingWords.Means(Site, World, Standing);

    /// <summary>
    /// The acts that it rests on, each once: what made it, and each signature of what decided it,
    /// since one alone is a proposal.
    /// </summary>
    public IEnumerable<(string What, ActId Id)> Acts
    {
        get
        {
            var (made, decided) = (Standing.Subject.Index, Standing.Own.DecidedBy);
            yield return (Say("Registered by"), new(made));
            if (decided == made)
            {
                yield break;
            }

            yield return (Say("Decided by"), new(decided));
            var joint = World.Network.Joints.Find(Site.Contents.Act(decided).ActDigest);
            foreach (var signature in joint?.Signatures ?? [])
            {
                if (signature.Index != decided)
                {
                    yield return (Say("And by"), new(signature.Index));
                }
            }
        }
    }

    /// <summary>The rows about an act.</summary>
    public Markup About(ActId id)
    {
        var names = new Names(World);
        var statement = Site.Contents.Statement(id.Index);
        var (entry, speaker) = (Figures.Count(id.Index), names.Speaker(statement.Issuer));
        var said = Site.Index.TickOf(id.Index) is { } at
            ? Say(
                $"{names.Act(id)}, entry {entry} of the log, said by {speaker} on {Times.Long(at)}"
            )
            : Say($"{names.Act(id)}, entry {entry} of the log, said by {speaker}");
        return said.Open("span", ("class", "c-interval"))
            .Text(Say("Digest of the statement: "))
            .Leaf("span", statement.Id.ToString(), ("class", "c-digest"))
            .Close();
    }

    /// <summary>The address of the certificate of a model or release.</summary>
    public static string HrefOf(SubjectId id) =>
        id.Release is null ? $"/models/{id}/certificate" : $"/releases/{id}/certificate";

    /// <summary>What was asked for as the name of a file.</summary>
    public static string FileOf(string asked) => asked.Replace(':', '-');

    /// <summary>Shows it; what nobody registered has none.</summary>
    public IActionResult OnGet(string id)
    {
        if (
            !SubjectId.TryParse(id, out var asked) || World.Registry.ModelOf(asked) is not { } model
        )
        {
            return this.Fail(
                new(Problems.NotFound, $"no model and no release has the id {id}") { Where = "id" }
            );
        }

        if (model.AnsweredBy is { } registration)
        {
            return To(HrefOf(SubjectId.Of(registration)));
        }

        if (!model.IsRegistered)
        {
            return this.Fail(
                new(
                    Problems.NotFound,
                    $"{model.FullName} ({model.Id}) is reported from public sources: nobody has "
                        + "registered it, so there is nothing to certify"
                )
                {
                    Where = "id",
                    Remedy = $"What is known of it is at {ModelWords.Href(model.Id)}.",
                }
            );
        }

        (Subject, Standing) = (model, Descent.StandingOf(World, asked)!);
        var origin = Site.AddressOf(HttpContext)?.Origin ?? SiteAddress.Of(Request);
        Address = $"{origin}/standing/{asked}";
        return Page();
    }
}
