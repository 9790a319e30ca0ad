using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Concord.Measures.Weights;

/// <summary>
/// The features of the units of a layer in one view, made ready for their signs: of equal length,
/// without the directions that most units share, and without what another view of the same unit
/// tells already. All of it comes out the same, up to signs and order, when units are reordered,
/// scaled or negated.
/// </summary>
internal static class UnitFeatures
{
    /// <summary>How many projections a unit has in a view and basis.</summary>
    public const int Projections = 512;

    private const int Rounds = 24;
    private const int Lanes = 4;

    /// <summary>How many shared directions are taken out.</summary>
    private const int Shared = 2;

    /// <summary>Gives every row the length one; rows of nothing stay.</summary>
    public static void Normalise(double[][] rows)
    {
        foreach (var row in rows)
        {
            var length = Math.Sqrt(Dot(row, row));
            for (var at = 0; at < row.Length && length > 0; at++)
            {
                row[at] /= length;
            }
        }
    }

    /// <summary>Takes out the directions that carry most of all rows.</summary>
    public static void TakeOutShared(double[][] rows)
    {
        for (var direction = 0; direction < Shared; direction++)
        {
            var shared = Strongest(rows, (ulong)direction);
            foreach (var row in rows)
            {
                TakeOut(row, shared, Dot(row, shared));
            }
        }
    }

    /// <summary>Takes out of each row what it has of the same unit's row in another view.</summary>
    public static void TakeOutView(double[][] rows, double[][] view)
    {
        for (var unit = 0; unit < rows.Length; unit++)
        {
            var length = Dot(view[unit], view[unit]);
            if (length > 0)
            {
                TakeOut(rows[unit], view[unit], Dot(rows[unit], view[unit]) / length);
            }
        }
    }

    /// <summary>The signs of a row, one a bit, the first lowest; zero is no sign.</summary>
    public static void Signs(ReadOnlySpan<double> row, Span<ulong> into)
    {
        into.Clear();
        for (var at = 0; at < row.Length; at++)
        {
            if (row[at] < 0)
            {
                into[at / 64] |= 1UL << (at % 64);
            }
        }
    }

    private static double[] Strongest(double[][] rows, ulong key)
    {
        var direction = new double[rows[0].Length];
        for (var at = 0; at < direction.Length; at++)
        {
            direction[at] = (Counter.At(key, (ulong)at) & 1) == 0 ? 1 : -1;
        }

        for (var round = 0; round < Rounds; round++)
        {
            var next = new double[direction.Length];
            foreach (var row in rows)
            {
                TakeOut(next, row, -Dot(row, direction));
            }

            var length = Math.Sqrt(Dot(next, next));
            if (length == 0)
            {
                return next;
            }

            for (var at = 0; at < next.Length; at++)
            {
                direction[at] = next[at] / length;
            }
        }

        return direction;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeOut(double[] row, double[] direction, double share)
    {
        var factor = Vector256.Create(share);
        ref var from = ref MemoryMarshal.GetReference(row.AsSpan(0, Projections));
        ref var shared = ref MemoryMarshal.GetReference(direction.AsSpan(0, Projections));
        for (nuint at = 0; at < Projections; at += Lanes)
        {
            var part = Vector256.LoadUnsafe(ref shared, at) * factor;
            (Vector256.LoadUnsafe(ref from, at) - part).StoreUnsafe(ref from, at);
        }
    }

    /// <summary>Sums in sixteen lanes, always the same: one result on every processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(double[] left, double[] right)
    {
        var (a, b) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var (c, d) = (Vector256<double>.Zero, Vector256<double>.Zero);
        ref var one = ref MemoryMarshal.GetReference(left.AsSpan(0, Projections));
        ref var other = ref MemoryMarshal.GetReference(right.AsSpan(0, Projections));
        for (nuint at = 0; at < Projections; at += 4 * Lanes)
        {
            a += Product(ref one, ref other, at);
            b += Product(ref one, ref other, at + Lanes);
            c += Product(ref one, ref other, at + (2 * Lanes));
            d += Product(ref one, ref other, at + (3 * Lanes));
        }

        var sum = (a + b) + (c + d);
        return (sum[0] + sum[1]) + (sum[2] + sum[3]);
    }

    private static Vector256<double> Product(ref double one, ref double other, nuint at) =>
        Vector256.LoadUnsafe(ref one, at) * Vector256.LoadUnsafe(ref other, at);
}
