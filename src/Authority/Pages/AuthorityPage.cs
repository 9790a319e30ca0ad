using Concord.Acts.Network;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Rooms.Network;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>Who the authority is: roots, institutions with their officers, keys.</summary>
/// <param name="site">What pages read.</param>
public sealed class AuthorityPage(PublicSite site) : SitePage(site)
{
    /// <summary>The founding act.</summary>
    public Genesis Genesis { get; private set; } = null!;

    /// <summary>The key set in force.</summary>
    public KeySetBody KeySet { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public IActionResult OnGet()
    {
        if (World.Network is not { Genesis: { } genesis, KeySet: { } set })
        {
            return this.Fail(new(Problems.NotFound, "the authority is not founded"));
        }

        (Genesis, KeySet) = (genesis, set);
        return Page();
    }

    /// <summary>Somebody who works at the authority, by name and role.</summary>
    public static string Named(KeyRecord key) =>
        key?.Speaker is Speaker.Staff staff ? $"{staff.Name}, {ActSentence.Word(staff.Role)}" : "";

    /// <summary>What a key of the authority signs.</summary>
    public static string Says(KeyPurpose purpose) =>
        purpose switch
        {
            KeyPurpose.Registrar => Say("Acts of the authority itself: admissions"),
            KeyPurpose.Tick => Say("Ticks of the clock"),
            KeyPurpose.Refusal => Say("Refusals"),
            KeyPurpose.Standing => Say("Answers on standing"),
            _ => Say("Receipts"),
        };
}
