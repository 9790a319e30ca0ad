namespace Concord.Measures.Weights.Index;

/// <summary>What a scan of all sketches found.</summary>
/// <param name="Nearest">The nearest, first the nearest, then by age.</param>
/// <param name="Within">How many were within the distance: more than are named, perhaps.</param>
public sealed record NearSketches(IReadOnlyList<NearSketch> Nearest, long Within);
