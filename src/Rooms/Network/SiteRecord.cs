using Concord.Acts;
using Concord.Acts.Network;

namespace Concord.Rooms.Network;

/// <summary>A data centre or other premises as the register has it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Act">What was declared.</param>
/// <param name="Address">The sealed address, where it is at hand.</param>
/// <param name="History">The entries that made it so.</param>
public sealed record SiteRecord(SiteId Id, Site Act, SiteAddress? Address, History History)
{
    /// <summary>Whether its operator has made the address public.</summary>
    public bool IsRevealed { get; init; }
}
