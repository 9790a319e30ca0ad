namespace Concord.Measures.Weights.Index;

/// <summary>What a digest is of.</summary>
public enum DigestKind
{
    /// <summary>All weights of a model, whatever file they lie in.</summary>
    Weights,

    /// <summary>A file, byte for byte.</summary>
    File,
}
