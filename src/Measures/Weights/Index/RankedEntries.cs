namespace Concord.Measures.Weights.Index;

/// <summary>Entries compared by their units.</summary>
/// <param name="Entries">Those that were, the strongest evidence first, then by age.</param>
/// <param name="Lacking">Those whose fingerprint was not at hand.</param>
public sealed record RankedEntries(IReadOnlyList<RankedEntry> Entries, IReadOnlyList<long> Lacking);
