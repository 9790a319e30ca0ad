using Concord.Acts;
using Concord.Authority.Admission;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>What became of an application, for who has the address.</summary>
/// <param name="site">What pages read.</param>
public sealed class ApplicationPage(PublicSite site) : SitePage(site)
{
    /// <summary>The application.</summary>
    public Application Application { get; private set; } = null!;

    /// <summary>The party that it became; null: none yet.</summary>
    public PartyId? Admitted => ApplicationDesk.Admitted(World, Application);

    /// <summary>The rows about it.</summary>
    public Markup Facts =>
        FactList.WithoutSources([
            new(Say("Number"), Markup.Words($"{Application.Number}")),
            new(Say("Came"), Markup.Words(Times.Long(Application.At))),
            new(Say("Kept until"), Markup.Words(Times.Long(Application.At + ApplicationDesk.Kept))),
            new(
                Say("Digest"),
                new Markup().Leaf("span", Application.Digest.ToString(), ("class", "c-digest"))
            ),
        ]);

    /// <summary>Shows the application of an address.</summary>
    public IActionResult OnGet(string token)
    {
        Response.Headers.CacheControl = "no-store";
        if (Site.Applications.OfStatus(token) is not { } found)
        {
            return this.Fail(
                new(
                    Problems.NotFound,
                    "no application has this address; one is kept for 30 days, then apply again"
                )
            );
        }

        Application = found;
        return Page();
    }
}
