namespace Concord.Zoo.Changes;

/// <summary>Changes that leave a smaller network.</summary>
public static class Cut
{
    /// <summary>Only a share of the hidden units, chosen at random, in their order.</summary>
    public static ZooNet Units(ZooNet net, double share, ulong seed)
    {
        var chance = new Chance(seed);
        foreach (var group in ZooLayout.Hidden(net))
        {
            var kept = chance.Order(group.Count)[..(int)(share * group.Count)];
            Array.Sort(kept);
            net = group.Select(net, kept);
        }

        return net;
    }

    /// <summary>Without some layers of a transformer; the rest are counted anew.</summary>
    public static ZooNet Layers(ZooNet net, params int[] dropped)
    {
        var kept = Enumerable.Range(0, net.Layers).Except(dropped).ToArray();
        var prefix = net.Architecture is "gpt2" ? "transformer.h." : "model.layers.";
        var tensors =
            from tensor in net.Tensors
            let inLayer = tensor.Name.StartsWith(prefix, StringComparison.Ordinal)
            let layer = ZooNet.LayerOf(tensor.Name)
            where !inLayer || kept.Contains(layer)
            let rest = inLayer ? tensor.Name[$"{prefix}{layer}".Length..] : ""
            let name = inLayer ? $"{prefix}{Array.IndexOf(kept, layer)}{rest}" : tensor.Name
            select tensor with
            {
                Name = name,
            };
        return net with { Tensors = [.. tensors] };
    }
}
