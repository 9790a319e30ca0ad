using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Filing;
using Concord.Stores;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// Where whoever reads at an address gives the code back that was sent to it. The code is in a
/// body and never in an address; to give it from another site somebody would have to know it.
/// </summary>
/// <param name="site">What pages read.</param>
/// <param name="authority">Whose notices.</param>
[IgnoreAntiforgeryToken]
[RequestSizeLimit(BodyBytesMax)]
public sealed class NoticePage(PublicSite site, RunningAuthority authority) : SitePage(site)
{
    private const int BodyBytesMax = 4 << 10;

    /// <summary>The channel.</summary>
    public KeptChannel Channel { get; private set; } = null!;

    /// <summary>What was answered, and what is wrong with it.</summary>
    public FormAnswers Answers { get; private set; } = new("", []);

    /// <summary>Asks for the code.</summary>
    public IActionResult OnGet([FromRoute] string channel) => Show(channel, []);

    /// <summary>Takes the code.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var channel = (string)RouteData.Values["channel"]!;
        if (!Request.HasFormContentType)
        {
            return this.Fail(new(Problems.UnsupportedMediaType, "the answers of a form are asked"));
        }

        return Show(channel, await Request.ReadFormAsync(HttpContext.RequestAborted));
    }

    private IActionResult Show(string id, IEnumerable<KeyValuePair<string, StringValues>> given)
    {
        Response.Headers.CacheControl = "no-store";
        Answers = new($"/notices/{id}", given, ["code"]);
        var code = Answers["code"];
        var isWrong = code.Length > 0 && !authority.Notices.Confirm(id, code);
        if (authority.Notices.Store.Channel(id) is not { } found)
        {
            return this.Fail(
                new(
                    Problems.NotFound,
                    "no address waits here for its code; after a day or five wrong codes it is "
                        + "gone, then add it again"
                )
            );
        }

        Channel = found;
        if (isWrong && !found.IsOn)
        {
            Answers.Errors["code"] = Say(
                "This is not the code that was sent; five wrong ones end it"
            );
        }

        return Page();
    }
}
