using Concord.Acts;
using Concord.Measures;
using Concord.Rooms.Network;

namespace Concord.Rooms;

/// <summary>An act before the law: what is said, by whom, and in which world.</summary>
/// <param name="World">The world up to the act.</param>
/// <param name="Signed">The act.</param>
/// <param name="Speaker">Whom its key speaks for.</param>
internal readonly record struct Hearing(World World, Signed Signed, Speaker Speaker)
{
    /// <summary>The last tick.</summary>
    public Instant At => World.At;

    /// <summary>The party that speaks, when it is one.</summary>
    public PartyId? Party => Speaker is Speaker.Party party ? party.Id : null;

    /// <summary>The record of the party that speaks, when it is one.</summary>
    public Party? Organisation => Party is { } id ? World.Network.Parties.Find(id) : null;
}
