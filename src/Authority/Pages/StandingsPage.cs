using Concord.Acts;
using Concord.Authority.Web;
using Concord.Authority.Web.Filing;
using Concord.Authority.Web.Tables;
using Concord.Ledger;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>Asks where something stands: by id, by digest, or by a file that stays here.</summary>
/// <param name="site">What pages read.</param>
public sealed class StandingsPage(PublicSite site) : SitePage(site)
{
    private readonly Dictionary<string, string> _errors = new(StringComparer.Ordinal);

    /// <summary>What was asked for.</summary>
    public string Asked { get; private set; } = "";

    /// <summary>The field, with what is wrong.</summary>
    public FormField Fields => new(_errors);

    /// <summary>Whether something is wrong.</summary>
    public bool IsWrong => _errors.Count > 0;

    /// <summary>A search for what is neither id nor digest; null: there is none.</summary>
    public string? SearchHref { get; private set; }

    /// <summary>Shows the form, or goes where an id or digest leads.</summary>
    public IActionResult OnGet(string? asked)
    {
        Asked = (asked ?? "").Trim();
        if (asked is null)
        {
            return Page();
        }

        if (SubjectId.TryParse(Asked, out var id))
        {
            return To($"/standing/{id}");
        }

        // Programs write a digest in large letters too, and in groups.
        var digits = string.Concat(Asked.Where(one => !char.IsWhiteSpace(one))).ToLowerInvariant();
        if (Digest.TryParse(digits, out var digest) || Digest.TryParseHex(digits, out digest))
        {
            return To($"/standing/{digest}");
        }

        _errors["asked"] =
            Asked.Length == 0
                ? Say("Give an id or a digest")
                : Say(
                    "Write an id like M-0000-07WX or R-0000-07WX, or the 64 hexadecimal digits of "
                        + "a SHA-256"
                );
        SearchHref = Asked.Length is > 0 and <= RegisterQuestion.SearchMax
            ? new RegisterQuestion { Search = Asked }.Href
            : null;
        return Page();
    }
}
