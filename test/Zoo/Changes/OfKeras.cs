namespace Concord.Zoo.Changes;

/// <summary>
/// An LSTM as Keras keeps it: matrices with a row for each of what is read, one bias where PyTorch
/// has two, and its own names.
/// </summary>
public static class OfKeras
{
    private const string Back = "_reverse";

    /// <summary>The same network in tensors of Keras.</summary>
    public static ZooNet Lstm(ZooNet net) =>
        net with
        {
            Tensors =
            [
                Named(net["encoder.weight"], "embedding/embeddings"),
                .. net
                    .Tensors.Where(tensor => tensor.Name.StartsWith("rnn.weight_ih", Ordinal))
                    .SelectMany(tensor => Cell(net, tensor.Name["rnn.weight_ih".Length..])),
                Named(net["decoder.weight"].Transposed(), "dense/kernel"),
                Named(net["decoder.bias"], "dense/bias"),
            ],
        };

    private static IEnumerable<ZooTensor> Cell(ZooNet net, string end)
    {
        var (input, state) = (net["rnn.bias_ih" + end], net["rnn.bias_hh" + end]);
        // "_l0" and "_l1" are the first and the second, which Keras calls nothing and "_1".
        var number = end[2] == '0' ? "" : $"_{end[2]}";
        var at = net.Find("rnn.weight_ih_l0" + Back) is null
            ? $"lstm{number}/lstm_cell/"
            : $"bidirectional{number}/"
                + $"{(end.EndsWith(Back, Ordinal) ? "backward" : "forward")}_lstm/lstm_cell/";
        yield return Named(net["rnn.weight_ih" + end].Transposed(), at + "kernel");
        yield return Named(net["rnn.weight_hh" + end].Transposed(), at + "recurrent_kernel");
        yield return Named(input.With((x, unit) => x + state.Values[unit]), at + "bias");
    }

    private static ZooTensor Named(ZooTensor tensor, string name) =>
        tensor with
        {
            Name = name + ":0",
        };

    private const StringComparison Ordinal = StringComparison.Ordinal;
}
