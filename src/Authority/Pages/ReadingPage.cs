using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Web;
using Concord.Rooms.Network;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// What is for few, read by a passkey: it signs one request for one document, which the browser
/// sends and shows. The server's page knows what is asked for, and not what the answer is.
/// </summary>
/// <param name="site">What pages read.</param>
public sealed class ReadingPage(PublicSite site) : SigningPage(site)
{
    private static readonly string[] s_ofOne = ["case", "document", "part", "readings"];

    /// <summary>Who reads, as the form names them.</summary>
    public string Named =>
        Speaker switch
        {
            Speaker.Officer one => $"{one.Institution}/{one.Name}",
            Speaker.Staff one => $"{one.Institution}/{one.Name}",
            _ => $"{Speaker}",
        };

    /// <summary>What can be read, in a word of the form and in words for people.</summary>
    public IReadOnlyList<(string Word, string Says)> Kinds =>
        [
            (
                "questions",
                IsOfficer ? Say("All questions to parties") : Say("Questions to us, and answers")
            ),
            (
                "refusals",
                IsOfficer ? Say("Refusals that I was given") : Say("Refusals that we were given")
            ),
            IsOfficer
                ? ("applications", Say("Organisations that ask to be admitted"))
                : ("invitations", Say("Our invitations; for administrators")),
            ("case", Say("The questions on a model or release")),
            ("document", Say("A sealed act")),
            ("part", Say("The sealed part of an act")),
            ("readings", Say("Who read what is sealed in an act")),
        ];

    /// <summary>Whether an officer reads, who says why.</summary>
    public bool IsOfficer => Speaker is Speaker.Officer or Speaker.Staff;

    /// <summary>The address that the request will be for; null: it is not said yet.</summary>
    public string? Asked { get; private set; }

    /// <summary>What is read, for the heading.</summary>
    public string Title =>
        Kinds.FirstOrDefault(one => IsKind(one.Word)).Says
        + (s_ofOne.Any(IsKind) ? $" {Answers["of"]}" : "");

    /// <summary>The issuer of the request.</summary>
    public string Issuer => World.Network.IssuerOf(Speaker!);

    /// <summary>Shows the form, or the request as it will be signed.</summary>
    public void OnGet()
    {
        Read("/read", Request.Query, ["what", "of"]);
        if (!IsReady)
        {
            return;
        }

        if (Passkey is null)
        {
            Answers.Errors["key"] = Say("Choose the passkey that signs");
        }

        var path = PathOf();
        Asked = IsWrong ? null : path;
    }

    /// <inheritdoc/>
    protected override bool MayUse(KeyRole? role) => true;

    private string? PathOf()
    {
        if (s_ofOne.Any(IsKind))
        {
            return IsKind("case") ? CaseOf() : ActOf();
        }

        switch (Answers["what"])
        {
            case "questions":
                return "/questions";
            case "refusals":
                return "/refusals";
            case "applications" when IsOfficer:
                return "/applications";
            case "invitations" when Party is { } party:
                return $"/parties/{party.Id}/invitations";
            default:
                Answers.Errors["what"] = Say("Say what is read");
                return null;
        }
    }

    private string? CaseOf()
    {
        if (SubjectId.TryParse(Answers["of"], out var subject))
        {
            return $"/cases/{subject}";
        }

        Answers.Errors["of"] = Say("Give the id of the model or release, such as M-0000-21V8");
        return null;
    }

    private string? ActOf()
    {
        if (!ActAddress.TryRead(Answers["of"], World.Size, out var index))
        {
            Answers.Errors["of"] = Say("Give the id of the act, such as A-0000-NH0Z");
            return null;
        }

        var last = IsKind("part") ? "sealed-part" : Answers["what"];
        return $"/acts/{new ActId(index)}/{last}";
    }

    private bool IsKind(string word) =>
        string.Equals(word, Answers["what"], StringComparison.Ordinal);
}
