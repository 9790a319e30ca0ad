namespace Concord.Measures.Weights;

/// <summary>What an agreement of units is counted by.</summary>
public enum PairGround
{
    /// <summary>
    /// Units that are nearest to each other stand at the same place of their layers. Places are
    /// arbitrary before training, so chance is known exactly (arXiv 2502.12292, exchangeability).
    /// </summary>
    Places,

    /// <summary>
    /// Units that are nearest to each other in one view are so in another. That views of unrelated
    /// units are unrelated is a model of chance, tried on strangers (BENCHMARKS.md).
    /// </summary>
    Views,
}
