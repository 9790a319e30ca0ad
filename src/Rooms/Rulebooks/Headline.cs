namespace Concord.Rooms.Rulebooks;

/// <summary>The one question by which a rulebook heads a column of the register.</summary>
/// <param name="Question">The question, for example <em>Over EU 10^25?</em></param>
/// <param name="Definition">The definition that answers it.</param>
/// <param name="Quantity">The number that decides; null: no number does.</param>
/// <param name="Assume">Facts that a column assumes where nobody states them.</param>
/// <param name="AssumeWords">The assumption as a heading, <em>if offered in the Union</em>.</param>
public sealed record Headline(
    string Question,
    string Definition,
    string? Quantity,
    IReadOnlyList<Assumption> Assume,
    string? AssumeWords
);
