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
    /// <summary>How many units.</summary>
    public int Units { get; } = (int)(LayoutReader.Sizes(Tensor)[0] / Gates);

    /// <summary>How many units of the link before each reads.</summary>
    public int Inputs { get; } = (int)LayoutReader.Sizes(Tensor)[1];

    /// <summary>
    /// How many numbers each has for one input: the size of a convolution's window.
    /// </summary>
    public int Taps => (int)(Tensor.Elements / Units / Gates / Inputs);

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
        new(Tensor, 0, Units * Gates, Inputs * Taps, Inputs * Taps, ByColumn: true, Taps);
}
