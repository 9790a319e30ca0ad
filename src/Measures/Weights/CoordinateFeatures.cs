namespace Concord.Measures.Weights;

/// <summary>Projections of unit vectors on axes of their coordinates.</summary>
internal static class CoordinateFeatures
{
    internal const ulong Key = 0x73746F7265643031;

    /// <summary>Axes of random signs, fixed for all time: those of the basis as stored.</summary>
    public static GridVectors Axes(int width)
    {
        var axes = new GridVectors(UnitFeatures.Projections, width);
        for (var axis = 0; axis < axes.Count; axis++)
        {
            var word = (ulong)axis / 64;
            var bit = axis % 64;
            axes.SetSigns(axis, at => ((Counter.At(Key + word, (ulong)at) >> bit) & 1) != 0);
        }

        return axes;
    }

    /// <summary>The products of each vector with each axis.</summary>
    public static double[][] Of(float[][] vectors, GridVectors axes) =>
        GridVectors.Of(vectors, axes.Width).Products(axes);
}
