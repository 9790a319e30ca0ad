namespace Concord.Measures.Weights.Index;

/// <summary>What the index is told of a fingerprint in the log.</summary>
/// <param name="Entry">The entry of the log that it stands in.</param>
/// <param name="Form">The fingerprint, small or large.</param>
/// <param name="Files">The SHA-256 of each file that the weights lie in, where named.</param>
/// <param name="Stands">Whether it is looked at: false once it is void or withdrawn.</param>
public sealed record IndexedEntry(
    long Entry,
    Fingerprint Form,
    IReadOnlyList<WeightsDigest> Files,
    bool Stands = true
);
