using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Rooms.Network;

/// <summary>What one party lets another file in its name.</summary>
public sealed record Delegation
{
    /// <summary>The act, the last of this party to that one.</summary>
    public required DelegateAct Act { get; init; }

    /// <summary>The administrator's key that signed it.</summary>
    public required KeyId By { get; init; }

    /// <summary>When it was filed.</summary>
    public required Instant At { get; init; }

    /// <summary>The entries that made it so.</summary>
    public required History History { get; init; }

    /// <summary>The id of the act.</summary>
    public ActId Id => new(History.Index);

    /// <summary>Whether it lets acts of a type be filed, while it lasts.</summary>
    public bool Covers(ActType type) =>
        Act.Acts.Contains(type.Name[..type.Name.LastIndexOf('/')], StringComparer.Ordinal);
}
