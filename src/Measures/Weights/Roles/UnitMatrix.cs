namespace Concord.Measures.Weights.Roles;

/// <summary>
/// A matrix within a tensor, one of whose sides counts hidden units: rows of
/// <paramref name="Columns" /> numbers, <paramref name="Stride" /> numbers apart.
/// </summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="First">The place of its first number in the tensor.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Columns">How many numbers a row has.</param>
/// <param name="Stride">From the beginning of a row to that of the next.</param>
/// <param name="ByColumn">Whether a unit is a column (or so many columns side by side).</param>
/// <param name="Taps">How many columns side by side belong to one unit or coordinate.</param>
public sealed record UnitMatrix(
    WeightsTensor Tensor,
    long First,
    int Rows,
    int Columns,
    long Stride,
    bool ByColumn,
    int Taps = 1
)
{
    /// <summary>How many units.</summary>
    public int Units => ByColumn ? Columns / Taps : Rows;

    /// <summary>How many numbers the vector of a unit has.</summary>
    public int Width => ByColumn ? Rows * Taps : Columns;
}

/// <summary>One view of the units of a layer: one matrix, or one for each expert.</summary>
/// <param name="Parts">The matrices, whose units follow each other.</param>
/// <param name="Gain">The gain of the norm between the stream and what is read; null: none.</param>
public sealed record UnitView(IReadOnlyList<UnitMatrix> Parts, WeightsTensor? Gain)
{
    /// <summary>How many units.</summary>
    public int Units => Parts.Sum(part => part.Units);
}

/// <summary>The hidden units of one layer and the views of them.</summary>
/// <param name="Kind">The kind of unit.</param>
/// <param name="Views">The views.</param>
public sealed record UnitLayer(UnitKind Kind, IReadOnlyList<UnitView> Views)
{
    /// <summary>How many units.</summary>
    public int Units => Views[0].Units;

    /// <summary>Among how many the place of a unit is arbitrary: those of one expert.</summary>
    public int Exchangeable => Views[0].Parts.Min(part => part.Units);
}

/// <summary>
/// A link of a chain: each of its units reads what the units of the link before write.
/// </summary>
/// <param name="Tensor">Its tensor: units (of an LSTM four times), then inputs, then taps.</param>
/// <param name="Gates">How many rows a unit has: 1, or 4 of an LSTM.</param>
/// <param name="HasPrevious">Whether the link before it in the list writes what it reads.</param>
/// <param name="HasNext">Whether the link after it in the list reads what it writes.</param>
public sealed record ChainLink(WeightsTensor Tensor, int Gates, bool HasPrevious, bool HasNext)
{
    private long[] Sizes => LayoutReader.Sizes(Tensor);

    /// <summary>How many units.</summary>
    public int Units => (int)(Sizes[0] / Gates);

    /// <summary>How many units of the link before each reads.</summary>
    public int Inputs => (int)Sizes[1];

    /// <summary>How many numbers each has for one input: the size of a convolution's window.</summary>
    public int Taps => (int)(Tensor.Elements / Sizes[0] / Sizes[1]);

    /// <summary>The rows of the units, of one gate.</summary>
    public UnitMatrix Rows(int gate) =>
        new(
            Tensor,
            (long)gate * Units * Inputs * Taps,
            Units,
            Inputs * Taps,
            Inputs * Taps,
            ByColumn: false,
            Taps
        );

    /// <summary>The columns that belong to what it reads.</summary>
    public UnitMatrix Columns =>
        new(Tensor, 0, (int)Sizes[0], Inputs * Taps, Inputs * Taps, ByColumn: true, Taps);
}

/// <summary>What is known of a network from its tensors: its layers of units and its vocabulary.</summary>
/// <param name="Layers">Layers of units around a stream, in the order of the network.</param>
/// <param name="Chain">The links of a chain, where there is no stream.</param>
/// <param name="Input">The table of input tokens.</param>
/// <param name="Output">The table of output tokens; of tied tables the same.</param>
/// <param name="OutputGain">The gain before the output table.</param>
public sealed record NetworkLayout(
    IReadOnlyList<UnitLayer> Layers,
    IReadOnlyList<ChainLink> Chain,
    WeightsTensor? Input,
    WeightsTensor? Output,
    WeightsTensor? OutputGain
);
