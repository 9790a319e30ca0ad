namespace Concord.Measures.Weights.Roles;

/// <summary>
/// LSTMs that read forwards and backwards: in PyTorch two cells, one of whose names end in
/// <c>_reverse</c>; in the operator of ONNX two halves of one tensor.
/// </summary>
internal static class BothWays
{
    private const string Ending = "_reverse";

    /// <summary>
    /// The rows over the input that a cell has for the way back, by the name of those forwards.
    /// </summary>
    /// <param name="ordered">The tensors of one network; those of ways back are taken out.</param>
    public static Dictionary<string, WeightsTensor> TakeOut(ref WeightsTensor[] ordered)
    {
        var found = new Dictionary<string, WeightsTensor>(StringComparer.Ordinal);
        if (!ordered.Any(IsBack))
        {
            return found;
        }

        var byName = new Dictionary<string, WeightsTensor>(StringComparer.Ordinal);
        foreach (var tensor in ordered)
        {
            byName.TryAdd(tensor.Name, tensor);
        }

        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var back in ordered.Where(IsBack))
        {
            var name = back.Name[..^Ending.Length];
            if (
                byName.GetValueOrDefault(name) is { } input
                && byName.GetValueOrDefault(StateOf(name)) is { } state
                && byName.GetValueOrDefault(StateOf(back.Name)) is { } backState
                && ChainLayout.IsRecurrent(input, state)
                && ChainLayout.IsRecurrent(back, backState)
                && input.Gates == back.Gates
                && LayoutReader.Sizes(input).SequenceEqual(LayoutReader.Sizes(back))
            )
            {
                found[name] = back;
                taken.UnionWith([back.Name, backState.Name]);
            }
        }

        ordered = [.. ordered.Where(tensor => !taken.Contains(tensor.Name))];
        return found;
    }

    /// <summary>Whether ONNX's operator takes a tensor, and has two directions in it.</summary>
    public static bool AreIn(WeightsTensor tensor) =>
        tensor.Gates == GateOrder.Onnx && tensor.Shape is [2, > 1, > 1];

    /// <summary>Whether a tensor has the biases of such an operator, two rows of them.</summary>
    public static bool AreBiasesIn(WeightsTensor tensor) =>
        tensor.Gates == GateOrder.Onnx && tensor.Shape is [2, _];

    /// <summary>One of the two halves: 0 forwards, 1 back.</summary>
    public static WeightsTensor Half(WeightsTensor tensor, int half) =>
        tensor with
        {
            Shape = [.. tensor.Shape.Skip(1)],
            Elements = tensor.Elements / 2,
            ByteLength = tensor.ByteLength / 2,
            Offset = tensor.Offset + (half * (tensor.ByteLength / 2)),
        };

    private static bool IsBack(WeightsTensor tensor) =>
        tensor.Name.EndsWith(Ending, StringComparison.Ordinal)
        && tensor.Name.Contains("weight_ih", StringComparison.Ordinal);

    private static string StateOf(string name) =>
        name.Replace("weight_ih", "weight_hh", StringComparison.Ordinal);
}
