namespace Concord.Measures.Weights.Pairs;

/// <summary>One of two models that are compared.</summary>
public enum PairSide
{
    /// <summary>The first.</summary>
    Left,

    /// <summary>The second.</summary>
    Right,
}
