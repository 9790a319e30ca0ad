namespace Concord.Measures.Weights.Adapters;

/// <summary>
/// Whether a model is a base with an adapter merged into it: what differs between the two, held
/// against what the adapter adds, in rows spread evenly over each matrix that it changes.
/// </summary>
public sealed record AdapterMerge
{
    /// <summary>How many matrices the adapter changes.</summary>
    public required int Matrices { get; init; }

    /// <summary>
    /// In how many of them, which both models have, it adds few directions: another difference may
    /// be anybody's.
    /// </summary>
    public required int Compared { get; init; }

    /// <summary>
    /// Which share of what differs in those is what the adapter adds, from 0 to 1 (squares are
    /// summed; each matrix has the factor that fits it best). What has nothing to do with the
    /// difference explains about one part in as many as numbers were looked at.
    /// </summary>
    public required double Explained { get; init; }

    /// <summary>How long what differs is, in lengths of the base's matrices.</summary>
    public required double Change { get; init; }

    /// <summary>The factor by which it is added, the mean; null: nothing is.</summary>
    public required double? Scale { get; init; }

    /// <summary>The factor that its configuration gives, if it gives one for all.</summary>
    public required double? ClaimedScale { get; init; }

    /// <summary>How many of the other tensors are equal in both models.</summary>
    public required int OthersEqual { get; init; }

    /// <summary>How many others there are in the base.</summary>
    public required int Others { get; init; }

    /// <summary>Whether the adapter explains most of what differs.</summary>
    public bool IsMade => Explained >= 0.5;

    /// <summary>Compares.</summary>
    /// <param name="difference">What the adapter adds.</param>
    /// <param name="basis">The base, still open.</param>
    /// <param name="made">What may have been made of it, still open.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="WeightsFault">A source ends before its length.</exception>
    public static AdapterMerge Of(
        AdapterDifference difference,
        WeightsReading basis,
        WeightsReading made,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(made);
        var (before, after) = (new AdapterPlaces(basis), new AdapterPlaces(made));
        var all = new List<AdapterSums>();
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var factor in difference.Factors)
        {
            cancel.ThrowIfCancellationRequested();
            if (
                factor.IsLow
                && before.Of(factor) is { } matrix
                && after.Of(factor) is { } other
                && matrix.HasInputRows == other.HasInputRows
                && AdapterSums.Of(factor, matrix, other) is { IsFinite: true } sums
            )
            {
                all.Add(sums);
                changed.Add(matrix.Tensor.Name);
            }
        }

        var (differs, there) = (all.Sum(one => one.Differs), all.Sum(one => one.There));
        var scales = all.Where(one => one.Added > 0).Select(one => one.Scale).ToArray();
        var claimed = difference.Factors.Select(factor => factor.Scale).Distinct().ToArray();
        var equal = made.Tensors.Select(tensor => (tensor.Tensor.Name, tensor.Digest)).ToHashSet();
        var others = basis.Tensors.Where(one => !changed.Contains(one.Tensor.Name)).ToArray();
        return new()
        {
            Matrices = difference.Factors.Count,
            Compared = all.Count,
            Explained = differs > 0 ? all.Sum(one => one.Explained) / differs : 0,
            Change = there > 0 ? Math.Sqrt(differs / there) : 0,
            Scale = scales.Length > 0 ? scales.Average() : null,
            ClaimedScale = claimed is [{ } one] ? one : null,
            OthersEqual = others.Count(one => equal.Contains((one.Tensor.Name, one.Digest))),
            Others = others.Length,
        };
    }
}
