namespace Concord.Rooms.Rulebooks;

/// <summary>By how much a figure may be wrong, given its source's word of confidence.</summary>
/// <param name="Word">The word as the source writes it; empty: any other word or none.</param>
/// <param name="Factor">The number lies between figure / factor and figure × factor.</param>
/// <param name="Source">Where the word comes from.</param>
/// <param name="AssumedBy">Who assumes the factor.</param>
public sealed record ConfidenceFactor(string Word, uint Factor, string Source, string AssumedBy);
