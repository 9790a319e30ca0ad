namespace Concord.Zoo.Changes;

/// <summary>Changes that lose something of every matrix: noise, rounding, pruning.</summary>
public static class Roughened
{
    /// <summary>Normal noise on matrices.</summary>
    /// <param name="net">The network.</param>
    /// <param name="strength">In standard deviations of the tensor that it is added to.</param>
    /// <param name="seed">The seed.</param>
    public static ZooNet Noise(ZooNet net, double strength, ulong seed)
    {
        var chance = new Chance(seed);
        return Matrices(
            net,
            tensor =>
            {
                var size = strength * tensor.Deviation;
                return tensor.With((x, _) => (float)(x + size * chance.Normal()));
            }
        );
    }

    /// <summary>Rounded to 255 steps, the largest of each row the last.</summary>
    public static ZooNet Int8(ZooNet net) =>
        Matrices(net, tensor => Rounded(tensor, tensor.RowLength, 127));

    /// <summary>Rounded to 15 steps in groups of 32 of a row.</summary>
    public static ZooNet Int4(ZooNet net) => Matrices(net, tensor => Rounded(tensor, 32, 7));

    /// <summary>The smallest of each matrix set to zero.</summary>
    /// <param name="net">The network.</param>
    /// <param name="share">Which share of them.</param>
    public static ZooNet Pruned(ZooNet net, double share) =>
        Matrices(
            net,
            tensor =>
            {
                var sizes = Array.ConvertAll(tensor.Values, Math.Abs);
                Array.Sort(sizes);
                var bar = sizes[Math.Min(sizes.Length - 1, (int)(share * sizes.Length))];
                return tensor.With((x, _) => Math.Abs(x) < bar ? 0 : x);
            }
        );

    private static ZooNet Matrices(ZooNet net, Func<ZooTensor, ZooTensor> change) =>
        net.Each(tensor => tensor.IsMatrix ? change(tensor) : tensor);

    private static ZooTensor Rounded(ZooTensor tensor, int group, int steps)
    {
        var values = (float[])tensor.Values.Clone();
        for (var row = 0; row < values.Length; row += tensor.RowLength)
        {
            for (var at = row; at < row + tensor.RowLength; at += group)
            {
                Round(values.AsSpan(at, Math.Min(group, row + tensor.RowLength - at)), steps);
            }
        }

        return tensor with
        {
            Values = values,
        };
    }

    private static void Round(Span<float> values, int steps)
    {
        var largest = 0f;
        foreach (var value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        var step = largest / steps;
        for (var i = 0; i < values.Length && step > 0; i++)
        {
            values[i] = MathF.Round(values[i] / step) * step;
        }
    }
}
