using System.Buffers.Text;
using System.Text;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Filing;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Primitives;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// An officer gives somebody of its institution a role at the authority. The public half of the key
/// is pasted or comes as a file, in the body of a request, which changes nothing.
/// </summary>
/// <param name="site">What pages read.</param>
[IgnoreAntiforgeryToken]
[RequestSizeLimit(BodyBytesMax)]
public sealed class DecideAppointPage(PublicSite site) : OfficerPage(site)
{
    private const int BodyBytesMax = 256 << 10;
    private const int UsualDays = 180;
    private const string FileField = "file";

    private static readonly string[] s_asked = ["role", "name"];

    private static readonly (string Path, string Field)[] s_places =
    [
        ("$.role", "role"),
        ("$.name", "name"),
        ("$.key", "half"),
        ("$.until", "until"),
    ];

    /// <summary>The roles, and what each may do.</summary>
    public static IEnumerable<(string Word, string Says)> Roles =>
        [
            (
                FormAnswers.WordOf(StaffRole.Clerk),
                Say(
                    "Clerk: admits parties, turns applications down, asks questions; reads what is "
                        + "sealed"
                )
            ),
            (
                FormAnswers.WordOf(StaffRole.Auditor),
                Say("Auditor: reads what is sealed, who read it, and the applications")
            ),
            (FormAnswers.WordOf(StaffRole.Reader), Say("Reader: reads what is sealed")),
        ];

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet()
    {
        var page = Show(Request.Query, s_asked);
        var day = World.At.Day.AddDays(UsualDays);
        Answers.Answer("until", FormAnswers.DayOf(day));
        return page;
    }

    /// <summary>Shows the act that the answers make, or what is wrong with them.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (!Request.HasFormContentType)
        {
            return this.Fail(new(Problems.UnsupportedMediaType, "the answers of a form are asked"));
        }

        var given = await SentForm.ReadAsync(HttpContext);
        if (given.GetValueOrDefault(FileField).ToString() is { Length: > 0 } file)
        {
            given["half"] = TextOf(file);
        }

        return Show(given, [.. s_asked, "half", "until"]);
    }

    private PageResult Show(
        IEnumerable<KeyValuePair<string, StringValues>> given,
        IReadOnlyList<string> fields
    )
    {
        Read("/decide/appoint", given, fields);
        if (IsPosted && IsSigned() && Compose() is { } act)
        {
            Check(act, path => Web.Filing.Places.FieldOf(s_places, path));
        }

        return Page();
    }

    // An officer appoints for its own institution alone.
    private Appoint? Compose()
    {
        var half = Half();
        if (Answers["name"].Length == 0 && half is { Name: var carried })
        {
            Answers.Answer("name", carried);
        }

        if (Answers["role"].Length == 0)
        {
            Answers.Errors["role"] = Say("Say what it may do");
        }

        var name = Answers.Needed("name", Say("Give the function a name, such as intake"));
        var until = Answers.NeededDay("until", Say("Say until when"));
        return half is null || IsWrong
            ? null
            : new()
            {
                Institution = ((Speaker.Officer)Speaker!).Institution,
                Name = name,
                Role = Answers.Word<StaffRole>("role"),
                Key = half.Key,
                Until = Instant.StartOf(until),
            };
    }

    private NamedKey? Half()
    {
        var text = Answers.Needed("half", Say("Give the public half of the key"));
        if (text.Length == 0)
        {
            return null;
        }

        if (KeyHalf.Read(Encoding.UTF8.GetBytes(text)) is not { } half)
        {
            Answers.Errors["half"] = Say(
                "This is not the public half of a key; the page on which passkeys are made gives it"
            );
            return null;
        }

        if (half.Key.Kind is SignerKind.Webauthn && !IsOfThisSite(half.Key))
        {
            Answers.Errors["half"] = Plainly(
                $"This passkey was made at another site; make one at {Address!.Origin}"
            );
            return null;
        }

        return half;
    }

    private bool IsOfThisSite(PublicKey key) =>
        string.Equals(key.RelyingParty, Address!.RelyingParty, StringComparison.Ordinal)
        && key.Origins.Contains(Address.Origin, StringComparer.Ordinal);

    // What is no text has no public half in it.
    private static string TextOf(string file) =>
        Base64Url.IsValid(file) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(file)) : "";
}
