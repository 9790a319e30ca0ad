using Concord.Authority.Web;
using Concord.Rooms.Network;

namespace Concord.Authority.Pages;

/// <summary>
/// Files many acts out of a file: the page's script has each row judged, one touch of a passkey
/// signs all that can be filed. The server is sent rows to judge and signed statements to file,
/// and keeps nothing in between.
/// </summary>
/// <param name="site">What pages read.</param>
public sealed class BulkPage(PublicSite site) : SigningPage(site)
{
    /// <summary>The path of the page.</summary>
    public const string Path = "/bulk";

    /// <summary>In whose name acts are filed, as statements have it.</summary>
    public string Issuer => World.Network.IssuerOf(new Speaker.Party(Party!.Id));

    /// <summary>The command that does the same, and the one that finds the root.</summary>
    public (string Files, string Root) Words =>
        (
            "concord bulk ACTS.jsonl --key~KEY.pem",
            $"concord bulk signed.jsonl --passkey~{Passkey?.Key.Id}"
        );

    /// <summary>Shows who signs, and then the page that files.</summary>
    public void OnGet() => Read(Path, Request.Query, []);
}
