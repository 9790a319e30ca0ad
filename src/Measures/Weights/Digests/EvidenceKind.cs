namespace Concord.Measures.Weights.Digests;

/// <summary>Why a tensor is or is not evidence of a common origin.</summary>
public enum EvidenceKind
{
    /// <summary>It is evidence.</summary>
    Evidence,

    /// <summary>It has too few numbers, or one dimension.</summary>
    Small,

    /// <summary>Its numbers are few different ones: masks, ones, steps.</summary>
    Constant,

    /// <summary>Its rows or columns are waves: Fourier bases, positions, rotary tables.</summary>
    Waves,

    /// <summary>Its elements are no weights: indices, text, a kind that is not decoded.</summary>
    NoWeights,
}
