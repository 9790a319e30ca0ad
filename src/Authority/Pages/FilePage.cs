using System.Buffers.Text;
using System.Security.Cryptography;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Filing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Primitives;

namespace Concord.Authority.Pages;

/// <summary>
/// What a party files by a form, then the act as it will be signed. Answers that are sealed come in
/// the body of a request, which changes nothing here: there is nothing to forge across sites, and a
/// token against it would need a cookie, which this site does not set.
/// </summary>
/// <param name="site">What pages read.</param>
[IgnoreAntiforgeryToken]
[RequestSizeLimit(BodyBytesMax)]
public sealed class FilePage(PublicSite site) : SigningPage(site)
{
    private const int BodyBytesMax = 1 << 20;
    private const int SaltBytes = 16;

    /// <summary>What is filed.</summary>
    public Journey Journey { get; private set; } = null!;

    /// <summary>The act that the answers make; null: there is none yet.</summary>
    public Draft? Draft { get; private set; }

    /// <summary>Where the act is made.</summary>
    public Desk Desk { get; private set; } = null!;

    /// <summary>Shows the form; where the address has its answers, their act.</summary>
    public IActionResult OnGet([FromRoute] string journey) =>
        Journeys.Find(journey) is { } found
            ? Show(found, Request.Query, found.IsPosted ? found.Ids : found.Fields)
            : None(journey);

    /// <summary>Shows the act that answers in the body make, or what is wrong with them.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        // A parameter would have the body read before the page can answer for it.
        var journey = (string)RouteData.Values["journey"]!;
        if (Journeys.Find(journey) is not { } found)
        {
            return None(journey);
        }

        if (!Request.HasFormContentType)
        {
            return this.Fail(new(Problems.UnsupportedMediaType, "the answers of a form are asked"));
        }

        var form = await Request.ReadFormAsync(HttpContext.RequestAborted);
        var given = new Dictionary<string, StringValues>(form, StringComparer.Ordinal);
        foreach (var file in form.Files.Where(one => one.Length > 0))
        {
            given[file.Name] = await ReadAsync(file);
        }

        return Show(found, given, found.Fields);
    }

    private PageResult Show(
        Journey journey,
        IEnumerable<KeyValuePair<string, StringValues>> given,
        IReadOnlyList<string> fields
    )
    {
        Journey = journey;
        Read(journey.Path, given, fields);
        if (Party is not { } party || Passkeys.Count == 0)
        {
            return Page();
        }

        var salt = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SaltBytes));
        Desk = new(World, party.Id, salt);
        if (!IsReady || (journey.IsPosted && !IsPosted))
        {
            journey.Begin(Answers, Desk);
        }
        else if (journey.Compose(Answers, Desk) is { } draft)
        {
            Draft = draft;
            Check(draft.Act, journey.FieldOf, draft.Part, draft.AsksLaw);
        }

        return Page();
    }

    // A file is bytes, and an answer is text: what acts have of files is base64url.
    private async Task<string> ReadAsync(IFormFile file)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, HttpContext.RequestAborted);
        return Base64Url.EncodeToString(bytes.ToArray());
    }

    private IActionResult None(string journey) =>
        this.Fail(
            new(
                Problems.NotFound,
                $"nothing is filed at /file/{journey}; a party's page has what is"
            )
        );
}
