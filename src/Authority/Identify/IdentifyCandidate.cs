using Concord.Measures.Weights;
using Concord.Rooms.Lineage;

namespace Concord.Authority.Identify;

/// <summary>A release that was not trained independently of what was asked for.</summary>
/// <param name="Print">The fingerprint in the log.</param>
/// <param name="Evidence">What the pair says.</param>
public sealed record IdentifyCandidate(FingerprintRecord Print, PairEvidence Evidence);
