namespace Concord.Measures.Weights.Index;

/// <summary>An entry whose sketch is near.</summary>
/// <param name="Entry">The entry of the log.</param>
/// <param name="Distance">In how many of 1,024 signs the sketches differ.</param>
public readonly record struct NearSketch(long Entry, int Distance);
