using Concord.Authority.Web;
using Concord.Rooms.Network;

namespace Concord.Authority.Pages;

/// <summary>Who may file here.</summary>
/// <param name="site">What pages read.</param>
public sealed class PartiesPage(PublicSite site) : SitePage(site)
{
    private const int Most = 500;

    /// <summary>The parties, newest first, at most 500.</summary>
    public IReadOnlyList<Party> Parties =>
        [.. World.Network.Parties.Values.OrderByDescending(one => one.Id.Index).Take(Most)];

    /// <summary>How many there are.</summary>
    public int Count => World.Network.Parties.Count;

    /// <summary>How many models a party registered.</summary>
    public int ModelsOf(Party party)
    {
        ArgumentNullException.ThrowIfNull(party);
        return World.Registry.ModelsOf.Find(party.Id)?.Count() ?? 0;
    }
}
