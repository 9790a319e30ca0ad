using Concord.Measures.Weights.Roles;

namespace Concord.Measures.Weights;

/// <summary>Sketches the units of networks whose layers read from one stream and write to it.</summary>
internal sealed class StreamSketcher
{
    private readonly NetworkLayout _layout;
    private readonly UnitVectors _vectors = new();
    private readonly Dictionary<UnitBasis, GridVectors> _anchors = [];

    public StreamSketcher(NetworkLayout layout)
    {
        _layout = layout;
        if (layout.Output is { } output)
        {
            _anchors[UnitBasis.Output] = VocabularyAnchors.Of(output, layout.OutputGain, _vectors);
        }

        if (layout.Input is { } input && input != layout.Output)
        {
            _anchors[UnitBasis.Input] = VocabularyAnchors.Of(input, null, _vectors);
        }
    }

    /// <summary>The sketches of the chosen layers.</summary>
    public IReadOnlyList<UnitSketch> Sketch()
    {
        var chosen = SketchBudget.Layers(_layout.Layers.Count);
        var units = SketchBudget.Units(
            chosen.Count,
            _layout.Layers[0].Views.Count,
            _anchors.Count + 1
        );
        return [.. chosen.Select(layer => Sketch(layer, units))];
    }

    private UnitSketch Sketch(int number, int most)
    {
        var layer = _layout.Layers[number];
        var places = Strongest(layer, most);
        var views = layer.Views.Select(view => _vectors.Of(view, places)).ToArray();
        UnitBasis[] bases = [UnitBasis.Stored, .. _anchors.Keys.Order()];
        var bits = new List<ulong>();
        foreach (var basis in bases)
        {
            bits.AddRange(SignBits.Of([.. views.Select(view => Features(view, basis))]));
        }

        return new()
        {
            Kind = layer.Kind,
            Layer = number,
            Layers = _layout.Layers.Count,
            Exchangeable = layer.Exchangeable,
            Places = places,
            Views = layer.Views.Count,
            Bases = bases,
            Words = UnitFeatures.Projections / 64,
            Bits = bits.ToArray(),
        };
    }

    /// <summary>
    /// The units with the largest product of what they read and what they write: whoever scales one
    /// down must scale the other up.
    /// </summary>
    private int[] Strongest(UnitLayer layer, int most)
    {
        var read = _vectors.Lengths(layer.Views[^2]);
        var written = _vectors.Lengths(layer.Views[^1]);
        return
        [
            .. Enumerable
                .Range(0, layer.Units)
                .OrderByDescending(unit => read[unit] * written[unit])
                .ThenBy(unit => unit)
                .Take(most),
        ];
    }

    private double[][] Features(float[][] vectors, UnitBasis basis)
    {
        var width = vectors[0].Length;
        if (basis == UnitBasis.Stored)
        {
            return CoordinateFeatures.Of(vectors, StoredAxes(width));
        }

        return CoordinateFeatures.Of(vectors, _anchors[basis]);
    }

    private GridVectors StoredAxes(int width)
    {
        if (!_anchors.TryGetValue(UnitBasis.Stored, out var axes) || axes.Width != width)
        {
            axes = CoordinateFeatures.Axes(width);
        }

        return axes;
    }
}
