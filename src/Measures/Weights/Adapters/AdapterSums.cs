namespace Concord.Measures.Weights.Adapters;

/// <summary>Sums over rows of a matrix, spread evenly.</summary>
/// <param name="There">The squares of the base's numbers.</param>
/// <param name="Added">The squares of what an adapter adds, before its factor.</param>
/// <param name="Differs">The squares of what differs in the model that was made.</param>
/// <param name="Common">The products of what differs and what is added.</param>
internal readonly record struct AdapterSums(
    double There,
    double Added,
    double Differs,
    double Common
)
{
    private const int RowsMost = 64;

    /// <summary>Whether all numbers were.</summary>
    public bool IsFinite => double.IsFinite(There + Added + Differs + Common);

    /// <summary>The factor that fits best.</summary>
    public double Scale => Added > 0 ? Common / Added : 0;

    /// <summary>How much of what differs it explains with that.</summary>
    public double Explained => Added > 0 ? Common * Common / Added : 0;

    /// <summary>Sums.</summary>
    /// <param name="factor">What is added.</param>
    /// <param name="basis">The matrix of the base.</param>
    /// <param name="made">That of what was made; null: nothing was.</param>
    public static AdapterSums Of(AdapterFactor factor, AdapterPlace basis, AdapterPlace? made)
    {
        var numbers = new TensorNumbers();
        var read = All(factor.Read, numbers);
        var written = All(factor.Written, numbers);
        var rank = factor.Rank;
        var (rows, columns) = basis.HasInputRows
            ? (factor.Inputs, (int)factor.Outputs)
            : (factor.Outputs, (int)factor.Inputs);
        var (before, after, added) = (new float[columns], new float[columns], new double[columns]);
        var sums = default(AdapterSums);
        var most = Math.Min(rows, RowsMost);
        for (var at = 0L; at < most; at++)
        {
            var row = at * rows / most;
            added.AsSpan().Clear();
            for (var direction = 0; direction < rank; direction++)
            {
                if (basis.HasInputRows)
                {
                    var weight = read[(direction * factor.Inputs) + row];
                    for (var column = 0; column < columns; column++)
                    {
                        added[column] += (double)weight * written[(column * rank) + direction];
                    }
                }
                else
                {
                    var weight = written[(row * rank) + direction];
                    var from = read.AsSpan(direction * columns, columns);
                    for (var column = 0; column < columns; column++)
                    {
                        added[column] += (double)weight * from[column];
                    }
                }
            }

            numbers.Read(basis.Tensor, row * columns, before);
            if (made is not null)
            {
                numbers.Read(made.Tensor, row * columns, after);
            }

            sums = sums.With(before, made is null ? before : after, added);
        }

        return sums;
    }

    private AdapterSums With(float[] before, float[] after, double[] added)
    {
        var (there, more, differs, common) = (There, Added, Differs, Common);
        for (var column = 0; column < before.Length; column++)
        {
            var difference = (double)after[column] - before[column];
            there += (double)before[column] * before[column];
            more += added[column] * added[column];
            differs += difference * difference;
            common += difference * added[column];
        }

        return new(there, more, differs, common);
    }

    private static float[] All(WeightsTensor tensor, TensorNumbers numbers)
    {
        var all = new float[tensor.Elements];
        numbers.Read(tensor, 0, all);
        return all;
    }
}
