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

    /// <summary>
    /// The tensor of as many units that read the same from its end, and follow those of
    /// <see cref="Tensor" />; null: there are none.
    /// </summary>
    public WeightsTensor? Reverse { get; init; }

    /// <summary>The BatchNorm that its output goes through; null: none, or folded.</summary>
    public BatchNorm? Norm { get; init; }

    /// <summary>How many units.</summary>
    public int Units => Exchangeable * Tensors.Length;

    /// <summary>Among how many units a place is arbitrary: those of one direction.</summary>
    public int Exchangeable { get; } = (int)(UnitSize(Tensor, Gates) / Gates);

    /// <summary>How many units of the link before each reads.</summary>
    public int Inputs { get; } = (int)(Tensor.Elements / UnitSize(Tensor, Gates) / TapsOf(Tensor));

    /// <summary>
    /// How many numbers each has for one input: the size of a convolution's window.
    /// </summary>
    public int Taps { get; } = (int)TapsOf(Tensor);

    /// <summary>
    /// Whether its tensors' names, or the operator that takes them, say more than sizes could.
    /// </summary>
    public bool IsToldCell =>
        Gates > 1
        && (
            Reverse is not null
            || Tensor.Gates != GateOrder.Torch
            || Tensor.Name.Contains("weight_ih", StringComparison.Ordinal)
        );

    /// <summary>
    /// The rows of the units, of one gate; of an LSTM: input, forget, candidate, output, however
    /// they lie.
    /// </summary>
    public UnitView Rows(int gate) => new([.. Tensors.Select(one => Rows(one, gate))], null);

    /// <summary>
    /// The columns that belong to what it reads: of each tensor, one below the other.
    /// </summary>
    public IEnumerable<UnitMatrix> Columns => Tensors.Select(ColumnsOf);

    /// <summary>The gate and the unit that a row belongs to.</summary>
    public (int Gate, int Unit) Of(int row)
    {
        var (tensor, rest) = Math.DivRem(row, Exchangeable * Gates);
        var (block, unit) = Math.DivRem(rest, Exchangeable);
        return (
            HasOtherOrder ? Array.IndexOf(s_onnx, block) : block,
            (tensor * Exchangeable) + unit
        );
    }

    private WeightsTensor[] Tensors => Reverse is null ? [Tensor] : [Tensor, Reverse];

    private bool HasOtherOrder => Gates == s_onnx.Length && Tensor.Gates == GateOrder.Onnx;

    private static bool HasInputRows(WeightsTensor tensor, int gates) =>
        LayoutReader.Sizes(tensor).Length == 2
        && (gates == 1 ? tensor.HasInputRows : tensor.Gates == GateOrder.Keras);

    private static long UnitSize(WeightsTensor tensor, int gates) =>
        LayoutReader.Sizes(tensor)[HasInputRows(tensor, gates) ? 1 : 0];

    private static long TapsOf(WeightsTensor tensor) =>
        LayoutReader.Sizes(tensor).Skip(2).Aggregate(1L, (taps, size) => taps * size);

    private UnitMatrix Rows(WeightsTensor tensor, int gate) =>
        _byInput
            ? new(
                tensor,
                (long)gate * Exchangeable,
                Inputs,
                Exchangeable,
                (long)Exchangeable * Gates,
                ByColumn: true
            )
            : new(
                tensor,
                (long)BlockOf(gate) * Exchangeable * Inputs * Taps,
                Exchangeable,
                Inputs * Taps,
                Inputs * Taps,
                ByColumn: false,
                Taps
            );

    private UnitMatrix ColumnsOf(WeightsTensor tensor)
    {
        var rows = Exchangeable * Gates;
        return _byInput
            ? new(tensor, 0, Inputs, rows, rows, ByColumn: false)
            : new(tensor, 0, rows, Inputs * Taps, Inputs * Taps, ByColumn: true, Taps);
    }

    private int BlockOf(int gate) => HasOtherOrder ? s_onnx[gate] : gate;
}
