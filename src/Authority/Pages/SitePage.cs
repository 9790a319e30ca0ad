using Concord.Authority.Web;
using Concord.Authority.Web.Languages;
using Concord.Rooms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Concord.Authority.Pages;

/// <summary>A page that reads the world with which its request began.</summary>
/// <param name="site">What pages read.</param>
public abstract class SitePage(PublicSite site) : PageModel
{
    /// <summary>What pages read.</summary>
    public PublicSite Site => site;

    /// <summary>The world that this request reads.</summary>
    public World World => site.WorldOf(HttpContext);

    /// <summary>Leads to a page of this site, in the language that is asked for.</summary>
    protected RedirectResult To(string path) => Redirect(Language.Now.Href(path));
}
