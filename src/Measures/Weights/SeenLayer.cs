namespace Concord.Measures.Weights;

/// <summary>A sketched layer seen in one basis.</summary>
internal sealed class SeenLayer
{
    private readonly int _basis;
    private readonly int[] _places;
    private readonly UnitPlanes?[] _planes;

    public SeenLayer(UnitSketch sketch, UnitBasis basis)
    {
        Sketch = sketch;
        _places = [.. sketch.Places];
        _planes = new UnitPlanes?[sketch.Views];
        while (sketch.Bases[_basis] != basis)
        {
            _basis++;
        }
    }

    /// <summary>The sketch.</summary>
    public UnitSketch Sketch { get; }

    /// <summary>The place of each unit.</summary>
    public ReadOnlySpan<int> Places => _places;

    /// <summary>Matches the units of this layer with those of another in a view.</summary>
    /// <returns>How many are matched.</returns>
    public int Match(SeenLayer right, int view, Span<int> pairs) =>
        Sketch.Words == 1
            ? right.Planes(view).Match(Signs(view), pairs)
            : UnitMatching.Match(Signs(view), right.Signs(view), Sketch.Words, pairs);

    private ReadOnlySpan<ulong> Signs(int view) => Sketch.Signs(_basis, view);

    private UnitPlanes Planes(int view) => _planes[view] ??= new(Signs(view));
}
