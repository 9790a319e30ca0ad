namespace Concord.Measures.Weights.Adapters;

/// <summary>
/// What an adapter adds to one matrix: the product of two small ones, times a factor (LoRA, Hu and
/// others, arXiv 2106.09685).
/// </summary>
public sealed record AdapterFactor
{
    /// <summary>The matrix of the base that it changes, as the adapter calls it.</summary>
    public required string Matrix { get; init; }

    /// <summary>What reads: rank × inputs.</summary>
    public required WeightsTensor Read { get; init; }

    /// <summary>What writes: outputs × rank.</summary>
    public required WeightsTensor Written { get; init; }

    /// <summary>
    /// Few directions: at most one in four of those that there are. With as many as there are
    /// anything is made of anything.
    /// </summary>
    internal const int FewIn = 4;

    /// <summary>How many directions it adds.</summary>
    public int Rank => (int)Read.Shape[0];

    /// <summary>How many inputs the matrix has.</summary>
    public long Inputs => Read.Shape[1];

    /// <summary>How many outputs the matrix has.</summary>
    public long Outputs => Written.Shape[0];

    /// <summary>Whether it adds few directions.</summary>
    public bool IsLow => Rank * (long)FewIn <= Math.Min(Inputs, Outputs);

    /// <summary>
    /// The factor that its configuration gives: α/r, or α/√r; null: it gives none for this matrix.
    /// </summary>
    public required double? Scale { get; init; }

    /// <summary>Whether the base stores the matrix as inputs × outputs (GPT-2).</summary>
    public required bool HasInputRows { get; init; }
}
