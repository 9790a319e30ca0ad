namespace Concord.Measures.Weights.Index;

/// <summary>An entry that a sweep found.</summary>
/// <param name="Entry">The entry of the log.</param>
/// <param name="Log10P">The evidence, as <see cref="PairEvidence.Log10P" />.</param>
public readonly record struct SweepFinding(long Entry, double Log10P);
