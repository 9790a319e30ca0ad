using Concord.Measures.Weights;
using Concord.Rooms.Lineage;

namespace Concord.Authority.Identify;

/// <summary>A release that was not trained independently of what was asked for.</summary>
/// <param name="Print">The fingerprint in the log.</param>
/// <param name="Form">What it says.</param>
/// <param name="Evidence">What the pair says, first what was asked for.</param>
public sealed record IdentifyCandidate(
    FingerprintRecord Print,
    Fingerprint Form,
    PairEvidence Evidence
);
