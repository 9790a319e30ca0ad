namespace Concord.Measures.Weights.Index;

/// <summary>What a stretch of the index is worth comparing whole.</summary>
/// <param name="Passed">The entries that are, in the order of the log.</param>
/// <param name="Slots">How many slots were screened, of withdrawn entries too.</param>
/// <param name="Through">The entry of the last of them.</param>
public sealed record ScreenedEntries(IReadOnlyList<long> Passed, int Slots, long Through);
