using Concord.Acts;
using Concord.Rooms;

namespace Concord.Authority.Web.Filing;

/// <summary>What a form knows of where its act is made.</summary>
/// <param name="World">The world that is read.</param>
/// <param name="Party">Who files.</param>
/// <param name="Salt">16 random bytes for what is sealed, base64url, made for this act.</param>
public sealed record Desk(World World, PartyId Party, string Salt);
