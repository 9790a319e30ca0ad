namespace Concord.Measures.Weights;

/// <summary>From the features of a layer's units in all views to their sign bits.</summary>
internal static class SignBits
{
    /// <summary>The bits by view, unit and word; what is scanned is added on the way.</summary>
    public static ulong[] Of(
        double[][][] views,
        IReadOnlyList<GridVectors> axes,
        UnitBasis basis,
        int layer,
        IReadOnlyList<int> places,
        ScanSketch scan
    )
    {
        for (var view = 0; view < views.Length; view++)
        {
            UnitFeatures.Normalise(views[view]);
            UnitFeatures.TakeOutShared(views[view]);
            scan.Add(basis, layer, view, places, views[view], axes[view]);
        }

        for (var view = 1; view < views.Length; view++)
        {
            for (var other = 0; other < view; other++)
            {
                UnitFeatures.TakeOutView(views[view], views[other]);
            }
        }

        var words = UnitFeatures.Projections / 64;
        var units = views[0].Length;
        var bits = new ulong[views.Length * units * words];
        for (var view = 0; view < views.Length; view++)
        {
            for (var unit = 0; unit < units; unit++)
            {
                UnitFeatures.Signs(
                    views[view][unit],
                    bits.AsSpan(((view * units) + unit) * words, words)
                );
            }
        }

        return bits;
    }
}
