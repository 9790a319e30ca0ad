namespace Concord.Measures.Weights.Digests;

/// <summary>
/// Whether the rows or columns of a tensor are waves: nearly all of their power lies in a few
/// neighbouring frequencies, be they windowed, stored in half precision or in four bits. Trained
/// weights spread theirs over all.
/// </summary>
internal static class Waves
{
    private const int Lines = 16;
    private const int Shortest = 64;
    private const int Longest = 1024;
    private const int Band = 6;
    private const double Share = 0.8;

    public static bool AreIn(WeightsTensor tensor, TensorNumbers numbers)
    {
        var sizes = Roles.LayoutReader.Sizes(tensor);
        var columns = sizes[^1];
        var rows = tensor.Elements / columns;
        return (columns >= Shortest && AreRows(tensor, numbers, rows, columns))
            || (rows >= Shortest && AreColumns(tensor, numbers, rows, columns));
    }

    private static bool AreRows(
        WeightsTensor tensor,
        TensorNumbers numbers,
        long rows,
        long columns
    )
    {
        var line = new float[Length(columns)];
        return AreMost(
            Enumerable
                .Range(0, Lines)
                .Select(at =>
                {
                    numbers.Read(tensor, (rows * ((2 * at) + 1) / (2 * Lines)) * columns, line);
                    return line;
                }),
            Lines
        );
    }

    /// <summary>
    /// Columns a stretch of rows at a time: of each row a block where the columns lie.
    /// </summary>
    private static bool AreColumns(
        WeightsTensor tensor,
        TensorNumbers numbers,
        long rows,
        long columns
    )
    {
        var length = Math.Min(256, Length(rows));
        var width = (int)Math.Min(Lines, columns);
        var first = columns / 2 / width * width;
        first = Math.Min(first, columns - width);
        var lines = new float[width][];
        for (var line = 0; line < width; line++)
        {
            lines[line] = new float[length];
        }

        var part = new float[width];
        for (var row = 0; row < length; row++)
        {
            numbers.Read(tensor, (row * columns) + first, part);
            for (var line = 0; line < width; line++)
            {
                lines[line][row] = part[line];
            }
        }

        return AreMost(lines, width);
    }

    /// <summary>
    /// Whether at least eight tenths of the lines are waves; of trained weights a few tell.
    /// </summary>
    private static bool AreMost(IEnumerable<float[]> lines, int count)
    {
        var others = 0;
        return lines.All(line => (others += IsWave(line) ? 0 : 1) * 10 <= count * 2);
    }

    private static int Length(long size)
    {
        var length = Shortest;
        while (length * 2 <= Math.Min(size, Longest))
        {
            length *= 2;
        }

        return length;
    }

    /// <summary>Whether a few neighbouring frequencies hold most of the power of a line.</summary>
    private static bool IsWave(float[] line)
    {
        var power = Fourier.Power(line);
        var whole = power.Sum();
        if (!(whole > 0) || !double.IsFinite(whole))
        {
            return false;
        }

        var band = 0.0;
        var most = 0.0;
        for (var at = 0; at < power.Length; at++)
        {
            band += power[at] - (at >= Band ? power[at - Band] : 0);
            most = Math.Max(most, band);
        }

        return most >= Share * whole;
    }
}
