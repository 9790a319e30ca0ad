using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Rooms.Network;

/// <summary>An invitation, and what became of it.</summary>
public sealed record Invitation
{
    /// <summary>The act.</summary>
    public required Invite Act { get; init; }

    /// <summary>The administrator's key that signed it.</summary>
    public required KeyId By { get; init; }

    /// <summary>The entries that made it so.</summary>
    public required History History { get; init; }

    /// <summary>The entry by which a key was added with its code.</summary>
    public long? SpentBy { get; init; }

    /// <summary>The entry by which it was withdrawn.</summary>
    public long? WithdrawnBy { get; init; }

    /// <summary>Its id.</summary>
    public ActId Id => new(Earliest.Index);

    /// <summary>Whether it was neither spent nor withdrawn.</summary>
    internal bool IsUnspent => SpentBy is null && WithdrawnBy is null;

    private History Earliest => History.Last();
}
