using Concord.Measures.Weights.Digests;
using Concord.Measures.Weights.Roles;

namespace Concord.Measures.Weights;

/// <summary>
/// Sketches the units of networks whose layers follow each other in a chain. Seen along the path,
/// each unit has the products of all matrices from the network's input to it: reordering or scaling
/// the units before it changes nothing of that.
/// </summary>
internal sealed class ChainSketcher
{
    private const int FewestUnits = 16;
    private const ulong TapKey = 0x7461707330303031;

    private readonly NetworkLayout _layout;
    private readonly UnitVectors _vectors = new();
    private readonly Link[] _links;

    public ChainSketcher(NetworkLayout layout)
    {
        _layout = layout;
        _links = [.. layout.Chain.Select(link => new Link(link))];
        for (var at = 0; at < _links.Length; at++)
        {
            Walk(at);
        }
    }

    /// <summary>The sketches of the chosen layers.</summary>
    public IReadOnlyList<UnitSketch> Sketch(ScanSketch scan)
    {
        var able = Enumerable.Range(0, _links.Length).Where(HasViews).ToArray();
        var chosen = SketchBudget
            .Layers(able.Length, SketchBudget.OfChain)
            .Select(at => able[at])
            .ToArray();
        return
        [
            .. chosen.Select(
                (link, place) =>
                    Sketch(
                        link,
                        SketchBudget.Units(chosen.Length, ViewsOf(link), 2),
                        Array.IndexOf(able, link),
                        able.Length,
                        scan
                    )
            ),
        ];
    }

    private bool HasViews(int at) =>
        _links[at].Chain is { } link
        && link.Units >= FewestUnits
        && link.Tensor.Elements >= EvidenceCheck.FewestElements
        && (link.Gates > 1 || link.HasNext);

    private int ViewsOf(int at) => _links[at].Chain.Gates + (_links[at].Chain.HasNext ? 1 : 0);

    private UnitSketch Sketch(int at, int most, int number, int layers, ScanSketch scan)
    {
        var link = _links[at].Chain;
        var all = Enumerable.Range(0, link.Units).ToArray();
        var (path, pathAxes) = PathFeatures(at, all);
        var places = all.OrderByDescending(unit => Strength(path, unit))
            .ThenBy(unit => unit)
            .Take(most)
            .ToArray();
        var vectors = Vectors(at, places).ToArray();
        var storedAxes = vectors.Select(view => CoordinateFeatures.Axes(view[0].Length)).ToArray();
        var stored = vectors.Zip(storedAxes, CoordinateFeatures.Of).ToArray();
        // Copies: what a link reads is asked again of the one before it.
        double[][][] along =
        [
            .. path.Select(view => places.Select(unit => (double[])view[unit].Clone()).ToArray()),
        ];
        return new()
        {
            Kind = link.Gates > 1 ? UnitKind.Recurrent : UnitKind.Channel,
            Layer = number,
            Layers = layers,
            Exchangeable = link.Exchangeable,
            Places = places,
            Views = ViewsOf(at),
            Bases = [UnitBasis.Stored, UnitBasis.Path],
            Words = UnitFeatures.Projections / 64,
            Bits = (ulong[])
                [
                    .. SignBits.Of(stored, storedAxes, UnitBasis.Stored, number, places, scan),
                    .. SignBits.Of(along, pathAxes, UnitBasis.Path, number, places, scan),
                ],
        };
    }

    /// <summary>
    /// What a unit reads times what it writes: scaling one up scales the other down.
    /// </summary>
    private static double Strength(double[][][] path, int unit) =>
        path.Aggregate(1.0, (product, view) => product * view[unit].Sum(value => value * value));

    /// <summary>What some units read, gate by gate, and what the next link makes of them.</summary>
    private IEnumerable<float[][]> Vectors(int at, int[] units)
    {
        var link = _links[at];
        var rows = Enumerable.Range(0, link.Chain.Gates).Select(gate => Rows(link, gate, units));
        return link.Chain.HasNext ? rows.Append(Columns(_links[at + 1], units)) : rows;
    }

    private float[][] Rows(Link link, int gate, int[] units)
    {
        var rows = _vectors.Of(link.Chain.Rows(gate), units);
        for (var row = 0; row < rows.Length && link.Factors is not null; row++)
        {
            var factor = link.Factors[units[row]];
            rows[row] = Array.ConvertAll(rows[row], value => value * factor);
        }

        return rows;
    }

    /// <summary>The columns of a link that belong to some units of the one before.</summary>
    private float[][] Columns(Link link, int[] units)
    {
        var parts = link.Chain.Columns.Select(part => _vectors.Of(new([part], null), units));
        var columns = parts.Aggregate(
            (one, other) => [.. one.Zip(other, (above, below) => (float[])[.. above, .. below])]
        );
        foreach (var column in columns)
        {
            for (var at = 0; at < column.Length && link.Factors is not null; at++)
            {
                column[at] *= link.Factors[at / link.Chain.Taps];
            }
        }

        return columns;
    }

