using Concord.Acts;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Languages;
using Concord.Authority.Web.Subjects;
using Concord.Rooms.Network;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>Two rulebooks, or two editions of one, side by side.</summary>
/// <param name="site">What pages read.</param>
public sealed class ComparePage(PublicSite site) : SitePage(site)
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    /// <summary>The first; null: none is chosen.</summary>
    public AdoptedRulebook? A { get; private set; }

    /// <summary>The second; null: none is chosen.</summary>
    public AdoptedRulebook? B { get; private set; }

    /// <summary>The comparison; null: two are not chosen yet.</summary>
    public LawComparison? Compared { get; private set; }

    /// <summary>All that can be compared, by the words of the address.</summary>
    public IReadOnlyList<(string Key, string Says, AdoptedRulebook Book)> Choices =>
        [
            .. World
                .Network.Rulebooks.OrderBy(one => one.Book.Short, StringComparer.Ordinal)
                .ThenByDescending(one => one.Act)
                .Select(one => (KeyOf(World, one), $"{one.Book.Short}, {one.Book.Edition}", one)),
        ];

    /// <summary>The heading: what the comparison finds.</summary>
    public string Heading
    {
        get
        {
            if (A is null || B is null || Compared is null)
            {
                return Say("Two laws side by side");
            }

            if (!string.Equals(A.Book.Id, B.Book.Id, Ordinal))
            {
                return Plainly($"{A.Book.Short} beside {B.Book.Short}");
            }

            var all = Compared.All.ToList();
            var differ = all.Count(row => !row.IsSame);
            var points = Speech.Count(all.Count, "{0} point", "{0} points");
            return differ == 0
                ? Plainly($"Nothing differs: {points} the same")
                : Plainly($"{Figures.Count(differ)} of {points} differ");
        }
    }

    /// <summary>How many points compare how, in words.</summary>
    public string Counts
    {
        get
        {
            var counts = Compared!
                .All.GroupBy(Compared.Say, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => $"{Prose.Uncapital(group.Key)} {Figures.Count(group.Count())}");
            return $"{Speech.Count(Compared.All.Count(), "{0} point", "{0} points")}: "
                + $"{string.Join(", ", counts)}.";
        }
    }

    /// <summary>
    /// How an address names an edition: the id of the law, where it is the one that applies, else
    /// the act that adopted it.
    /// </summary>
    public static string KeyOf(Concord.Rooms.World world, AdoptedRulebook adopted)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(adopted);
        return Applied(world, adopted.Book.Id) == adopted
            ? adopted.Book.Id
            : new ActId(adopted.Act).ToString();
    }

    /// <summary>Lays them side by side.</summary>
    public IActionResult OnGet(string? a, string? b)
    {
        (A, B) = (Find(a), Find(b));
        if ((A is null && a is { Length: > 0 }) || (B is null && b is { Length: > 0 }))
        {
            return this.Fail(
                new(
                    Problems.NotFound,
                    $"no rulebook {(A is null ? a : b)} is adopted here; /laws lists them all"
                )
            );
        }

        Compared = A is null || B is null ? null : new(A, B);
        return Page();
    }

    private AdoptedRulebook? Find(string? key) =>
        key is not { Length: > 0 } ? null
        : ShortId.TryParse(key, ActId.Letter, out var act)
            ? World.Network.Rulebooks.FirstOrDefault(one => one.Act == act)
        : Applied(World, key);

    private static AdoptedRulebook? Applied(Concord.Rooms.World world, string id) =>
        world.Network.RulebookOn(id, world.At.Day)
        ?? world.Network.Rulebooks.LastOrDefault(one => string.Equals(one.Book.Id, id, Ordinal));
}
