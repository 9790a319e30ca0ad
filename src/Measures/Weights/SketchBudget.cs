namespace Concord.Measures.Weights;

/// <summary>How many layers and units a fingerprint has room for in both forms.</summary>
internal static class SketchBudget
{
    /// <summary>So many layers of a stream are sketched at most.</summary>
    public const int OfStream = 8;

    /// <summary>So many layers of a chain are sketched at most: they are small.</summary>
    public const int OfChain = 16;

    private const int MostUnits = 512;
    private const int SmallRoom = Fingerprint.SmallBytes - 1024;
    private const int LargeRoom = Fingerprint.LargeBytes - 2048;

    /// <summary>The layers that are sketched: all of a few, or evenly from first to last.</summary>
    public static IReadOnlyList<int> Layers(int count, int most) =>
        count <= most
            ? [.. Enumerable.Range(0, count)]
            : [.. Enumerable.Range(0, most).Select(at => at * (count - 1) / (most - 1))];

    /// <summary>How many units a layer may have.</summary>
    public static int Units(int layers, int views, int bases)
    {
        var small = SmallRoom / layers / (4 + (8 * views * bases));
        var large = LargeRoom / layers / (4 + (UnitFeatures.Projections / 8 * views * bases));
        return Math.Max(1, Math.Min(Math.Min(small, large), MostUnits));
    }
}
