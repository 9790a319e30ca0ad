namespace Concord.Measures.Weights.Roles;

/// <summary>
/// A link of a chain: each of its units reads what the units of the link before write.
/// </summary>
/// <param name="Tensor">Its tensor: units (of an LSTM four times), then inputs, then taps.</param>
/// <param name="Gates">How many rows a unit has: 1, or 4 of an LSTM.</param>
/// <param name="HasPrevious">Whether the link before it in the list writes what it reads.</param>
/// <param name="HasNext">Whether the link after it in the list reads what it writes.</param>
public sealed record ChainLink(WeightsTensor Tensor, int Gates, bool HasPrevious, bool HasNext)
{
    // Where the rows of input, forget, candidate and output lie.
    private static readonly int[] s_onnx = [0, 2, 3, 1];

    private readonly bool _byInput = HasInputRows(Tensor, Gates);

    /// <summary>How many units.</summary>
    public int Units { get; } = (int)(UnitSize(Tensor, Gates) / Gates);

    /// <summary>How many units of the link before each reads.</summary>
    public int Inputs { get; } = (int)(Tensor.Elements / UnitSize(Tensor, Gates) / TapsOf(Tensor));

    /// <summary>
    /// How many numbers each has for one input: the size of a convolution's window.
    /// </summary>
    public int Taps { get; } = (int)TapsOf(Tensor);

    /// <summary>
    /// The rows of the units, of one gate; of an LSTM: input, forget, candidate, output, however
    /// they lie.
    /// </summary>
    public UnitMatrix Rows(int gate) =>
        _byInput
            ? new(Tensor, 0, Inputs, Units, Units, ByColumn: true)
            : new(
                Tensor,
                (long)BlockOf(gate) * Units * Inputs * Taps,
                Units,
                Inputs * Taps,
                Inputs * Taps,
                ByColumn: false,
                Taps
            );

    /// <summary>The columns that belong to what it reads.</summary>
    public UnitMatrix Columns =>
        _byInput
            ? new(Tensor, 0, Inputs, Units, Units, ByColumn: false)
            : new(Tensor, 0, Units * Gates, Inputs * Taps, Inputs * Taps, ByColumn: true, Taps);

    /// <summary>The gate and the unit that a row belongs to.</summary>
    public (int Gate, int Unit) Of(int row)
    {
        var (block, unit) = Math.DivRem(row, Units);
        return (HasOtherOrder ? Array.IndexOf(s_onnx, block) : block, unit);
    }

    private bool HasOtherOrder => Gates == s_onnx.Length && Tensor.Gates == GateOrder.Onnx;

    private static bool HasInputRows(WeightsTensor tensor, int gates) =>
        tensor.HasInputRows && gates == 1 && LayoutReader.Sizes(tensor).Length == 2;

    private static long UnitSize(WeightsTensor tensor, int gates) =>
        LayoutReader.Sizes(tensor)[HasInputRows(tensor, gates) ? 1 : 0];

    private static long TapsOf(WeightsTensor tensor) =>
        LayoutReader.Sizes(tensor).Skip(2).Aggregate(1L, (taps, size) => taps * size);

    private int BlockOf(int gate) => HasOtherOrder ? s_onnx[gate] : gate;
}
