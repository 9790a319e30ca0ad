using System.Buffers.Text;
using System.Security.Cryptography;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Measures;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Primitives;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// An officer asks a party about a model or release, in confidence. The address has ids alone; the
/// question comes in the body of a request, which changes nothing.
/// </summary>
/// <param name="site">What pages read.</param>
[IgnoreAntiforgeryToken]
[RequestSizeLimit(BodyBytesMax)]
public sealed class DecideAskPage(PublicSite site) : OfficerPage(site)
{
    private const int BodyBytesMax = 256 << 10;
    private const int SaltBytes = 16;

    private static readonly string[] s_ids = ["subject", "to"];
    private static readonly string[] s_sealed = ["due", "question"];

    private static readonly (string Path, string Field)[] s_places =
    [
        ("$.case", "subject"),
        ("$.to", "to"),
        ("$.due", "due"),
        ("$.question", "question"),
    ];

    /// <summary>The model or release that is asked about; null: it is not said yet.</summary>
    public SubjectId? Target { get; private set; }

    /// <summary>The model that it is, or is of.</summary>
    public Model? About { get; private set; }

    /// <summary>Its name.</summary>
    public string Name => new Names(World, isLinked: false).Subject(Target!.Value).Plain();

    /// <summary>Shows the form; the question is not in the address.</summary>
    public IActionResult OnGet() => Show(Request.Query, s_ids);

    /// <summary>Shows the act that the answers make, or what is wrong with them.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (!Request.HasFormContentType)
        {
            return this.Fail(new(Problems.UnsupportedMediaType, "the answers of a form are asked"));
        }

        var form = await Request.ReadFormAsync(HttpContext.RequestAborted);
        return Show(form, [.. s_ids, .. s_sealed]);
    }

    private PageResult Show(
        IEnumerable<KeyValuePair<string, StringValues>> given,
        IReadOnlyList<string> fields
    )
    {
        Read("/decide/ask", given, fields);
        Find();
        if (Target is { } target && IsPosted && IsSigned() && Compose(target) is { } act)
        {
            Check(act, path => Web.Filing.Places.FieldOf(s_places, path));
        }

        return Page();
    }

    private void Find()
    {
        var said = Answers["subject"];
        if (said.Length == 0)
        {
            return;
        }

        if (
            !SubjectId.TryParse(said, out var target)
            || World.Registry.ModelOf(target) is not { } model
        )
        {
            Answers.Errors["subject"] = Plainly(
                $"No model or release has the id {said}; the register has them all"
            );
            return;
        }

        (Target, About) = (target, model);
        if (Answers["to"].Length == 0 && model.Developer is { } developer)
        {
            Answers.Answer("to", developer.ToString());
        }
    }

    private AskQuestion? Compose(SubjectId target)
    {
        var to = Answers.Id<PartyId>("to", Say("Write the id of a party, such as P-0000-07WX"));
        var question = Answers.Needed("question", Say("Write the question"));
        var due = Answers.NeededDay("due", Say("Say until when an answer is due"));
        return IsWrong
            ? null
            : new()
            {
                Salt = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SaltBytes)),
                Case = target,
                To = to,
                Question = question,
                Due = Instant.StartOf(due),
            };
    }

    /// <inheritdoc/>
    protected override bool MaySign(Speaker speaker) =>
        speaker is Speaker.Officer or Speaker.Staff { Role: StaffRole.Clerk };
}
