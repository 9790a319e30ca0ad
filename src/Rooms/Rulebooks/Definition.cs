namespace Concord.Rooms.Rulebooks;

/// <summary>A term of a law as a condition.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">The term.</param>
/// <param name="Cite">Where it is written.</param>
/// <param name="Condition">When it applies.</param>
public sealed record Definition(
    string Id,
    string Title,
    IReadOnlyList<Citation> Cite,
    Condition Condition
);
