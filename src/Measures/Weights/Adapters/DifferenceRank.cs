using System.Numerics;
using Concord.Measures.Weights.Roles;

namespace Concord.Measures.Weights.Adapters;

/// <summary>
/// How many directions the difference of two models has in the matrices that differ: a merged
/// adapter leaves a few, further training of all weights as many as there are.
/// </summary>
/// <param name="Differing">How many matrices differ.</param>
/// <param name="Low">In how many of them the difference has few directions.</param>
/// <param name="Rank">The most directions in any of these.</param>
public sealed record DifferenceRank(int Differing, int Low, int Rank)
{
    private const int RowsMost = 128;
    private const int ColumnsMost = 1 << 17;

    /// <summary>What is left of the difference may be rounding.</summary>
    private const double LeftMost = 0.02;

    /// <summary>In lengths of the matrix: as much may be rounding to sixteen bits.</summary>
    private const double RoundingMost = 0.003;

    /// <summary>Whether it looks as a merged adapter leaves it: in nine of ten matrices.</summary>
    public bool IsLow => Differing > 0 && Low * 10L >= Differing * 9L;

    /// <summary>Looks at the matrices of one name and one shape, in rows spread evenly.</summary>
    /// <param name="left">The one, still open.</param>
    /// <param name="right">The other, still open.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="WeightsFault">A source ends before its length.</exception>
    public static DifferenceRank Of(
        WeightsReading left,
        WeightsReading right,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var others = right.Tensors.ToLookup(one => one.Tensor.Name, StringComparer.Ordinal);
        var (differing, low, most) = (0, 0, 0);
        foreach (var one in left.Tensors)
        {
            cancel.ThrowIfCancellationRequested();
            if (
                one.Kind == Digests.EvidenceKind.Evidence
                && others[one.Tensor.Name].ToArray() is [var other]
                && other.Digest != one.Digest
                && LayoutReader.Sizes(one.Tensor) is [var rows, var columns]
                && LayoutReader.Sizes(other.Tensor).AsSpan().SequenceEqual([rows, columns])
            )
            {
                var sampled = (int)Math.Min(rows, RowsMost);
                var rank =
                    columns <= ColumnsMost
                        ? RankOf(one.Tensor, other.Tensor, sampled, (int)columns)
                        : null;
                differing += rank == 0 ? 0 : 1;
                if (rank > 0 && rank * AdapterFactor.FewIn <= Math.Min(sampled, columns))
                {
                    (low, most) = (low + 1, Math.Max(most, rank.Value));
                }
            }
        }

        return new(differing, low, most);
    }

    /// <summary>
    /// After how many rows, each the one of which most is left, nearly nothing is left of any: the
    /// pivoted Cholesky decomposition of their products. Zero: what differs may be rounding. Null:
    /// not few, or of numbers that are none.
    /// </summary>
    private static int? RankOf(WeightsTensor left, WeightsTensor right, int sampled, int columns)
    {
        var (rows, there) = Rows(left, right, sampled, columns);
        var products = new double[sampled, sampled];
        for (var a = 0; a < sampled; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var sum = Product(rows[a], rows[b]);
                (products[a, b], products[b, a]) = (sum, sum);
            }
        }

        var all = Trace(products);
        if (all <= RoundingMost * RoundingMost * there)
        {
            return 0;
        }

        // A few rows alone, as of tokens, are no few directions of all.
        if (Enumerable.Range(0, sampled).Count(at => products[at, at] > 0) * 2 < sampled)
        {
            return null;
        }

        for (var rank = 1; rank <= sampled / AdapterFactor.FewIn; rank++)
        {
            TakeOut(products);
            if (Trace(products) <= LeftMost * all)
            {
                return rank;
            }
        }

        return null;
    }

    private static double Product(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var sums = Vector<float>.Zero;
        var at = 0;
        for (; at + Vector<float>.Count <= left.Length; at += Vector<float>.Count)
        {
            sums += new Vector<float>(left[at..]) * new Vector<float>(right[at..]);
        }

        var sum = (double)Vector.Sum(sums);
        for (; at < left.Length; at++)
        {
            sum += left[at] * right[at];
        }

        return sum;
    }

    private static double Trace(double[,] products)
    {
        var sum = 0.0;
        for (var at = 0; at < products.GetLength(0); at++)
        {
            sum += products[at, at];
        }

        return sum;
    }

    private static void TakeOut(double[,] products)
    {
        var count = products.GetLength(0);
        var pivot = Enumerable.Range(0, count).MaxBy(at => products[at, at]);
        var length = products[pivot, pivot];
        var row = Enumerable.Range(0, count).Select(at => products[pivot, at]).ToArray();
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b < count; b++)
            {
                products[a, b] -= row[a] * row[b] / length;
            }
        }
    }

    private static (float[][] Rows, double There) Rows(
        WeightsTensor left,
        WeightsTensor right,
        int sampled,
        int columns
    )
    {
        var numbers = new TensorNumbers();
        var other = new float[columns];
        var rows = new float[sampled][];
        var there = 0.0;
        var all = left.Elements / columns;
        for (var at = 0; at < sampled; at++)
        {
            var first = at * all / sampled * columns;
            rows[at] = new float[columns];
            numbers.Read(left, first, rows[at]);
            numbers.Read(right, first, other);
            there += Product(other, other);
            for (var column = 0; column < columns; column++)
            {
                rows[at][column] -= other[column];
            }
        }

        return (rows, there);
    }
}
