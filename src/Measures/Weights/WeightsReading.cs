using Concord.Measures.Weights.Digests;

namespace Concord.Measures.Weights;

/// <summary>What one pass over weights yields.</summary>
/// <param name="Fingerprint">The large form.</param>
/// <param name="Tensors">The canonical digest of each tensor, in the order of the file.</param>
/// <param name="Files">The SHA-256 of each file, in the order given.</param>
public sealed record WeightsReading(
    Fingerprint Fingerprint,
    IReadOnlyList<TensorDigest> Tensors,
    IReadOnlyList<WeightsDigest> Files
);
