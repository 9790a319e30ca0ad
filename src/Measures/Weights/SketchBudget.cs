namespace Concord.Measures.Weights;

/// <summary>How many layers and units a fingerprint has room for in both forms.</summary>
internal static class SketchBudget
{
    private const int MostLayers = 8;
    private const int MostUnits = 512;
    private const int SmallRoom = Fingerprint.SmallBytes - 1024;
    private const int LargeRoom = Fingerprint.LargeBytes - 2048;

    /// <summary>The layers that are sketched: all of a few, else evenly from first to last.</summary>
    public static IReadOnlyList<int> Layers(int count) =>
        count <= MostLayers
            ? [.. Enumerable.Range(0, count)]
            :
            [
                .. Enumerable
                    .Range(0, MostLayers)
                    .Select(at => at * (count - 1) / (MostLayers - 1)),
            ];

    /// <summary>How many units a layer may have.</summary>
    public static int Units(int layers, int views, int bases)
    {
        var small = SmallRoom / layers / (4 + (8 * views * bases));
        var large = LargeRoom / layers / (4 + (UnitFeatures.Projections / 8 * views * bases));
        return Math.Max(1, Math.Min(Math.Min(small, large), MostUnits));
    }
}
