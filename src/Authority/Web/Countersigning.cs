using Concord.Acts;
using Concord.Acts.Network;
using Concord.Rooms;
using Concord.Rooms.Network;

namespace Concord.Authority.Web;

/// <summary>Whose signature comes next under what parties sign together.</summary>
public static class Countersigning
{
    /// <summary>The party; null: it is for others, or everybody has signed.</summary>
    public static PartyId? NextOf(World world, JointState joint)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(joint);
        return
            joint.Terms is { Kind: JointKind.Parties, Parties: { } parties }
            && world.Network.Counted(joint).Count is var signed
            && signed < parties.Count
            ? parties[signed]
            : null;
    }
}
