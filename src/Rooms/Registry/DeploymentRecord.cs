using Concord.Acts;
using Concord.Acts.Registry;

namespace Concord.Rooms.Registry;

/// <summary>A deployment as the register has it; the act is sealed.</summary>
/// <param name="Id">The id.</param>
/// <param name="Act">What was declared.</param>
/// <param name="IsWithdrawn">Whether its host has withdrawn it.</param>
/// <param name="History">The entries that made it so.</param>
public sealed record DeploymentRecord(
    DeploymentId Id,
    Deploy Act,
    bool IsWithdrawn,
    History History
)
{
    /// <summary>The digest of the sealed act.</summary>
    public required Ledger.Digest Digest { get; init; }

    /// <summary>The act by which its host has made it public; null: it is sealed.</summary>
    public ActId? RevealedBy { get; init; }
}
