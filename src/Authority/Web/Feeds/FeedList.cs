using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Web.Subjects;
using Concord.Rooms;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;

namespace Concord.Authority.Web.Feeds;

/// <summary>The feeds of this site: everything that changes.</summary>
/// <param name="site">What pages read.</param>
/// <param name="world">The world that is read.</param>
public sealed class FeedList(PublicSite site, World world)
{
    /// <summary>The path of the feed of all acts.</summary>
    public const string ActsPath = "/feeds/acts";

    /// <summary>The path of the feed of the register.</summary>
    public const string RegisterPath = "/feeds/register";

    /// <summary>The path of the feed of what is due.</summary>
    public const string DuePath = "/feeds/due";

    /// <summary>The path of the feed of a model, a party or a law.</summary>
    /// <param name="kind"><c>models</c>, <c>parties</c> or <c>laws</c>.</param>
    /// <param name="id">Its id.</param>
    public static string PathOf(string kind, string id) => $"/feeds/{kind}/{id}";

    /// <summary>All acts but the clock's.</summary>
    public Feed Acts(long before) =>
        new(ActsPath, $"Acts in the log of {site.Authority}", "/acts", From(before, null));

    /// <summary>What was filed about models: new ones, and whatever changed one.</summary>
    public Feed Register(long before) =>
        new(
            RegisterPath,
            $"Changes in the register of {site.Authority}",
            "/register",
            From(before, null).Where(index => site.ModelsOf(world, index).Any())
        );

    /// <summary>What was filed about a model.</summary>
    public Feed Of(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(
            PathOf("models", model.Id.ToString()),
            $"{model.FullName}: what was filed",
            ModelWords.Href(model.Id),
            ModelActs.Of(world, model)
        );
    }

    /// <summary>What a party filed, and what was filed about it.</summary>
    public Feed Of(Party party, long before)
    {
        ArgumentNullException.ThrowIfNull(party);
        var about = new Queue<long>(party.History.Select(one => one.Index));
        return new(
            PathOf("parties", party.Id.ToString()),
            $"{party.Name}: acts",
            $"/parties/{party.Id}",
            Merged(From(before, party.Id.ToString()), about)
        );
    }

    /// <summary>The adoptions of a rulebook; null: there is no such rulebook.</summary>
    public Feed? OfLaw(string id)
    {
        var editions = world
            .Network.Rulebooks.Where(one =>
                string.Equals(one.Book.Id, id, StringComparison.Ordinal)
            )
            .Reverse()
            .ToList();
        return editions.Count == 0
            ? null
            : new(
                PathOf("laws", id),
                $"{editions[0].Book.Title}: editions",
                $"/laws/{id}",
                editions.Select(one => one.Act).Distinct().OrderDescending()
            );
    }

    private IEnumerable<long> From(long before, string? party) =>
        site
            .Index.Find(world.Size, before, isUpwards: false, null, party)
            .Where(index => site.Index.TypeOf(index).Record != typeof(Tick));

    // Both newest first; what is in both is told once.
    private static IEnumerable<long> Merged(IEnumerable<long> all, Queue<long> about)
    {
        foreach (var index in all)
        {
            while (about.TryPeek(out var other) && other >= index)
            {
                about.Dequeue();
                if (other > index)
                {
                    yield return other;
                }
            }

            yield return index;
        }

        foreach (var other in about)
        {
            yield return other;
        }
    }
}
