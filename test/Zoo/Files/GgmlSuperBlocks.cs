using System.Buffers.Binary;

namespace Concord.Zoo.Files;

/// <summary>
/// Blocks of 256 in groups whose scales are quantised too. Each group's scale is searched for: some
/// grids are tried, and the one whose least-squares fit errs least is kept. Where a group's scale
/// rounds to nothing, levels say nothing and are zero.
/// </summary>
internal static class GgmlSuperBlocks
{
    private const float Nothing = 1e-15f;

    /// <summary>The plain grid first: what comes after must be better.</summary>
    private static readonly int[] s_attempts =
    [
        0,
        .. Enumerable.Range(-9, 9),
        .. Enumerable.Range(1, 9),
    ];

    /// <summary>Q4_K: eight groups of 32, each with a scale and a minimum of six bits.</summary>
    public static void WriteQ4(ReadOnlySpan<float> x, Span<byte> block)
    {
        Span<float> scales = stackalloc float[8];
        Span<float> minima = stackalloc float[8];
        for (var j = 0; j < 8; j++)
        {
            (scales[j], minima[j]) = ScaleAndMinimum(x.Slice(32 * j, 32));
        }

        var (most, deepest) = (Largest(scales), Largest(minima));
        var (d, dmin) = ((Half)(most / 63), (Half)(deepest / 63));
        BinaryPrimitives.WriteHalfLittleEndian(block, d);
        BinaryPrimitives.WriteHalfLittleEndian(block[2..], dmin);
        for (var j = 0; j < 8; j++)
        {
            var scale = most > 0 ? Math.Min(63, Nearest(63 / most * scales[j])) : 0;
            var minimum = deepest > 0 ? Math.Min(63, Nearest(63 / deepest * minima[j])) : 0;
            PutSixBits(block.Slice(4, 12), j, scale, minimum);
            var (step, below) = ((float)d * scale, (float)dmin * minimum);
            for (var i = 0; i < 32; i++)
            {
                var level = step > 0 ? Nearest((x[32 * j + i] + below) / step) : 0;
                level = Math.Clamp(level, 0, 15);
                block[16 + j / 2 * 32 + i] |= (byte)(level << (j % 2 * 4));
            }
        }
    }

    /// <summary>Q6_K: sixteen groups of 16, each with a scale of eight bits.</summary>
    public static void WriteQ6(ReadOnlySpan<float> x, Span<byte> block)
    {
        Span<float> scales = stackalloc float[16];
        for (var j = 0; j < 16; j++)
        {
            scales[j] = Scale(x.Slice(16 * j, 16));
        }

        var most = GgmlBlocks.Furthest(scales);
        if (Math.Abs(most) < Nothing)
        {
            block.Clear();
            return;
        }

        var inverse = -128 / most;
        var d = (Half)(1 / inverse);
        BinaryPrimitives.WriteHalfLittleEndian(block[208..], d);
        for (var j = 0; j < 16; j++)
        {
            var scale = Math.Min(127, Nearest(inverse * scales[j]));
            block[192 + j] = (byte)(sbyte)scale;
            var step = (float)d * scale;
            for (var i = 0; i < 16 && step != 0; i++)
            {
                var level = Math.Clamp(Nearest(x[16 * j + i] / step), -32, 31);
                PutSixth(block, 16 * j + i, level + 32);
            }
        }
    }

