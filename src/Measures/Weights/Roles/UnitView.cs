namespace Concord.Measures.Weights.Roles;

/// <summary>One view of the units of a layer: one matrix, or one for each expert.</summary>
/// <param name="Parts">The matrices, whose units follow each other.</param>
/// <param name="Gain">The gain of the norm between the stream and what is read; null: none.</param>
public sealed record UnitView(IReadOnlyList<UnitMatrix> Parts, WeightsTensor? Gain)
{
    /// <summary>How many units.</summary>
    public int Units => Parts.Sum(part => part.Units);
}
