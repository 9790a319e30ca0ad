using Concord.Acts.Network;
using Concord.Authority.Web;

namespace Concord.Authority.Pages;

/// <summary>
/// Where an officer makes a passkey. The page keeps nothing and files nothing: what counts is the
/// key set in which the roots name the key.
/// </summary>
/// <param name="site">What pages read.</param>
public sealed class OfficerPasskeyPage(PublicSite site) : SitePage(site)
{
    /// <summary>Where passkeys are made here; null: nowhere.</summary>
    public WebAddress? Address { get; private set; }

    /// <summary>The institutions whose officers decide.</summary>
    public IReadOnlyList<Institution> Institutions => World.Network.KeySet!.Institutions;

    /// <summary>Finds where passkeys are made.</summary>
    public void OnGet() => Address = Site.AddressOf(HttpContext);
}
