using Concord.Authority.Api;
using Concord.Authority.Web;
using Microsoft.AspNetCore.Mvc;

namespace Concord.Authority.Pages;

/// <summary>
/// Where whoever got a message ends it: by a button, or by the one request that a mail program
/// makes (RFC 8058). Who has the address of the page has a message, and needs no key.
/// </summary>
/// <param name="site">What pages read.</param>
/// <param name="authority">Whose notices.</param>
[IgnoreAntiforgeryToken]
[RequestSizeLimit(BodyBytesMax)]
public sealed class NoticeStopPage(PublicSite site, RunningAuthority authority) : SitePage(site)
{
    private const int BodyBytesMax = 4 << 10;

    /// <summary>What ends it.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Whether it is ended.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Shows the button: programs that look through mail open every link in it.</summary>
    public IActionResult OnGet([FromRoute] string token)
    {
        Response.Headers.CacheControl = "no-store";
        Token = token;
        return authority.Notices.Store.ChannelOfToken(token) is null
            ? this.Fail(new(Problems.NotFound, "nothing is sent by this address, or no more"))
            : Page();
    }

    /// <summary>Ends it.</summary>
    public IActionResult OnPost([FromRoute] string token)
    {
        if (OnGet(token) is var shown && authority.Notices.Store.ChannelOfToken(token) is { } one)
        {
            authority.Notices.Store.Remove(one.Id);
            IsEnded = true;
        }

        return shown;
    }
}
