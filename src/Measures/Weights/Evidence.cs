namespace Concord.Measures.Weights;

/// <summary>Which tensors can speak for a common origin.</summary>
public static class Evidence
{
    /// <summary>A tensor of fewer numbers says too little.</summary>
    public const int FewestElements = 4096;
}
