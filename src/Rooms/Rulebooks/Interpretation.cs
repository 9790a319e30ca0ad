namespace Concord.Rooms.Rulebooks;

/// <summary>A reading that the rulebook chooses where a text is open, and shows.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Says">The reading, in words.</param>
/// <param name="Cite">The text that is open.</param>
public sealed record Interpretation(string Id, string Says, IReadOnlyList<Citation> Cite);
