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
[RequestSizeLimit(SentForm.BytesMax)]
public sealed class FilePage(PublicSite site) : SigningPage(site)
{
    /// <summary>The field with the code of saved answers; in bodies alone.</summary>
    internal const string SavedField = "draft";

    private const int SaltBytes = 16;

    /// <summary>The code of the saved answers that are gone on with; empty: none are.</summary>
    public string SavedCode => Answers[SavedField];

    /// <summary>What is filed.</summary>
    public Journey Journey { get; private set; } = null!;

    /// <summary>The act that the answers make; null: there is none yet.</summary>
    public Draft? Draft { get; private set; }

    /// <summary>Where the act is made.</summary>
    public Desk Desk { get; private set; } = null!;

    /// <summary>Shows the form; where the address has its answers, their act.</summary>
    public IActionResult OnGet([FromRoute] string journey) =>
        Journeys.Find(journey) is { } found
            ? Show(found, Request.Query, found.IsPosted ? found.Ids : found.AllFields)
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

        var given = await SentForm.ReadAsync(HttpContext);
        var code = given.GetValueOrDefault(SavedField).ToString();
        var isOpened = given.ContainsKey("open");
        if (isOpened)
        {
            if (
                Site.Saved.Open(code) is not { } saved
                || !string.Equals(saved.Journey, found.Name, StringComparison.Ordinal)
            )
            {
                return this.Fail(new(Problems.NotFound, "no answers are saved under this code"));
            }

            given = saved.Answers.ToDictionary(
                one => one.Key,
                one => new StringValues(one.Value),
                StringComparer.Ordinal
            );
            given[SavedField] = code;
        }

        return Show(found, given, [.. found.AllFields, SavedField], isOpened);
    }

    private PageResult Show(
        Journey journey,
        IEnumerable<KeyValuePair<string, StringValues>> given,
        IReadOnlyList<string> fields,
        bool isOpened = false
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
        if (isOpened)
        {
            // What was saved stands in the place of what is known.
            return Page();
        }

        if (!IsReady || (journey.IsPosted && !IsPosted))
        {
            journey.Begin(Answers, Desk);
        }
        else if (Compose(journey) is { } draft)
        {
            Draft = draft;
            Check(draft.Act, FieldOf, draft.Part, draft.AsksLaw);
        }

        return Page();
    }

    private Draft? Compose(Journey journey)
    {
        // What is wrong with the files is said with what else is.
        var files = journey.HasAttachments
            ? AttachedFiles.Read(Answers, Desk.Party, Site.Uploads)
            : [];
        var draft = journey.Compose(Answers, Desk);
        return draft is null || Answers.IsWrong ? null
            : files.Count == 0 ? draft
            : draft with { Act = draft.Act with { Attachments = files } };
    }

    private string FieldOf(string path) =>
        path.StartsWith("$.attachments", StringComparison.Ordinal)
            ? AttachedFiles.Field
            : Journey.FieldOf(path);

    private IActionResult None(string journey) =>
        this.Fail(
            new(
                Problems.NotFound,
                $"nothing is filed at /file/{journey}; a party's page has what is"
            )
        );
}
