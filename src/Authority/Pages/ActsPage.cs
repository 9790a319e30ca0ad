using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>Acts of the log, newest first, a page at a time.</summary>
/// <param name="site">What pages read.</param>
public sealed class ActsPage(PublicSite site) : SitePage(site)
{
    private const int PageSize = 50;
    private const int PageMax = 500;

    /// <summary>Acts on this page.</summary>
    public Markup List { get; private set; } = new();

    /// <summary>How many there are on this page.</summary>
    public int Count { get; private set; }

    /// <summary>The kind that is asked for; null: all.</summary>
    public string? Type { get; private set; }

    /// <summary>Whose acts are asked for; null: everybody's.</summary>
    public string? Party { get; private set; }

    /// <summary>Whether ticks of the clock are among them.</summary>
    public bool HasTicks { get; private set; }

    /// <summary>The address of the older ones; null: there are none.</summary>
    public string? Older { get; private set; }

    /// <summary>The address of the newest ones; null: these are they.</summary>
    public string? Newest { get; private set; }

    /// <summary>The size of the log that is read.</summary>
    public long Size => Site.SnapshotOf(HttpContext).Size;

    /// <summary>The kinds of acts by their wire names, in words.</summary>
    public static IEnumerable<(string Name, string Says)> Kinds =>
        ActTable
            .Rows.Where(row => row.Form != ActForm.Sealed)
            .Select(row => (row.Name, Prose.Capital(Say(row.Says))))
            .Append(("sealed", Say("Says something sealed")));

    /// <summary>Finds them.</summary>
    public IActionResult OnGet(
        string? before,
        string? after,
        string? type,
        string? party,
        int? limit
    )
    {
        var (from, isUpwards) = (Size, after is not null);
        if (
            limit is < 1 or > PageMax
            || (isUpwards && !ActAddress.TryRead(after, Size, out from))
            || (!isUpwards && before is not null && !ActAddress.TryRead(before, Size, out from))
        )
        {
            return this.Fail(
                new(Problems.BadQuery, $"before and after are ids of acts, limit is 1 to {PageMax}")
            );
        }

        (Type, Party) = (Blank(type), Blank(party));
        HasTicks = Request.Query["ticks"] == "yes" || Type is "network/tick/1" || isUpwards;
        var size = limit ?? PageSize;
        var found = Site
            .Index.Find(Size, from, isUpwards, Type, Party)
            .Where(index => HasTicks || Site.Index.TypeOf(index).Record != typeof(Tick))
            .Take(size + 1)
            .ToList();
        var shown = found.Take(size).ToList();
        Count = shown.Count;
        List = ActList.Of(shown.Select(index => ActLines.At(Site, World, index)));
        Older =
            found.Count > size && !isUpwards
                ? Href(("before", new ActId(shown[^1]).ToString()))
                : null;
        Newest = before is not null || isUpwards ? Href() : null;
        return Page();
    }

    /// <summary>The heading: what is listed.</summary>
    public string Heading =>
        (Type, Party) switch
        {
            (null, null) => Say("Acts in the log"),
            (null, { } party) => Plainly($"Acts of {NameOf(party)}"),
            ({ } type, null) => Plainly($"Acts: {Says(type)}"),
            ({ } type, { } party) => Plainly($"Acts of {NameOf(party)}: {Says(type)}"),
        };

    /// <summary>The address of this list from its newest act.</summary>
    public string Address => Href();

    /// <summary>The same with ticks, or without.</summary>
    public string OtherTicks => Href(("ticks", HasTicks ? null : "yes"));

    private string Href(params ReadOnlySpan<(string Name, string? Value)> changes)
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["type"] = Type,
            ["party"] = Party,
            ["ticks"] = Request.Query["ticks"] == "yes" ? "yes" : null,
        };
        foreach (var (name, value) in changes)
        {
            query[name] = value;
        }

        return "/acts" + QueryString.Create(query.Where(one => one.Value is not null));
    }

    private string NameOf(string party) => new Names(World, isLinked: false).Speaker(party).Plain();

    private static string Says(string type) =>
        Kinds.FirstOrDefault(one => string.Equals(one.Name, type, StringComparison.Ordinal)).Says
            is { } says
            ? Prose.Uncapital(says)
            : Say("a kind that is not known here");

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