    /// <summary>
    /// Of a group of 32 for levels 0 to 15: step, and how far below zero it begins.
    /// </summary>
    private static (float Scale, float Minimum) ScaleAndMinimum(ReadOnlySpan<float> x)
    {
        var squares = 0f;
        var (low, high) = (0f, x[0]);
        foreach (var value in x)
        {
            squares += value * value;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        if (high == low)
        {
            return (0, -low);
        }

        var floor = MathF.Sqrt(squares / 32);
        var plain = 15 / (high - low);
        var best = (Scale: 1 / plain, Low: low);
        var least = Error(x, floor, Levels(x, plain, low), best.Scale, low);
        for (var attempt = 0; attempt <= 20; attempt++)
        {
            // From where the best fit so far begins, as ggml does.
            var finer = (-1 + 0.1f * attempt + 15) / (high - best.Low);
            var levels = Levels(x, finer, best.Low);
            if (Fit(x, floor, levels) is not var (scale, from))
            {
                continue;
            }

            var error = Error(x, floor, levels, scale, from);
            if (error < least)
            {
                (least, best) = (error, (scale, from));
            }
        }

        return (best.Scale, -best.Low);
    }

    /// <summary>
    /// The least-squares line through levels, not above zero; null: there is none.
    /// </summary>
    private static (float Scale, float Low)? Fit(ReadOnlySpan<float> x, float floor, int[] levels)
    {
        float w = 0,
            wx = 0,
            wl = 0,
            wll = 0,
            wlx = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var weight = floor + Math.Abs(x[i]);
            w += weight;
            wx += weight * x[i];
            wl += weight * levels[i];
            wll += weight * levels[i] * levels[i];
            wlx += weight * levels[i] * x[i];
        }

        var determinant = w * wll - wl * wl;
        if (determinant <= 0)
        {
            return null;
        }

        var low = (wll * wx - wl * wlx) / determinant;
        return low > 0 ? (wlx / wll, 0) : ((w * wlx - wx * wl) / determinant, low);
    }

    private static int[] Levels(ReadOnlySpan<float> x, float inverse, float low)
    {
        var levels = new int[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            levels[i] = Math.Clamp(Nearest(inverse * (x[i] - low)), 0, 15);
        }

        return levels;
    }

    private static float Error(
        ReadOnlySpan<float> x,
        float floor,
        int[] levels,
        float scale,
        float low
    )
    {
        var error = 0f;
        for (var i = 0; i < x.Length; i++)
        {
            var off = scale * levels[i] + low - x[i];
            error += (floor + Math.Abs(x[i])) * off * off;
        }

        return error;
    }

    /// <summary>Of a group of 16 for levels -32 to 31, each value weighed by its square.</summary>
    private static float Scale(ReadOnlySpan<float> x)
    {
        var furthest = GgmlBlocks.Furthest(x);
        if (Math.Abs(furthest) < Nothing)
        {
            return 0;
        }

        var (scale, best) = (0f, float.NegativeInfinity);
        foreach (var attempt in s_attempts)
        {
            var (along, squares) = (0f, 0f);
            var inverse = -(32 + 0.1f * attempt) / furthest;
            foreach (var value in x)
            {
                var level = Math.Clamp(Nearest(inverse * value), -32, 31);
                along += value * value * value * level;
                squares += value * value * level * level;
            }

            if (squares > 0 && along * along > best * squares)
            {
                scale = along / squares;
                best = scale * along;
            }
        }

        return scale;
    }

    private static void PutSixBits(Span<byte> packed, int j, int scale, int minimum)
    {
        if (j < 4)
        {
            packed[j] = (byte)scale;
            packed[j + 4] = (byte)minimum;
            return;
        }

        packed[j + 4] = (byte)(scale & 15 | (minimum & 15) << 4);
        packed[j - 4] |= (byte)(scale >> 4 << 6);
        packed[j] |= (byte)(minimum >> 4 << 6);
    }

    /// <summary>Four bits below, two above: of each 128, quarters of 32 share bytes.</summary>
    private static void PutSixth(Span<byte> block, int at, int level)
    {
        var (half, quarter, i) = (at / 128, at % 128 / 32, at % 32);
        block[64 * half + 32 * (quarter % 2) + i] |= (byte)((level & 15) << (quarter / 2 * 4));
        block[128 + 32 * half + i] |= (byte)(level >> 4 << (2 * quarter));
    }

    private static int Nearest(float value) => (int)MathF.Round(value, MidpointRounding.ToEven);

    private static float Largest(ReadOnlySpan<float> values)
    {
        var largest = 0f;
        foreach (var value in values)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }
}
