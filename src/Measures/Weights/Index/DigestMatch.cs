namespace Concord.Measures.Weights.Index;

/// <summary>An entry with a digest that was looked for.</summary>
/// <param name="Entry">The entry of the log.</param>
/// <param name="Kind">What the digest is of there.</param>
public readonly record struct DigestMatch(long Entry, DigestKind Kind);
