using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Filing;
using Microsoft.AspNetCore.Mvc;

namespace Concord.Authority.Pages;

/// <summary>
/// Saves the answers of a form and shows the code that opens them, once. A request from another
/// site could only save what is its own.
/// </summary>
/// <param name="site">What pages read.</param>
[IgnoreAntiforgeryToken]
[RequestSizeLimit(SentForm.BytesMax)]
public sealed class SaveFormPage(PublicSite site) : SitePage(site)
{
    /// <summary>The form.</summary>
    public Journey Journey { get; private set; } = null!;

    /// <summary>The code that is new; null: the one that opened the answers holds on.</summary>
    public string? NewCode { get; private set; }

    /// <summary>Nothing is saved by an address: it leads to the form.</summary>
    public IActionResult OnGet([FromRoute] string journey) =>
        Journeys.Find(journey) is { } found ? To(found.Path) : None(journey);

    /// <summary>Saves what the form sent.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var name = (string)RouteData.Values["journey"]!;
        if (Journeys.Find(name) is not { } journey)
        {
            return None(name);
        }

        if (!Request.HasFormContentType)
        {
            return this.Fail(new(Problems.UnsupportedMediaType, "the answers of a form are asked"));
        }

        Journey = journey;
        Response.Headers.CacheControl = "no-store";
        var given = await SentForm.ReadAsync(HttpContext);
        var answers = given
            .Where(one =>
                one.Key is "party" or "key"
                || journey.AllFields.Contains(one.Key, StringComparer.Ordinal)
            )
            .ToDictionary(
                one => one.Key,
                one => one.Value.OfType<string>().Where(answer => answer.Length > 0).ToArray(),
                StringComparer.Ordinal
            );
        var code = given.GetValueOrDefault(FilePage.SavedField).ToString();
        var problem = Site.Saved.Save(
            code,
            new(journey.Name, answers),
            Asker.Of(HttpContext),
            out var newCode
        );
        NewCode = newCode;
        return problem is null ? Page() : this.Fail(problem);
    }

    private IActionResult None(string journey) =>
        this.Fail(new(Problems.NotFound, $"nothing is filed at /file/{journey}"));
}
