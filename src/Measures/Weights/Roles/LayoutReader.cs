namespace Concord.Measures.Weights.Roles;

/// <summary>Finds the layers of units in a list of tensors: by names, and by shapes alone.</summary>
public static class LayoutReader
{
    /// <summary>The layout that names tell; else what shapes tell.</summary>
    public static NetworkLayout Read(IReadOnlyList<WeightsTensor> tensors)
    {
        var matrices = tensors.Where(tensor => tensor.Elements > 0).ToArray();
        var named = StreamLayout.ByName(matrices);
        if (named is not null)
        {
            return named;
        }

        return
            ChainLayout.Read(matrices) is { } chain
            && chain.Layers.Count > 0
            && !StreamLayout.LooksLikeStream(matrices)
            ? chain
            : StreamLayout.ByShape(matrices)
                ?? ChainLayout.Read(matrices)
                ?? new NetworkLayout([], null, null, null, IsChain: false);
    }

    /// <summary>The sizes without those of one.</summary>
    internal static long[] Sizes(WeightsTensor tensor) =>
        [.. tensor.Shape.Where(size => size != 1)];
}
