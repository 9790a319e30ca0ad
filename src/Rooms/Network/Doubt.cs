using Concord.Acts;
using Concord.Measures;

namespace Concord.Rooms.Network;

/// <summary>
/// That an act was signed by a key in other hands, and what became of it. It counts until it is
/// voided: a doubt takes nothing from anybody.
/// </summary>
/// <param name="Since">Since when the key is said to have been in other hands.</param>
/// <param name="ConfirmedBy">The act by which who said it stands by it; null: none.</param>
/// <param name="VoidedBy">The act by which officers voided it; null: none.</param>
public sealed record Doubt(Instant Since, ActId? ConfirmedBy, ActId? VoidedBy)
{
    /// <summary>Whether nobody has decided on it.</summary>
    public bool IsOpen => ConfirmedBy is null && VoidedBy is null;
}
