namespace Concord.Rooms.Rulebooks;

/// <summary>A later beginning of a duty.</summary>
/// <param name="When">For whom, which must be shown; null: for all.</param>
/// <param name="Until">The beginning.</param>
/// <param name="Cite">Where it is written.</param>
public sealed record Deferral(Condition? When, TimeExpression Until, IReadOnlyList<Citation> Cite);
