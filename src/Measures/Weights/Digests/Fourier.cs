namespace Concord.Measures.Weights.Digests;

/// <summary>The power of a line at each frequency (Cooley–Tukey, radix two).</summary>
internal static class Fourier
{
    /// <summary>The power at frequencies from zero to half the length.</summary>
    /// <param name="line">Its length is a power of two.</param>
    public static double[] Power(ReadOnlySpan<float> line)
    {
        var (real, imaginary) = (new double[line.Length], new double[line.Length]);
        for (var (at, from) = (0, 0); at < line.Length; at++)
        {
            real[from] = line[at];
            var bit = line.Length >> 1;
            while (bit > 0 && (from & bit) != 0)
            {
                from ^= bit;
                bit >>= 1;
            }

            from |= bit;
        }

        for (var half = 1; half < line.Length; half *= 2)
        {
            Butterflies(real, imaginary, half);
        }

        var power = new double[(line.Length / 2) + 1];
        for (var at = 0; at < power.Length; at++)
        {
            power[at] = (real[at] * real[at]) + (imaginary[at] * imaginary[at]);
        }

        return power;
    }

    private static void Butterflies(double[] real, double[] imaginary, int half)
    {
        for (var turn = 0; turn < half; turn++)
        {
            var (sine, cosine) = Math.SinCos(-Math.PI * turn / half);
            for (var low = turn; low < real.Length; low += 2 * half)
            {
                var high = low + half;
                var turnedReal = (real[high] * cosine) - (imaginary[high] * sine);
                var turnedImaginary = (real[high] * sine) + (imaginary[high] * cosine);
                real[high] = real[low] - turnedReal;
                imaginary[high] = imaginary[low] - turnedImaginary;
                real[low] += turnedReal;
                imaginary[low] += turnedImaginary;
            }
        }
    }
}
