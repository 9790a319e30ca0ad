namespace Concord.Measures.Weights.Index;

/// <summary>
/// An entry and what its fingerprint and the one looked for say about each other.
/// </summary>
/// <param name="Entry">The entry of the log.</param>
/// <param name="Evidence">The evidence.</param>
public sealed record RankedEntry(long Entry, PairEvidence Evidence);
