namespace Concord.Rooms.Rulebooks;

/// <summary>A text that a rulebook renders.</summary>
/// <param name="Title">Its title and edition.</param>
/// <param name="Short">The short form used in citations.</param>
/// <param name="Url">Where it can be read.</param>
/// <param name="Certainty">How it was read.</param>
/// <param name="AsOf">The day on which it was last read.</param>
public sealed record LawSource(
    string Title,
    string Short,
    string? Url,
    Certainty Certainty,
    DateOnly AsOf
);
