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
