using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

    private const int Lanes = 16;

    /// <summary>So many products of pairs fit a 32-bit lane: 128 · 2 · 2047² &lt; 2³¹.</summary>
    private const int Widening = 128 * Lanes;

    /// <summary>So many axes at a time stay in the nearest cache while vectors pass by.</summary>
    private const int AxesAtOnce = 4;

    /// <summary>So many vectors are held against them at once.</summary>
    private const int VectorsAtOnce = 2;

    /// <summary>So many vectors stay in the next cache while all axes pass by.</summary>
    private const int VectorsInTurn = 32;

    private readonly short[] _values;
    private readonly double[] _steps;

    /// <summary>So many vectors, all zero.</summary>
    public GridVectors(int count, int width)
    {
        Count = count;
        Width = width;
        Stride = (width + Lanes - 1) / Lanes * Lanes;
        // Whole groups of axes: what is too much is zero.
        var room = (count + AxesAtOnce - 1) / AxesAtOnce * AxesAtOnce;
        _values = new short[checked(room * Stride)];
        _steps = new double[count];
    }

    /// <summary>Vectors of one width.</summary>
    public static GridVectors Of(float[][] vectors, int width)
    {
        var grid = new GridVectors(vectors.Length, width);
        for (var vector = 0; vector < vectors.Length; vector++)
        {
            grid.Set(vector, vectors[vector]);
        }

        return grid;
    }

    /// <summary>How many vectors.</summary>
    public int Count { get; }

    /// <summary>How many numbers each has.</summary>
    public int Width { get; }

    private int Stride { get; }

    /// <summary>Puts a vector on the grid; numbers that are no numbers are zero.</summary>
    public void Set(int vector, ReadOnlySpan<float> values)
    {
        var largest = 0f;
        foreach (var value in values)
        {
            var size = Math.Abs(value);
            largest = size > largest && float.IsFinite(size) ? size : largest;
        }

        var into = _values.AsSpan(vector * Stride, Width);
        _steps[vector] = (double)largest / Steps;
        if (largest == 0)
        {
            into.Clear();
            return;
        }

        for (var at = 0; at < into.Length; at++)
        {
            var scaled = (double)values[at] / largest * Steps;
            into[at] = double.IsFinite(scaled)
                ? (short)Math.Round(scaled, MidpointRounding.ToEven)
                : (short)0;
        }
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

    /// <summary>
    /// The products of each vector with each axis, the axes as they stand on the grid.
    /// </summary>
    /// <exception cref="ArgumentException">They are of another width.</exception>
    public double[][] Products(GridVectors axes)
    {
        if (axes.Width != Width)
        {
            throw new ArgumentException("Vectors and axes have one width.", nameof(axes));
        }

        var products = new double[Count][];
        for (var vector = 0; vector < Count; vector++)
        {
            products[vector] = new double[axes.Count];
        }

        for (var first = 0; first < Count; first += VectorsInTurn)
        {
            var end = Math.Min(first + VectorsInTurn, Count);
            for (var axis = 0; axis < axes.Count; axis += AxesAtOnce)
            {
                for (var vector = first; vector < end; vector += VectorsAtOnce)
                {
                    Products(vector, axes, axis, products);
                }
            }
        }

        return products;
    }

    /// <summary>The cosine of the angle between two vectors.</summary>
    public double Cosine(int one, int other)
    {
        var lengths = Math.Sqrt((double)Product(one, this, one) * Product(other, this, other));
        return lengths == 0 ? 0 : Product(one, this, other) / lengths;
    }

    private void Products(int vector, GridVectors axes, int axis, double[][] into)
    {
        Span<long> sums = stackalloc long[VectorsAtOnce * AxesAtOnce];
        sums.Clear();
        ref var ours = ref At(vector);
        ref var theirs = ref axes.At(axis);
        for (var from = 0; from < Stride; from += Widening)
        {
            var end = (nuint)Math.Min(from + Widening, Stride);
            AddProducts(ref ours, ref theirs, (nuint)from, end, (nuint)Stride, sums);
        }

        for (var at = 0; at < sums.Length; at++)
        {
            var (one, other) = (vector + (at / AxesAtOnce), axis + (at % AxesAtOnce));
            if (one < Count && other < axes.Count)
            {
                into[one][other] = sums[at] * _steps[one];
            }
        }
    }

    private long Product(int vector, GridVectors others, int other)
    {
        var sum = 0L;
        ref var left = ref At(vector);
        ref var right = ref others.At(other);
        for (var from = 0; from < Stride; from += Widening)
        {
            var lanes = Vector256<int>.Zero;
            var end = (nuint)Math.Min(from + Widening, Stride);
            for (var at = (nuint)from; at < end; at += Lanes)
            {
                lanes += Pairs(
                    Vector256.LoadUnsafe(ref left, at),
                    Vector256.LoadUnsafe(ref right, at)
                );
            }

            sum += Sum(lanes);
        }

        return sum;
    }

    /// <summary>Two vectors with four axes: what is loaded is used more than once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProducts(
        ref short ours,
        ref short theirs,
        nuint from,
        nuint end,
        nuint stride,
        Span<long> sums
    )
    {
        var (a, b) = (Vector256<int>.Zero, Vector256<int>.Zero);
        var (c, d) = (Vector256<int>.Zero, Vector256<int>.Zero);
        var (e, f) = (Vector256<int>.Zero, Vector256<int>.Zero);
        var (g, h) = (Vector256<int>.Zero, Vector256<int>.Zero);
        for (var at = from; at < end; at += Lanes)
        {
            var one = Vector256.LoadUnsafe(ref ours, at);
            var other = Vector256.LoadUnsafe(ref ours, at + stride);
            var axis = Vector256.LoadUnsafe(ref theirs, at);
            a += Pairs(one, axis);
            e += Pairs(other, axis);
            axis = Vector256.LoadUnsafe(ref theirs, at + stride);
            b += Pairs(one, axis);
            f += Pairs(other, axis);
            axis = Vector256.LoadUnsafe(ref theirs, at + (2 * stride));
            c += Pairs(one, axis);
            g += Pairs(other, axis);
            axis = Vector256.LoadUnsafe(ref theirs, at + (3 * stride));
            d += Pairs(one, axis);
            h += Pairs(other, axis);
        }

        sums[0] += Sum(a);
        sums[1] += Sum(b);
        sums[2] += Sum(c);
        sums[3] += Sum(d);
        sums[4] += Sum(e);
        sums[5] += Sum(f);
        sums[6] += Sum(g);
        sums[7] += Sum(h);
    }

    /// <summary>Eight sums of two products each, of whichever pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<int> Pairs(Vector256<short> left, Vector256<short> right) =>
        Avx2.IsSupported ? Avx2.MultiplyAddAdjacent(left, right) : PortablePairs(left, right);

    /// <summary>The same where no instruction does it; the pairs are others.</summary>
    internal static Vector256<int> PortablePairs(Vector256<short> left, Vector256<short> right) =>
        (Vector256.WidenLower(left) * Vector256.WidenLower(right))
        + (Vector256.WidenUpper(left) * Vector256.WidenUpper(right));

    private static long Sum(Vector256<int> lanes)
    {
        var (low, high) = Vector256.Widen(lanes);
        return Vector256.Sum(low + high);
    }

    private ref short At(int vector) =>
        ref MemoryMarshal.GetReference(_values.AsSpan(vector * Stride, Stride));
}
