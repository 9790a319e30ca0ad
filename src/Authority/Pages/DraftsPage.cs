using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Filing;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// Opens answers that were saved, or lets them go: by their code, which stands in the body of a
/// request and in no address.
/// </summary>
/// <param name="site">What pages read.</param>
[IgnoreAntiforgeryToken]
[RequestSizeLimit(SentForm.BytesMax)]
public sealed class DraftsPage(PublicSite site) : SitePage(site)
{
    private const string Delete = "delete";

    /// <summary>What was answered.</summary>
    public FormAnswers Answers { get; private set; } = new("/drafts", []);

    /// <summary>Whether something was let go; null: nothing was to be.</summary>
    public bool? IsDeleted { get; private set; }

    /// <summary>Asks for the code.</summary>
    public IActionResult OnGet([FromRoute] string? deed) =>
        deed is null or Delete
            ? Page()
            : this.Fail(new(Problems.NotFound, $"nothing is at /drafts/{deed}"));

    /// <summary>Leads to the form with the answers, or lets them go.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (!Request.HasFormContentType)
        {
            return this.Fail(new(Problems.UnsupportedMediaType, "the code is asked for by a form"));
        }

        Response.Headers.CacheControl = "no-store";
        var given = await SentForm.ReadAsync(HttpContext);
        var code = given.GetValueOrDefault(FilePage.SavedField).ToString();
        if (RouteData.Values["deed"] is Delete)
        {
            IsDeleted = Site.Saved.Delete(code);
            return Page();
        }

        if (Site.Saved.Open(code) is { } saved && Journeys.Find(saved.Journey) is { } journey)
        {
            // The browser sends the same body there: the code is in no address.
            return RedirectPreserveMethod(journey.Path);
        }

        // What was asked for is not said again: a page may be printed, and a code may be nearly
        // right.
        Answers.Errors[FilePage.SavedField] = Say(
            "No answers are saved under this code. It has 26 letters and digits, and holds for "
                + "30 days; whoever filed or deleted the answers ended it"
        );
        return Page();
    }
}
