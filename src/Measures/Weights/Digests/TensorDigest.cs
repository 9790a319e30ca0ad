namespace Concord.Measures.Weights.Digests;

/// <summary>The canonical digest of a tensor.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Kind">Whether it is evidence.</param>
/// <param name="Zeros">How many of its numbers are zero, where it is stored as plain
/// numbers.</param>
public sealed record TensorDigest(
    WeightsTensor Tensor,
    WeightsDigest Digest,
    EvidenceKind Kind,
    long Zeros
);
