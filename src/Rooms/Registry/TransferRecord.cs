using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Measures;

namespace Concord.Rooms.Registry;

/// <summary>A transfer that both parties have signed.</summary>
/// <param name="Id">The id.</param>
/// <param name="Act">What was declared in public.</param>
/// <param name="Terms">The sealed terms, where they are at hand.</param>
/// <param name="At">When the buyer's signature was logged.</param>
/// <param name="History">The entries that made it so.</param>
public sealed record TransferRecord(
    TransferId Id,
    Transfer Act,
    TransferTerms? Terms,
    Instant At,
    History History
)
{
    /// <summary>Who passes it on.</summary>
    public PartyId From => Act.Joint.Parties![0];

    /// <summary>Who receives it.</summary>
    public PartyId To => Act.Joint.Parties![1];
}
