using System.Numerics;

namespace Concord.Measures.Weights;

/// <summary>
/// A partial matching of the units of two layers in one view: each is the other's only nearest, by
/// the angle between the vectors whatever their sign (mutual nearest neighbours; two equally near
/// are none, so that no order of units can speak).
/// </summary>
internal static class UnitMatching
{
    /// <summary>
    /// Each place of pairs gets the unit that the left one is matched with, or −1.
    /// </summary>
    /// <returns>How many are matched.</returns>
    public static int Match(
        ReadOnlySpan<ulong> left,
        ReadOnlySpan<ulong> right,
        int words,
        Span<int> pairs
    )
    {
        var (rows, columns) = (left.Length / words, right.Length / words);
        var row = new Nearest[rows];
        var column = new Nearest[columns];
        Array.Fill(row, Nearest.None);
        Array.Fill(column, Nearest.None);
        for (var i = 0; i < rows; i++)
        {
            var one = left.Slice(i * words, words);
            for (var j = 0; j < columns; j++)
            {
                var near = Nearness(one, right.Slice(j * words, words));
                row[i] = row[i].With(near, j);
                column[j] = column[j].With(near, i);
            }
        }

        var matched = 0;
        for (var i = 0; i < rows; i++)
        {
            var j = row[i].Place;
            pairs[i] = j >= 0 && column[j].Place == i ? j : -1;
            matched += pairs[i] >= 0 ? 1 : 0;
        }

        return matched;
    }

    /// <summary>
    /// How far the number of agreeing signs is from half, on either side, doubled.
    /// </summary>
    private static int Nearness(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        var differing = 0;
        for (var word = 0; word < left.Length; word++)
        {
            differing += BitOperations.PopCount(left[word] ^ right[word]);
        }

        return Math.Abs((64 * left.Length) - (2 * differing));
    }

    private readonly record struct Nearest(int Near, int Place)
    {
        public static readonly Nearest None = new(-1, -1);

        public Nearest With(int near, int place) =>
            near > Near ? new(near, place)
            : near == Near ? new(near, -1)
            : this;
    }
}
