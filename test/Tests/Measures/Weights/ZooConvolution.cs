using Concord.Zoo;

namespace Concord.Tests.Measures.Weights;

/// <summary>What a convolutional network of the zoo says of a short wave, in binary64.</summary>
internal static class ZooConvolution
{
    public static double[] Outputs(ZooNet net)
    {
        var chance = new Chance(99);
        double[][] x = [chance.Normals(40)];
        foreach (var weight in net.Tensors.Where(t => t.Shape.Length == 3))
        {
            var at = ZooNet.LayerOf(weight.Name);
            x = Convolved(x, weight, net[$"features.{at}.bias"].Values);
            if (net.Find($"features.{at + 1}.running_mean") is not null)
            {
                x = Normed(net, $"features.{at + 1}.", x);
            }

            x = Array.ConvertAll(x, row => Array.ConvertAll(row, v => Math.Max(0, v)));
        }

        var made = ZooForward.Linear(
            net["classifier.weight"],
            Array.ConvertAll(x, row => row.Average())
        );
        return [.. made.Zip(net["classifier.bias"].Values, (a, b) => a + b)];
    }

    /// <summary>Stride 2, four zeros on either side.</summary>
    private static double[][] Convolved(double[][] x, ZooTensor weight, float[] bias)
    {
        var (inner, width) = (weight.Shape[1], weight.Shape[2]);
        var made = new double[weight.Shape[0]][];
        for (var o = 0; o < made.Length; o++)
        {
            made[o] = new double[(x[0].Length + 1) / 2];
            Array.Fill(made[o], bias[o]);
            for (var i = 0; i < inner * width * made[o].Length; i++)
            {
                var (t, c, k) = (i / (inner * width), i / width % inner, i % width);
                var from = 2 * t + k - 4;
                if (from >= 0 && from < x[0].Length)
                {
                    made[o][t] += weight.Values[(o * inner + c) * width + k] * x[c][from];
                }
            }
        }

        return made;
    }

    private static double[][] Normed(ZooNet net, string at, double[][] x)
    {
        var (mean, spread) = (net[at + "running_mean"].Values, net[at + "running_var"].Values);
        var (gain, bias) = (net[at + "weight"].Values, net[at + "bias"].Values);
        return
        [
            .. x.Select(
                (row, c) =>
                    Array.ConvertAll(
                        row,
                        v => (v - mean[c]) / Math.Sqrt(spread[c] + 1e-5) * gain[c] + bias[c]
                    )
            ),
        ];
    }
}
