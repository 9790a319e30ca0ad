using Concord.Acts;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Rooms.Registry;
using Microsoft.AspNetCore.Mvc;

namespace Concord.Authority.Pages;

/// <summary>The address of a release leads to its place on the page of its model.</summary>
/// <param name="site">What pages read.</param>
public sealed class ReleasePage(PublicSite site) : SitePage(site)
{
    /// <summary>Goes there.</summary>
    public IActionResult OnGet(string id) =>
        ShortId.TryParse(id, ReleaseId.Letter, out var index)
        && World.Registry.Releases.Find(new(index)) is { } release
            ? To($"{ModelWords.Href(release.Act.Model)}#{release.Id}")
            : this.Fail(new(Problems.NotFound, $"no release has the id {id}") { Where = "id" });
}
