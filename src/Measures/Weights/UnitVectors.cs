using Concord.Measures.Weights.Roles;

namespace Concord.Measures.Weights;

/// <summary>The vectors of hidden units, read out of the tensors that hold them.</summary>
internal sealed class UnitVectors
{
    private const int RowNumbers = 1 << 16;

    private readonly TensorNumbers _numbers = new();
    private float[] _rows = [];

    /// <summary>
    /// The vectors of some units in one view, in the order asked for; the gain of the norm folded
    /// in.
    /// </summary>
    public float[][] Of(UnitView view, IReadOnlyList<int> units)
    {
        var vectors = new float[units.Count][];
        var from = 0;
        foreach (var part in view.Parts)
        {
            var ours = Enumerable
                .Range(0, units.Count)
                .Where(at => units[at] >= from && units[at] < from + part.Units)
                .ToArray();
            foreach (var at in ours)
            {
                vectors[at] = new float[part.Width];
            }

            if (part.ByColumn)
            {
                ReadColumns(part, [.. ours.Select(at => (units[at] - from, vectors[at]))]);
            }
            else
            {
                foreach (var at in ours)
                {
                    var row = units[at] - from;
                    _numbers.Read(part.Tensor, part.First + (row * part.Stride), vectors[at]);
                }
            }

            from += part.Units;
        }

        if (view.Gain is { } gain)
        {
            var gains = Gains(gain);
            foreach (var vector in vectors)
            {
                for (var at = 0; at < vector.Length; at++)
                {
                    vector[at] *= gains[at];
                }
            }
        }

        return vectors;
    }

    /// <summary>The squared lengths of all units in one view, the gain folded in.</summary>
    public float[] Lengths(UnitView view)
    {
        var gains = view.Gain is { } gain ? Gains(gain) : null;
        var lengths = new float[view.Units];
        var from = 0;
        foreach (var part in view.Parts)
        {
            var ours = lengths.AsSpan(from, part.Units);
            for (var row = 0; row < part.Rows; )
            {
                var rows = Rows(part, row);
                for (var at = 0; at < rows.Length; at += part.Columns, row++)
                {
                    var numbers = rows.Slice(at, part.Columns);
                    if (part.ByColumn)
                    {
                        UnitLengths.AddColumns(numbers, gains is null ? 1 : gains[row], ours);
                    }
                    else
                    {
                        ours[row] = UnitLengths.OfRow(numbers, gains);
                    }
                }
            }

            from += part.Units;
        }

        return lengths;
    }

    /// <summary>
    /// The gains of a norm. Some architectures store a gain less one (Gemma): then many are
    /// negative, as no trained gain is.
    /// </summary>
    public float[] Gains(WeightsTensor gain)
    {
        var gains = new float[gain.Elements];
        _numbers.Read(gain, 0, gains);
        if (gains.Count(value => value < 0) * 20 > gains.Length)
        {
            for (var at = 0; at < gains.Length; at++)
            {
                gains[at] += 1;
            }
        }

        return gains;
    }

    private void ReadColumns(UnitMatrix part, (int Unit, float[] Into)[] units)
    {
        for (var row = 0; row < part.Rows && units.Length > 0; )
        {
            var rows = Rows(part, row);
            for (var at = 0; at < rows.Length; at += part.Columns, row++)
            {
                foreach (var (unit, into) in units)
                {
                    rows.Slice(at + (unit * part.Taps), part.Taps)
                        .CopyTo(into.AsSpan(row * part.Taps, part.Taps));
                }
            }
        }
    }

    /// <summary>
    /// Rows from one on: where they follow each other as many as a near cache holds, else one.
    /// </summary>
    private ReadOnlySpan<float> Rows(UnitMatrix part, int row)
    {
        var most = part.Stride == part.Columns ? Math.Max(1, RowNumbers / part.Columns) : 1;
        var count = Math.Min(most, part.Rows - row) * part.Columns;
        if (_rows.Length < count)
        {
            _rows = new float[Math.Max(count, RowNumbers)];
        }

        var rows = _rows.AsSpan(0, count);
        _numbers.Read(part.Tensor, part.First + (row * part.Stride), rows);
        return rows;
    }
}
