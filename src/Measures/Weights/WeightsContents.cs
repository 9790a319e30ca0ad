namespace Concord.Measures.Weights;

/// <summary>What a file, or a set of shards, says that it holds.</summary>
public sealed record WeightsContents
{
    /// <summary>The format.</summary>
    public required WeightsFormat Format { get; init; }

    /// <summary>
    /// The tensors in the order of the file; of ONNX those of nested graphs and constants too; of
    /// several shards all. Their bytes have been checked to lie within their sources.
    /// </summary>
    public required IReadOnlyList<WeightsTensor> Tensors { get; init; }

    /// <summary>
    /// What the file says of itself and nobody has checked: architecture, base model, alpha and
    /// rank
    /// of an adapter, by the keys of its format (<c>general.base_model.0.name</c>,
    /// <c>base_model_name_or_path</c>).
    /// </summary>
    public required IReadOnlyDictionary<string, string> Claims { get; init; }

    /// <summary>
    /// What a reader should know: parts that were opaque, shards that hold unlisted tensors.
    /// </summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