    private (double[][][] Views, GridVectors[] Axes) PathFeatures(int at, int[] units)
    {
        var link = _links[at];
        var reads = link.Gate;
        var axes = Enumerable.Repeat(link.Axes, reads.Length);
        if (!link.Chain.HasNext)
        {
            return (reads, [.. axes]);
        }

        var (writes, over) = Writes(at, units);
        return ([.. reads, writes], [.. axes, over]);
    }

    /// <summary>
    /// What the next link makes of a unit, seen by what its own units read along the path: each of
    /// those counts alike, however it is scaled.
    /// </summary>
    private (double[][] Features, GridVectors Axes) Writes(int at, int[] units)
    {
        var next = _links[at + 1];
        var outputs = next.Chain.Units * next.Chain.Gates;
        var taps = next.Chain.Taps;
        var axes = new GridVectors(UnitFeatures.Projections, outputs * taps);
        var values = new float[outputs * taps];
        double[][] reads = [.. Enumerable.Range(0, outputs).Select(next.Reads)];
        for (var axis = 0; axis < axes.Count; axis++)
        {
            for (var output = 0; output < outputs; output++)
            {
                var value =
                    next.Chain.HasNext || next.Chain.Gates > 1
                        ? next.Reads(output)[axis]
                        : Sign(CoordinateFeatures.Key, axis, output);
                for (var tap = 0; tap < taps; tap++)
                {
                    values[(output * taps) + tap] = (float)(value * Sign(TapKey, axis, tap));
                }
            }

            axes.Set(axis, values);
        }

        return (CoordinateFeatures.Of(Columns(next, units), axes), axes);
    }

    /// <summary>From what the link before has along the path to what this one has.</summary>
    private void Walk(int at)
    {
        var link = _links[at];
        var chain = link.Chain;
        var before = chain.HasPrevious ? _links[at - 1] : null;
        link.Axes =
            before is null
            && _layout.Input is { } table
            && chain.Taps == 1
            && LayoutReader.Sizes(table)[^1] == chain.Inputs
                ? VocabularyAnchors.Of(table, null, _vectors)
                : Axes(chain, before);
        for (var gate = 0; gate < chain.Gates; gate++)
        {
            link.Gate[gate] = CoordinateFeatures.Of(
                Rows(link, gate, [.. Enumerable.Range(0, chain.Units)]),
                link.Axes
            );
        }
    }

    private static GridVectors Axes(ChainLink chain, Link? before)
    {
        var axes = new GridVectors(UnitFeatures.Projections, chain.Inputs * chain.Taps);
        var values = new float[chain.Inputs * chain.Taps];
        for (var axis = 0; axis < axes.Count; axis++)
        {
            for (var input = 0; input < chain.Inputs; input++)
            {
                var value = before is null
                    ? Sign(CoordinateFeatures.Key, axis, input)
                    : before.Written(input)[axis];
                for (var tap = 0; tap < chain.Taps; tap++)
                {
                    values[(input * chain.Taps) + tap] = (float)(value * Sign(TapKey, axis, tap));
                }
            }

            axes.Set(axis, values);
        }

        return axes;
    }

    private static double Sign(ulong key, int axis, int place) =>
        ((Counter.At(key + ((ulong)axis / 64), (ulong)place) >> (axis % 64)) & 1) != 0 ? -1 : 1;

    private sealed class Link(ChainLink chain)
    {
        /// <summary>
        /// Of an LSTM's four gates the one whose rows its state takes up: i, f, g, o.
        /// </summary>
        private const int Candidate = 2;

        public ChainLink Chain => chain;

        /// <summary>
        /// What a BatchNorm multiplies each unit by, as if it were folded; null: there is none.
        /// </summary>
        public float[]? Factors { get; } = chain.Norm?.Factors();

        public GridVectors Axes { get; set; } = new(0, 0);

        public double[][][] Gate { get; } = new double[chain.Gates][][];

        /// <summary>
        /// What a unit carries on along the path, up to a factor of the whole link.
        /// </summary>
        public double[] Written(int unit) => Gate[chain.Gates > 1 ? Candidate : 0][unit];

        /// <summary>What a row reads along the path, divided by its squared length.</summary>
        public double[] Reads(int row)
        {
            var (gate, unit) = chain.Of(row);
            var features = Gate[gate][unit];
            var length = features.Sum(value => value * value);
            return length == 0 ? features : [.. features.Select(value => value / length)];
        }
    }
}
