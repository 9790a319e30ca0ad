namespace Concord.Measures.Weights.Formats;

/// <summary>A tensor: a view of a storage.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Type">Its element type by name, where the storage has none.</param>
/// <param name="Offset">The first element.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Strides">Steps in elements.</param>
internal sealed record TensorReference(
    StorageReference Storage,
    string? Type,
    long Offset,
    long[] Shape,
    long[] Strides
)
{
    /// <summary>The stored number that stands for zero.</summary>
    public int ZeroPoint { get; init; }
}
