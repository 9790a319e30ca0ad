using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Rooms.Lineage;

/// <summary>An objection to a match or a fingerprint.</summary>
/// <param name="Id">The act.</param>
/// <param name="Said">What it says.</param>
/// <param name="At">When it was filed.</param>
public sealed record Objection(ActId Id, Dispute Said, Instant At);
