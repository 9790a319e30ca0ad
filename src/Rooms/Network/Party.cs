using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Rooms.Network;

/// <summary>A party as the register has it.</summary>
public sealed record Party
{
    /// <summary>The id.</summary>
    public required PartyId Id { get; init; }

    /// <summary>The legal name.</summary>
    public required string Name { get; init; }

    /// <summary>ISO 3166-1 alpha-2 of its seat.</summary>
    public required string Country { get; init; }

    /// <summary>Legal Entity Identifier.</summary>
    public string? Lei { get; init; }

    /// <summary>Research Organization Registry id.</summary>
    public string? Ror { get; init; }

    /// <summary>What it is admitted to do.</summary>
    public required IReadOnlyList<PartyRole> Roles { get; init; }

    /// <summary>Its keys, revoked and expired ones included.</summary>
    public required IReadOnlyList<KeyId> Keys { get; init; }

    /// <summary>When it was admitted.</summary>
    public required Instant AdmittedAt { get; init; }

    /// <summary>The entries that made it so.</summary>
    public required History History { get; init; }

    /// <summary>Whether it is admitted to one of the roles.</summary>
    public bool IsAny(params ReadOnlySpan<PartyRole> roles)
    {
        foreach (var role in roles)
        {
            if (Roles.Contains(role))
            {
                return true;
            }
        }

        return false;
    }
}
