using Concord.Acts.Network;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Ledger;
using Concord.Rooms.Network;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>A key, and whom it speaks for.</summary>
/// <param name="site">What pages read.</param>
public sealed class KeyPage(PublicSite site) : SitePage(site)
{
    /// <summary>The key.</summary>
    public KeyRecord Key { get; private set; } = null!;

    /// <summary>Whom it speaks for, for the heading.</summary>
    public Markup Who => new Names(World, isLinked: false).Speaker(Key.Speaker.ToString()!);

    /// <summary>The rows about it.</summary>
    public Markup Facts =>
        FactList.WithoutSources([
            new(Say("Speaks for"), new Names(World).Speaker(Key.Speaker.ToString()!)),
            new(Say("Held by"), Markup.Words(Prose.Capital(Prose.Plain(Key.Holder)))),
            new(Say("May"), Markup.Words(Key.Role is { } role ? MaySay(role) : PurposeOf())),
            new(Say("Now"), KeyState.Of(Key, World.At)),
            new(
                Say("Thumbprint"),
                new Markup().Leaf("span", $"{Key.Key.Id}", ("class", "c-digest"))
            ),
        ]);

    /// <summary>The acts that made it so.</summary>
    public Markup History =>
        ActList.Of(Key.History.Select(one => ActLines.At(Site, World, one.Index)));

    /// <summary>Shows the key of a thumbprint.</summary>
    public IActionResult OnGet(string id)
    {
        if (
            !KeyId.TryParse(id, out var thumbprint)
            || World.Network.Keys.Find(thumbprint) is not { } key
        )
        {
            return this.Fail(
                new(Problems.NotFound, $"no party, officer or root has the key {id}")
                {
                    Where = "id",
                }
            );
        }

        Key = key;
        return Page();
    }

    private static string MaySay(Concord.Acts.Network.KeyRole role) =>
        role switch
        {
            Concord.Acts.Network.KeyRole.Administrator => Say(
                "File acts, add and end keys of its party"
            ),
            Concord.Acts.Network.KeyRole.Filer => Say("File acts of its party"),
            _ => Say("Read what is its party’s; sign nothing"),
        };

    private string PurposeOf() =>
        Key.Speaker switch
        {
            Speaker.Authority authority => AuthorityPage.Says(authority.Purpose),
            Speaker.Officer => Say("Propose and sign decisions with other institutions"),
            Speaker.Staff { Role: StaffRole.Clerk } => Say(
                "Admit parties, ask questions, read what is sealed; decide nothing"
            ),
            Speaker.Staff { Role: StaffRole.Auditor } => Say(
                "Read what is sealed, and who read it; sign nothing"
            ),
            Speaker.Staff => Say("Read what is sealed; sign nothing"),
            _ => Say("Sign key sets with other roots"),
        };
}
