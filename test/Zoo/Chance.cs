namespace Concord.Zoo;

/// <summary>
/// Chance from a seed, the same on every machine and under every version of the platform:
/// SplitMix64.
/// </summary>
/// <param name="seed">The seed.</param>
public sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 bits.</summary>
    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number of [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number of the standard normal distribution.</summary>
    public double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>An order of the numbers below a count.</summary>
    public int[] Order(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var j = (int)(Next() % (ulong)(i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    /// <summary>Plus or minus one, each.</summary>
    public double[] Signs(int count) => Many(count, () => (Next() & 1) == 0 ? 1 : -1);

    /// <summary>Numbers of the standard normal distribution.</summary>
    public double[] Normals(int count) => Many(count, Normal);

    /// <summary>
    /// An orthogonal matrix, by rows, drawn evenly (Gram and Schmidt, of normal rows).
    /// </summary>
    public double[][] Orthogonal(int size)
    {
        var rows = new double[size][];
        for (var i = 0; i < size; i++)
        {
            var row = Normals(size);
            // Twice, as once leaves what rounding leaves.
            for (var j = 0; j < 2 * i; j++)
            {
                var other = rows[j % i];
                var along = Dot(row, other);
                for (var k = 0; k < size; k++)
                {
                    row[k] -= along * other[k];
                }
            }

            var length = Math.Sqrt(Dot(row, row));
            rows[i] = Array.ConvertAll(row, x => x / length);
        }

        return rows;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static double[] Many(int count, Func<double> draw)
    {
        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = draw();
        }

        return numbers;
    }
}
