namespace Concord.Measures.Weights.Pairs;

/// <summary>How one model may have been made out of another, as far as weights tell.</summary>
public enum SuggestedRelation
{
    /// <summary>The same weights: their digests are equal.</summary>
    Copy,

    /// <summary>Most tensors are the same, stored otherwise.</summary>
    Conversion,

    /// <summary>The same network with fewer bits for each weight.</summary>
    Quantisation,

    /// <summary>The same network with more of its weights set to zero.</summary>
    Pruning,

    /// <summary>A small addition that says which model it is for.</summary>
    Adapter,

    /// <summary>Combined out of both parents.</summary>
    Merge,

    /// <summary>Trained further, briefly or long.</summary>
    FurtherTraining,
}
