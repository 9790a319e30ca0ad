using Concord.Measures.Weights.Roles;

namespace Concord.Measures.Weights.Pairs;

/// <summary>
/// Whether two matrices are the same numbers, rows of the one being columns of the other. A corner
/// tells strangers apart, so that only equals are read in whole, a few rows and columns at a time.
/// </summary>
internal static class TransposedTensors
{
    private const int Corner = 8;
    private const int Block = 128;

    public static bool AreEqual(WeightsTensor left, WeightsTensor right, CancellationToken cancel)
    {
        var (ours, theirs) = (LayoutReader.Sizes(left), LayoutReader.Sizes(right));
        if (
            ours.Length != 2
            || theirs.Length != 2
            || ours[0] != theirs[1]
            || ours[1] != theirs[0]
            || !IsPlain(left.Element)
            || !IsPlain(right.Element)
        )
        {
            return false;
        }

        var room = new Room(left, ours[1], right, theirs[1]);
        if (!room.Same(0, (int)Math.Min(Corner, ours[0]), 0, (int)Math.Min(Corner, ours[1])))
        {
            return false;
        }

        for (var row = 0L; row < ours[0]; row += Block)
        {
            cancel.ThrowIfCancellationRequested();
            var rows = (int)Math.Min(Block, ours[0] - row);
            for (var column = 0L; column < ours[1]; column += Block)
            {
                if (!room.Same(row, rows, column, (int)Math.Min(Block, ours[1] - column)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // Blocks of quantised types share scales along rows: transposed they are others.
    private static bool IsPlain(ElementType element) =>
        element is ElementType.F32 or ElementType.F16 or ElementType.BF16;

    private sealed class Room(WeightsTensor left, long leftRow, WeightsTensor right, long rightRow)
    {
        private readonly TensorNumbers _ours = new();
        private readonly TensorNumbers _theirs = new();
        private readonly float[] _left = new float[Block * Block];
        private readonly float[] _line = new float[Block];

        public bool Same(long row, int rows, long column, int columns)
        {
            for (var at = 0; at < rows; at++)
            {
                var into = _left.AsSpan(at * columns, columns);
                _ours.Read(left, ((row + at) * leftRow) + column, into);
            }

            for (var at = 0; at < columns; at++)
            {
                var line = _line.AsSpan(0, rows);
                _theirs.Read(right, ((column + at) * rightRow) + row, line);
                for (var place = 0; place < rows; place++)
                {
                    if (!line[place].Equals(_left[(place * columns) + at]))
                    {
                        return false;
                    }
                }
            }

            return true;
        }
    }
}
