namespace Concord.Measures.Weights.Formats;

/// <summary>Sizes of a tensor, and what follows from them.</summary>
internal static class Shapes
{
    /// <summary>
    /// The product of sizes, or nothing where one is negative or it is beyond 2^63.
    /// </summary>
    public static long? Elements(IReadOnlyList<long> shape)
    {
        // A size of zero makes the product zero only after the others have been looked at.
        var product = (Int128)1;
        foreach (var size in shape)
        {
            if (size < 0)
            {
                return null;
            }

            product *= Math.Max(size, 1);
            if (product > long.MaxValue)
            {
                return null;
            }
        }

        return shape.Contains(0) ? 0 : (long)product;
    }

    /// <summary>As people write them.</summary>
    public static string Shown(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape)}]";
}
