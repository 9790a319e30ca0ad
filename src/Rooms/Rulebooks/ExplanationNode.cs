using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// One node of an explanation: what was asked, what the answer is, and the values and sources that
/// decided it. The tree has the shape of the law.
/// </summary>
/// <param name="Operator">The operator, as the rulebook writes it.</param>
/// <param name="Answer">Its answer.</param>
/// <param name="Says">The condition in words.</param>
public sealed record ExplanationNode(string Operator, Answer Answer, string Says)
{
    /// <summary>The citations, as lawyers write them; empty: as its parent's.</summary>
    public string Cite { get; init; } = "";

    /// <summary>The fact that it reads; null: a join.</summary>
    public FactReading? Reading { get; init; }

    /// <summary>The second fact of a comparison of two.</summary>
    public FactReading? Against { get; init; }

    /// <summary>The threshold, in words; null: none.</summary>
    public string? Threshold { get; init; }

    /// <summary>What the reader should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The parts.</summary>
    public IReadOnlyList<ExplanationNode> Children { get; init; } = [];
}
