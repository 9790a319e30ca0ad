namespace Concord.Measures.Weights.Roles;

/// <summary>
/// Finds the layers of units in a list of tensors: by names, and by shapes alone.
/// </summary>
public static class LayoutReader
{
    /// <summary>The layout that names tell; else what shapes tell.</summary>
    public static NetworkLayout Read(IReadOnlyList<WeightsTensor> tensors)
    {
        var matrices = tensors
            .Where(tensor =>
                tensor.Elements > 0
                && tensor.Element is not (ElementType.Opaque or ElementType.C64)
                && tensor.Shape.All(size => size <= int.MaxValue)
            )
            .ToArray();
        if (StreamLayout.ByName(matrices) is { } named)
        {
            return named;
        }

        var chain = ChainLayout.Read(matrices);
        return StreamLayout.LooksLikeStream(matrices) && !chain.Chain.Any(link => link.IsToldCell)
            ? StreamLayout.ByShape(matrices) ?? chain
            : chain;
    }

    /// <summary>The sizes without those of one.</summary>
    internal static long[] Sizes(WeightsTensor tensor) =>
        [.. tensor.Shape.Where(size => size != 1)];
}
