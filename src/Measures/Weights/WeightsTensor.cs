namespace Concord.Measures.Weights;

/// <summary>A tensor as it lies in a file.</summary>
public sealed record WeightsTensor
{
    /// <summary>What the file calls it; the empty text where the format has no names.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The sizes in the order of memory, the slowest first (GGUF's are turned round), as stated:
    /// unit dimensions included.
    /// </summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>How its elements are stored.</summary>
    public required ElementType Element { get; init; }

    /// <summary>Where its bytes are.</summary>
    public required ByteSource Source { get; init; }

    /// <summary>The place of its first byte there.</summary>
    public required long Offset { get; init; }

    /// <summary>How many bytes it has.</summary>
    public required long ByteLength { get; init; }

    /// <summary>
    /// How many elements it has: the product of the sizes, checked by the reader.
    /// </summary>
    public required long Elements { get; init; }

    /// <summary>
    /// The stored number that stands for zero, where the file says one: digests are of what is
    /// stored, all else is of what that stands for.
    /// </summary>
    public int ZeroPoint { get; init; }

    /// <summary>The order of its gates, where it is of an LSTM.</summary>
    public GateOrder Gates { get; init; }

    /// <summary>
    /// Whether the file says that the rows of a matrix are inputs, as the operator MatMul of ONNX
    /// takes it; false: it does not say, or they are outputs.
    /// </summary>
    public bool HasInputRows { get; init; }
}
