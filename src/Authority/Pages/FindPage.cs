using System.Globalization;
using Concord.Acts;
using Concord.Authority.Web;
using Concord.Authority.Web.Tables;
using Concord.Ledger;
using Concord.Rooms.Registry;
using Microsoft.AspNetCore.Mvc;

namespace Concord.Authority.Pages;

/// <summary>One box that takes anything: it leads to what is meant, else to a search.</summary>
/// <param name="site">What pages read.</param>
public sealed class FindPage(PublicSite site) : SitePage(site)
{
    /// <summary>What was looked for, where nothing has it.</summary>
    public string Sought { get; private set; } = "";

    /// <summary>Goes where the text leads.</summary>
    public IActionResult OnGet(string? q)
    {
        var text = (q ?? "").Trim();
        if (text.Length == 0)
        {
            return To("/register");
        }

        if (AddressOf(text) is { } address)
        {
            return To(address);
        }

        if (text.Length > RegisterQuestion.SearchMax || IsDigest(text, out _))
        {
            Sought = text;
            return Page();
        }

        return To(new RegisterQuestion { Search = text }.Href);
    }

    private string? AddressOf(string text)
    {
        var (registry, network) = (World.Registry, World.Network);
        if (
            ShortId.TryParse(text, ModelId.Letter, out var model)
            && registry.Models.Find(new(model)) is { } found
        )
        {
            return ModelWords.Href(registry.Canonical(found.Id));
        }

        if (
            ShortId.TryParse(text, ReleaseId.Letter, out var release)
            && registry.Releases.Find(new(release)) is { } record
        )
        {
            return $"/releases/{record.Id}";
        }

        if (
            ShortId.TryParse(text, PartyId.Letter, out var party)
            && network.Parties.Find(new(party)) is { } one
        )
        {
            return $"/parties/{one.Id}";
        }

        if (
            (
                ShortId.TryParse(text, ActId.Letter, out var act)
                || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out act)
            )
            && act < World.Size
        )
        {
            return $"/acts/{new ActId(act)}";
        }

        return IsDigest(text, out var digest) && registry.Weights.TryGet(digest, out var weights)
            ? $"/releases/{weights}"
            : null;
    }

    private static bool IsDigest(string text, out Digest digest) =>
        Digest.TryParse(text, out digest) || Digest.TryParseHex(text, out digest);
}
