using System.Text;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Admission;
using Concord.Authority.Web;
using Concord.Authority.Web.Filing;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// An organisation asks to be admitted: who it is, then a passkey that is made in the browser for
/// its first administrator.
/// </summary>
/// <param name="site">What pages read.</param>
public sealed class ApplyPage(PublicSite site) : SitePage(site)
{
    // Where the schema or the law finds fault, and which answer that is about.
    private static readonly (string Path, string Field)[] s_places =
    [
        ("$.name", "name"),
        ("$.country", "country"),
        ("$.lei", "lei"),
        ("$.ror", "ror"),
        ("$.roles", "role"),
        ("$.keys[0].holder", "holder"),
    ];

    /// <summary>What was answered.</summary>
    public FormAnswers Answers { get; private set; } = new("", []);

    /// <summary>Where passkeys are made here; null: nowhere.</summary>
    public WebAddress? Address { get; private set; }

    /// <summary>The act by which it would be admitted; null: there is none yet.</summary>
    public AdmitParty? Act { get; private set; }

    /// <summary>The act as JSON, with a key that is nobody's in the place of the passkey.</summary>
    public string Json => Encoding.UTF8.GetString(ActJson.Write(Act!));

    /// <summary>The fields, to be answered.</summary>
    public Markup Ask
    {
        get
        {
            var fields = Answers.Fields;
            return new Markup()
                .Add(
                    fields.Text(
                        "name",
                        Say("Legal name of the organisation"),
                        null,
                        Answers["name"]
                    )
                )
                .Add(
                    fields.Text(
                        "country",
                        Say("Country of its seat"),
                        Say("Two letters, such as DE or CN (ISO 3166-1)"),
                        Answers["country"]
                    )
                )
                .Add(
                    fields.Text(
                        "lei",
                        Say("Legal Entity Identifier"),
                        Say("20 characters (ISO 17442); may be left out"),
                        Answers["lei"]
                    )
                )
                .Add(
                    fields.Text(
                        "ror",
                        Say("Research Organization Registry id"),
                        Say("Nine characters such as 05gq02987; may be left out"),
                        Answers["ror"]
                    )
                )
                .Add(
                    fields.Choice(
                        "checkbox",
                        "role",
                        Say("What it does"),
                        Say("Choose all that fit"),
                        Answers.All("role"),
                        Enum.GetValues<PartyRole>()
                            .Select(role =>
                                (FormAnswers.WordOf(role), Prose.Capital(ActSentence.Word(role)))
                            )
                    )
                )
                .Add(
                    fields.Text(
                        "holder",
                        Say("Who will sign"),
                        Say(
                            "A function, such as head of compliance; everybody can read it, so "
                                + "not a "
                                + "person's name"
                        ),
                        Answers["holder"]
                    )
                );
        }
    }

    /// <summary>The application in words.</summary>
    public Markup Said =>
        FactList.WithoutSources([
            new(Say("Organisation"), Markup.Words(Act!.Name)),
            new(Say("Seat"), Markup.Words(Act.Country)),
            new(Say("Legal Entity Identifier"), Act.Lei is null ? null : Markup.Words(Act.Lei)),
            new(
                Say("Research Organization Registry id"),
                Act.Ror is null ? null : Markup.Words(Act.Ror)
            ),
            new(
                Say("What it does"),
                Markup.Words(Prose.Capital(string.Join(", ", Act.Roles.Select(ActSentence.Word))))
            ),
            new(Say("Who will sign"), Markup.Words(Prose.Capital(Act.Keys[0].Holder))),
        ]);

    /// <summary>Shows the form, or the application that its answers make.</summary>
    public IActionResult OnGet()
    {
        Address = Site.AddressOf(HttpContext);
        Answers = new("/apply", Request.Query, ["name", "country", "lei", "ror", "role", "holder"]);
        if (Answers.IsGiven && Address is { } address && Compose(address) is { } act)
        {
            if (ApplicationDesk.FaultIn(World, act) is var (where, says))
            {
                Answers.Errors[Places.FieldOf(s_places, where)] = says;
            }
            else
            {
                Act = act;
            }
        }

        return Page();
    }

    private AdmitParty? Compose(WebAddress address)
    {
        var roles = Answers.All("role").ToHashSet(StringComparer.Ordinal);
        var name = Answers.Needed("name", Say("Give the organisation's legal name"));
        var country = Answers.Needed("country", Say("Say where its seat is")).ToUpperInvariant();
        Answers.Needed("role", Say("Say what the organisation does"));
        var act = new AdmitParty
        {
            Name = name,
            Country = country,
            Lei = Answers.Text("lei")?.ToUpperInvariant(),
            Ror = Answers.Text("ror")?.ToLowerInvariant(),
            Roles =
            [
                .. Enum.GetValues<PartyRole>()
                    .Where(role => roles.Contains(FormAnswers.WordOf(role)))
                    .OrderBy(FormAnswers.WordOf, StringComparer.Ordinal),
            ],
            Keys =
            [
                new()
                {
                    Key = ApplicationKey.Nobodys(address),
                    Holder = Answers.Needed("holder", Say("Say who will sign, by function")),
                    Role = KeyRole.Administrator,
                },
            ],
        };
        return Answers.IsWrong ? null : act;
    }
}
