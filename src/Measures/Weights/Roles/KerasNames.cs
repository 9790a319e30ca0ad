namespace Concord.Measures.Weights.Roles;

/// <summary>
/// Networks of Keras with an LSTM, as if PyTorch had named them: <c>lstm/lstm_cell/kernel:0</c>
/// reads the input, <c>lstm/lstm_cell/recurrent_kernel:0</c> the state, both with a row for each of
/// what they read.
/// </summary>
internal static class KerasNames
{
    private const string Kernel = "kernel";
    private const string State = "recurrent_kernel";

    /// <summary>The tensors of one network; where there is no such cell, as they are.</summary>
    public static WeightsTensor[] Told(WeightsTensor[] network)
    {
        var states = network
            .Where(tensor => Bare(tensor.Name).EndsWith(State, StringComparison.Ordinal))
            .Where(tensor =>
                LayoutReader.Sizes(tensor) is [var units, var gates] && IsFour(units, gates)
            )
            .Select(tensor => Bare(tensor.Name)[..^State.Length])
            .ToHashSet(StringComparer.Ordinal);
        return states.Count == 0
            ? network
            : Array.ConvertAll(network, tensor => Told(tensor, Bare(tensor.Name), states));

        static bool IsFour(long units, long gates) => gates == 4 * units;
    }

    private static WeightsTensor Told(WeightsTensor tensor, string name, HashSet<string> cells)
    {
        if (!name.EndsWith(Kernel, StringComparison.Ordinal))
        {
            return tensor with { Name = name };
        }

        var isState = name.EndsWith(State, StringComparison.Ordinal);
        var cell = name[..^(isState ? State : Kernel).Length];
        if (!cells.Contains(cell))
        {
            return tensor with { Name = name, HasInputRows = true };
        }

        var forward = cell.Replace("backward_", "forward_", StringComparison.Ordinal);
        var isBack = forward.Length < cell.Length && cells.Contains(forward);
        return tensor with
        {
            Name =
                (isBack ? forward : cell)
                + (isState ? "weight_hh" : "weight_ih")
                + (isBack ? "_reverse" : ""),
            Gates = GateOrder.Keras,
        };
    }

    /// <summary>Without the number that TensorFlow adds to names.</summary>
    private static string Bare(string name) =>
        name.EndsWith(":0", StringComparison.Ordinal) ? name[..^2] : name;
}
