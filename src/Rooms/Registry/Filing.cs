using Concord.Acts;
using Concord.Rooms.Network;

namespace Concord.Rooms.Registry;

/// <summary>Who filed an act that may be amended, corrected or withdrawn.</summary>
/// <param name="Type">The type of the act.</param>
/// <param name="Party">The party; null: the authority.</param>
public sealed record Filing(ActType Type, PartyId? Party)
{
    /// <summary>Whether a speaker is who filed it.</summary>
    public bool IsBy(Speaker speaker) =>
        Party is { } party
            ? speaker is Speaker.Party other && other.Id == party
            : speaker is Speaker.Authority { Purpose: Concord.Acts.Network.KeyPurpose.Registrar };
}
