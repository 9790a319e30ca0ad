using Concord.Measures.Weights.Roles;

namespace Concord.Measures.Weights;

/// <summary>
/// Sketches the units of networks whose layers read from one stream and write to it.
/// </summary>
internal sealed class StreamSketcher
{
    private readonly NetworkLayout _layout;
    private readonly UnitVectors _vectors = new();
    private readonly Dictionary<UnitBasis, GridVectors> _anchors = [];
    private readonly UnitBasis[] _bases;

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

        _bases = [UnitBasis.Stored, .. _anchors.Keys.Order()];
    }

    /// <summary>The sketches of the chosen layers.</summary>
    public IReadOnlyList<UnitSketch> Sketch(ScanSketch scan)
    {
        var chosen = SketchBudget.Layers(_layout.Layers.Count, SketchBudget.OfStream);
        var units = SketchBudget.Units(chosen.Count, _layout.Layers[0].Views.Count, _bases.Length);
        return [.. chosen.Select(layer => Sketch(layer, units, scan))];
    }

    private UnitSketch Sketch(int number, int most, ScanSketch scan)
    {
        var layer = _layout.Layers[number];
        var places = Strongest(layer, most);
        var views = layer.Views.Select(view => Grid(view, places)).ToArray();
        var bits = new List<ulong>();
        foreach (var basis in _bases)
        {
            var axes = views.Select(view => AxesOf(basis, view.Width)).ToArray();
            bits.AddRange(
                SignBits.Of(
                    [.. views.Select((view, at) => view.Products(axes[at]))],
                    axes,
                    basis,
                    number,
                    places,
                    scan
                )
            );
        }

        return new()
        {
            Kind = layer.Kind,
            Layer = number,
            Layers = _layout.Layers.Count,
            Exchangeable = layer.Exchangeable,
            Places = places,
            Views = layer.Views.Count,
            Bases = _bases,
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

    private GridVectors Grid(UnitView view, int[] places) =>
        GridVectors.Of(_vectors.Of(view, places), view.Parts[0].Width);

    private GridVectors AxesOf(UnitBasis basis, int width)
    {
        if (!_anchors.TryGetValue(basis, out var axes))
        {
            _anchors[basis] = axes = CoordinateFeatures.Axes(width);
        }

        return axes;
    }
}
