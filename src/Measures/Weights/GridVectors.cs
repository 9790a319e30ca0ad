using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Concord.Measures.Weights;

/// <summary>
/// Vectors on a grid of whole numbers, each scaled by its largest magnitude, so that their products
/// are exact sums, the same in every order and on every processor.
/// </summary>
internal sealed class GridVectors
{
    /// <summary>The largest magnitude becomes this.</summary>
    private const int Steps = 2047;

    /// <summary>So many products of pairs fit a 32-bit lane: 128 · 2 · 2047² &lt; 2³¹.</summary>
    private const int Widening = 128 * 16;

    private readonly short[] _values;

    /// <summary>So many vectors, all zero.</summary>
    public GridVectors(int count, int width)
    {
        Count = count;
        Width = width;
        Stride = (width + 15) & ~15;
        _values = new short[checked(count * Stride)];
    }

    /// <summary>How many vectors.</summary>
    public int Count { get; }

    /// <summary>How many numbers each has.</summary>
    public int Width { get; }

    private int Stride { get; }

    /// <summary>Puts a vector on the grid; numbers that are no numbers are zero.</summary>
    /// <returns>How much a step of the grid is.</returns>
    public double Set(int vector, ReadOnlySpan<float> values)
    {
        var largest = 0f;
        foreach (var value in values)
        {
            var size = Math.Abs(value);
            largest = size > largest && float.IsFinite(size) ? size : largest;
        }

        var into = _values.AsSpan(vector * Stride, Width);
        if (largest == 0)
        {
            into.Clear();
            return 0;
        }

        for (var at = 0; at < into.Length; at++)
        {
            var scaled = (double)values[at] / largest * Steps;
            into[at] = double.IsFinite(scaled)
                ? (short)Math.Round(scaled, MidpointRounding.ToEven)
                : (short)0;
        }

        return (double)largest / Steps;
    }

    /// <summary>Sets a vector of ones and minus ones.</summary>
    public void SetSigns(int vector, Func<int, bool> isNegative)
    {
        var into = _values.AsSpan(vector * Stride, Width);
        for (var at = 0; at < into.Length; at++)
        {
            into[at] = isNegative(at) ? (short)-1 : (short)1;
        }
    }

    /// <summary>The products of one vector with all of another list.</summary>
    public void Products(int vector, GridVectors others, Span<double> into)
    {
        var ours = _values.AsSpan(vector * Stride, Stride);
        for (var other = 0; other < others.Count; other++)
        {
            into[other] = Product(ours, others._values.AsSpan(other * Stride, Stride));
        }
    }

    /// <summary>The cosine of the angle between two vectors.</summary>
    public double Cosine(int one, int other)
    {
        var left = _values.AsSpan(one * Stride, Stride);
        var right = _values.AsSpan(other * Stride, Stride);
        var lengths = Math.Sqrt((double)Product(left, left) * Product(right, right));
        return lengths == 0 ? 0 : Product(left, right) / lengths;
    }

    private static long Product(ReadOnlySpan<short> left, ReadOnlySpan<short> right)
    {
        var sum = 0L;
        for (var from = 0; from < left.Length; from += Widening)
        {
            var part = Math.Min(Widening, left.Length - from);
            sum += Part(left.Slice(from, part), right.Slice(from, part));
        }

        return sum;
    }

    private static long Part(ReadOnlySpan<short> left, ReadOnlySpan<short> right)
    {
        if (!Avx2.IsSupported)
        {
            var plain = 0L;
            for (var at = 0; at < left.Length; at++)
            {
                plain += left[at] * right[at];
            }

            return plain;
        }

        var lanes = Vector256<int>.Zero;
        for (var at = 0; at < left.Length; at += 16)
        {
            lanes += Avx2.MultiplyAddAdjacent(
                Vector256.Create(left.Slice(at, 16)),
                Vector256.Create(right.Slice(at, 16))
            );
        }

        var (low, high) = Vector256.Widen(lanes);
        return Vector256.Sum(low + high);
    }
}
