using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Concord.Measures.Weights;

/// <summary>
/// Squared lengths of rows and columns, in lanes that are always the same: they rank units, and
/// must rank them alike on every processor.
/// </summary>
internal static class UnitLengths
{
    private const int Lanes = 8;

    /// <summary>The squared length of a row, each number times its gain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float OfRow(ReadOnlySpan<float> numbers, float[]? gains)
    {
        var (one, other) = (Vector256<float>.Zero, Vector256<float>.Zero);
        var at = 0;
        for (; at + (2 * Lanes) <= numbers.Length; at += 2 * Lanes)
        {
            one += Squares(numbers, gains, at);
            other += Squares(numbers, gains, at + Lanes);
        }

        var lanes = one + other;
        var sum = 0f;
        for (var lane = 0; lane < Lanes; lane++)
        {
            sum += lanes[lane];
        }

        for (; at < numbers.Length; at++)
        {
            var value = numbers[at] * (gains is null ? 1 : gains[at]);
            sum += value * value;
        }

        return float.IsFinite(sum) ? sum : 0;
    }

    /// <summary>Adds the squares of a row to the squared lengths of its columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddColumns(ReadOnlySpan<float> numbers, float gain, Span<float> lengths)
    {
        var at = 0;
        for (; at + Lanes <= numbers.Length; at += Lanes)
        {
            var value = Vector256.Create(numbers.Slice(at, Lanes)) * gain;
            var square = value * value;
            var sum = Vector256.Create(lengths.Slice(at, Lanes)) + square;
            Vector256
                .ConditionalSelect(
                    Vector256.IsFinite(square),
                    sum,
                    Vector256.Create(lengths.Slice(at, Lanes))
                )
                .CopyTo(lengths.Slice(at, Lanes));
        }

        for (; at < numbers.Length; at++)
        {
            var square = numbers[at] * gain * (numbers[at] * gain);
            lengths[at] += float.IsFinite(square) ? square : 0;
        }
    }

    private static Vector256<float> Squares(ReadOnlySpan<float> numbers, float[]? gains, int at)
    {
        var value = Vector256.Create(numbers.Slice(at, Lanes));
        if (gains is not null)
        {
            value *= Vector256.Create(gains.AsSpan(at, Lanes));
        }

        return value * value;
    }
}
