namespace Concord.Zoo.Changes;

/// <summary>Changes after which a network computes what it did before.</summary>
public static class Rearranged
{
    /// <summary>Hidden units in another order.</summary>
    public static ZooNet Hidden(ZooNet net, ulong seed) =>
        Reordered(net, ZooLayout.Hidden(net), new(seed));

    /// <summary>Heads of attention in another order.</summary>
    public static ZooNet Heads(ZooNet net, ulong seed) =>
        Reordered(net, ZooLayout.Heads(net), new(seed));

    /// <summary>Experts in another order, layer by layer.</summary>
    public static ZooNet Experts(ZooNet net, ulong seed)
    {
        var chance = new Chance(seed);
        foreach (var at in ZooLayout.Layers(net))
        {
            var router = net[at + "block_sparse_moe.gate.weight"];
            var order = chance.Order(router.Shape[0]);
            var moved =
                from to in Enumerable.Range(0, order.Length)
                from part in (string[])["w1", "w2", "w3"]
                let name = $"{at}block_sparse_moe.experts."
                select net[$"{name}{order[to]}.{part}.weight"] with
                {
                    Name = $"{name}{to}.{part}.weight",
                };
            net = net.With([router.Select(0, order), .. moved]);
        }

        return net;
    }

    /// <summary>
    /// Hidden units multiplied, where the function allows it: by log-normal factors, by either
    /// sign, or both.
    /// </summary>
    /// <param name="net">The network.</param>
    /// <param name="spread">The standard deviation of the factors' logarithm.</param>
    /// <param name="seed">The seed.</param>
    public static ZooNet Scaled(ZooNet net, double spread, ulong seed)
    {
        var chance = new Chance(seed);
        foreach (var group in ZooLayout.Hidden(net))
        {
            net = group.Scale(net, Factors(group, spread, chance));
        }

        return net;
    }

    /// <summary>
    /// The axis of the residual stream in another order and, where the norm allows it, with other
    /// signs.
    /// </summary>
    public static ZooNet Residual(ZooNet net, ulong seed)
    {
        var chance = new Chance(seed);
        var group = ZooLayout.Residual(net) ?? throw NoResidual(net);
        net = group.Select(net, chance.Order(group.Count));
        return group.Scale(net, Factors(group, 0, chance));
    }

    /// <summary>
    /// The residual stream turned at random; the gains of the norms are folded before.
    /// </summary>
    public static ZooNet Rotated(ZooNet net, ulong seed)
    {
        var group = ZooLayout.Residual(net) ?? throw NoResidual(net);
        return group.Freedom is UnitFreedom.Order
            ? throw new ArgumentException("LayerNorm bears no rotation.", nameof(net))
            : group.Turn(Folded(net), new Chance(seed).Orthogonal(group.Count));
    }

    /// <summary>Gains of norms multiplied into what reads them, and set to one.</summary>
    public static ZooNet Folded(ZooNet net)
    {
        if (net.Architecture is not ("llama" or "mixtral"))
        {
            return net;
        }

        foreach (var (name, readers) in ZooLayout.Gains(net))
        {
            var gain = Array.ConvertAll(net[name].Values, x => (double)x);
            net = net.With([
                net[name].With((_, _) => 1),
                .. readers.Select(reader => net[reader].Scale(1, gain)),
            ]);
        }

        return net;
    }

    /// <summary>
    /// Each BatchNorm multiplied into the convolution before it, and left out, as exporters do;
    /// null: there is none.
    /// </summary>
    public static ZooNet? NormsFolded(ZooNet net)
    {
        var norms = net
            .Tensors.Where(tensor => tensor.Name.EndsWith(Spread, StringComparison.Ordinal))
            .Select(tensor => tensor.Name[..^Spread.Length])
            .ToArray();
        foreach (var norm in norms)
        {
            var before = $"features.{ZooNet.LayerOf(norm + '.') - 1}";
            var (mean, bias) = (net[norm + ".running_mean"], net[norm + ".bias"]);
            var gain = net[norm + ".weight"]
                .Values.Zip(net[norm + Spread].Values, (g, v) => g / Math.Sqrt(v + 1e-5))
                .ToArray();
            net = net.With(
                net[before + ".weight"].Scale(0, gain),
                net[before + ".bias"]
                    .With((x, at) => (float)((x - mean.Values[at]) * gain[at] + bias.Values[at]))
            );
        }

        return norms.Length == 0
            ? null
            : net with
            {
                Tensors =
                [
                    .. net.Tensors.Where(tensor =>
                        !norms.Any(norm =>
                            tensor.Name.StartsWith(norm + '.', StringComparison.Ordinal)
                        )
                    ),
                ],
            };
    }

    private const string Spread = ".running_var";

    private static ZooNet Reordered(ZooNet net, IEnumerable<UnitGroup> groups, Chance chance)
    {
        foreach (var group in groups)
        {
            net = group.Select(net, chance.Order(group.Count));
        }

        return net;
    }

    private static double[] Factors(UnitGroup group, double spread, Chance chance)
    {
        var signs = chance.Signs(group.Count);
        var sizes = Array.ConvertAll(chance.Normals(group.Count), x => Math.Exp(spread * x));
        return group.Freedom switch
        {
            UnitFreedom.Sign => signs,
            UnitFreedom.PositiveScale => sizes,
            UnitFreedom.Scale => [.. signs.Zip(sizes, (sign, size) => sign * size)],
            _ => [.. Enumerable.Repeat(1.0, group.Count)],
        };
    }

    private static ArgumentException NoResidual(ZooNet net) =>
        new($"{net.Architecture} has no residual stream.", nameof(net));
}
