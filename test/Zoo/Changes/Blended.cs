namespace Concord.Zoo.Changes;

/// <summary>Changes that bring in something of another network, or something new.</summary>
public static class Blended
{
    /// <summary>A weighted mean of two networks of one shape.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other.</param>
    /// <param name="share">The share of the first.</param>
    public static ZooNet Merged(ZooNet first, ZooNet second, double share) =>
        first.Each(tensor =>
        {
            var other = second[tensor.Name].Values;
            return tensor.With((x, i) => (float)(share * x + (1 - share) * other[i]));
        });

    /// <summary>
    /// A difference of low rank on every matrix of the layers, as a merged adapter leaves.
    /// </summary>
    /// <param name="net">The network.</param>
    /// <param name="rank">Its rank.</param>
    /// <param name="strength">Its norm, in norms of the matrix.</param>
    /// <param name="seed">The seed.</param>
    public static ZooNet LowRank(ZooNet net, int rank, double strength, ulong seed)
    {
        var adapter = Adapter(net, rank, strength, seed);
        return net.With(adapter.Select(pair => Added(net[pair.Name], pair)));
    }

    /// <summary>
    /// The two factors of such a difference, by the tensor that they are added to: B of out × rank,
    /// A of rank × in, by the rows and columns as they lie.
    /// </summary>
    public static IReadOnlyList<LowRankPair> Adapter(
        ZooNet net,
        int rank,
        double strength,
        ulong seed
    )
    {
        var chance = new Chance(seed);
        return
        [
            .. from tensor in net.Tensors
            where tensor.IsMatrix && ZooNet.LayerOf(tensor.Name) >= 0
            select Pair(tensor, rank, strength, chance),
        ];
    }

    /// <summary>
    /// With the table that makes words of what comes out taken from another network.
    /// </summary>
    public static ZooNet Unembedding(ZooNet net, ZooNet other) =>
        net.With(
            net.Tensors.Where(t => s_unembeddings.Contains(t.Name, StringComparer.Ordinal))
                .Select(t => other[t.Name])
        );

    private static readonly string[] s_unembeddings =
    [
        "lm_head.weight",
        "transformer.wte.weight",
        "decoder.weight",
        "classifier.weight",
    ];

    private static LowRankPair Pair(ZooTensor tensor, int rank, double strength, Chance chance)
    {
        var rows = tensor.Shape[0];
        var columns = tensor.Values.Length / rows;
        var pair = new LowRankPair(
            tensor.Name,
            new("B", [rows, rank], Floats(chance, rows * rank)),
            new("A", [rank, columns], Floats(chance, rank * columns))
        );
        var size = Norm(Added(tensor.With((_, _) => 0), pair).Values);
        var factor = strength * Norm(tensor.Values) / size;
        return pair with { B = pair.B.With((x, _) => (float)(x * factor)) };
    }

    private static ZooTensor Added(ZooTensor tensor, LowRankPair pair)
    {
        var (rank, columns) = (pair.A.Shape[0], pair.A.Shape[1]);
        return tensor.With(
            (x, i) =>
            {
                double sum = x;
                for (var k = 0; k < rank; k++)
                {
                    sum +=
                        (double)pair.B.Values[i / columns * rank + k]
                        * pair.A.Values[k * columns + i % columns];
                }

                return (float)sum;
            }
        );
    }

    private static float[] Floats(Chance chance, int count) =>
        Array.ConvertAll(chance.Normals(count), x => (float)x);

    private static double Norm(float[] values) => Math.Sqrt(values.Sum(x => (double)x * x));
}
