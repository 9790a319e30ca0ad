using System.Numerics;

namespace Concord.Measures.Weights;

/// <summary>
/// Directions of the stream that belong to the vocabulary and turn with it: differences of the rows
/// of two tokens. The tokens are chosen by number, below the largest power of two that the table
/// holds, so that a few added tokens change nothing.
/// </summary>
internal static class VocabularyAnchors
{
    private const ulong Key = 0x616E63686F727331;

    /// <summary>Anchors of a table of rows, the gain of the norm before it folded in.</summary>
    public static GridVectors Of(WeightsTensor table, WeightsTensor? gain, UnitVectors vectors)
    {
        var width = (int)Roles.LayoutReader.Sizes(table)[^1];
        var gains = gain is null ? null : vectors.Gains(gain);
        var anchors = new GridVectors(UnitFeatures.Projections, width);
        var numbers = new TensorNumbers();
        var (one, other) = (new float[width], new float[width]);
        var tokens = (ulong)1 << BitOperations.Log2((ulong)Roles.LayoutReader.Sizes(table)[0]);
        for (var anchor = 0; anchor < UnitFeatures.Projections; anchor++)
        {
            var first = Counter.At(Key, 2 * (ulong)anchor) % tokens;
            var second = Counter.At(Key, (2 * (ulong)anchor) + 1) % tokens;
            second = second == first ? (second + 1) % tokens : second;
            Row(first, one);
            Row(second, other);
            for (var at = 0; at < width; at++)
            {
                one[at] = (one[at] - other[at]) * (gains is null ? 1 : gains[at]);
            }

            anchors.Set(anchor, one);
        }

        return anchors;

        void Row(ulong token, float[] into)
        {
            numbers.Read(table, (long)token * width, into);
            var length = Math.Sqrt(Squares(into));
            for (var at = 0; at < into.Length && length > 0; at++)
            {
                into[at] = (float)(into[at] / length);
            }
        }
    }

    private static double Squares(float[] row)
    {
        var sum = 0.0;
        foreach (var value in row)
        {
            sum += double.IsFinite(value) ? (double)value * value : 0;
        }

        return sum;
    }
}
