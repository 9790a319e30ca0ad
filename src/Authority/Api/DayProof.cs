namespace Concord.Authority.Api;

/// <summary>
/// What proves that a kept item is under its day's root in the log (RFC 9162 §2.1.3).
/// </summary>
/// <param name="Day">The day.</param>
/// <param name="Act">The act that logged the root.</param>
/// <param name="Count">The number of leaves.</param>
/// <param name="Root">The root in the log.</param>
/// <param name="Index">The leaf's place, from 0; null: the item has none in the store.</param>
/// <param name="Path">The hashes from the leaf to the root.</param>
/// <param name="Fault">Why the proof does not hold; null: it does.</param>
public sealed record DayProof(
    string Day,
    string Act,
    long Count,
    string Root,
    long? Index,
    IReadOnlyList<string> Path,
    string? Fault
);
