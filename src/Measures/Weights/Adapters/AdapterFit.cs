namespace Concord.Measures.Weights.Adapters;

/// <summary>Whether an adapter can be for a base, and what it would change there.</summary>
/// <param name="Matrices">How many matrices it changes.</param>
/// <param name="Fitting">How many of them the base has, by name and sizes.</param>
/// <param name="Strength">
/// How long what it adds is beside the matrices, in lengths of these, by rows spread evenly; null:
/// its configuration does not say by which factor it is added.
/// </param>
public sealed record AdapterFit(int Matrices, int Fitting, double? Strength)
{
    /// <summary>Whether it can be for this base at all.</summary>
    public bool CanBe => Fitting == Matrices;

    /// <summary>Lays an adapter on a base.</summary>
    /// <param name="difference">What it adds.</param>
    /// <param name="basis">The base, still open.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="WeightsFault">A source ends before its length.</exception>
    public static AdapterFit Of(
        AdapterDifference difference,
        WeightsReading basis,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentNullException.ThrowIfNull(basis);
        var places = new AdapterPlaces(basis);
        var (fitting, added, there) = (0, 0.0, 0.0);
        var isGiven = true;
        foreach (var factor in difference.Factors)
        {
            cancel.ThrowIfCancellationRequested();
            if (places.Of(factor) is not { } matrix)
            {
                continue;
            }

            var sums = AdapterSums.Of(factor, matrix, made: null);
            fitting++;
            isGiven &= factor.Scale is not null;
            added += sums.Added * Math.Pow(factor.Scale ?? 0, 2);
            there += sums.There;
        }

        return new(
            difference.Factors.Count,
            fitting,
            isGiven && there > 0 && double.IsFinite(added / there) ? Math.Sqrt(added / there) : null
        );
    }
}
