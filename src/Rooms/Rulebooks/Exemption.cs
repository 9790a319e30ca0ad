namespace Concord.Rooms.Rulebooks;

/// <summary>Who is exempt from a duty.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Says">The exemption in words.</param>
/// <param name="Cite">Where it is written.</param>
/// <param name="Condition">What must be shown.</param>
public sealed record Exemption(
    string Id,
    string Says,
    IReadOnlyList<Citation> Cite,
    Condition Condition
);
