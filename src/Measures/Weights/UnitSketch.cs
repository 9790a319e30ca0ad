namespace Concord.Measures.Weights;

/// <summary>
/// The hidden units of one layer, each seen in several views and bases as sign bits of projections:
/// the same for a unit wherever it stands in its layer, however it is scaled, whatever its sign.
/// </summary>
public sealed class UnitSketch
{
    /// <summary>The kind of unit.</summary>
    public required UnitKind Kind { get; init; }

    /// <summary>Which layer, counted from zero.</summary>
    public required int Layer { get; init; }

    /// <summary>How many layers of this kind the network has.</summary>
    public required int Layers { get; init; }

    /// <summary>
    /// Among how many units of the layer the place of a unit is arbitrary: those of one expert.
    /// </summary>
    public required int Exchangeable { get; init; }

    /// <summary>The place of each sketched unit in its layer, strongest unit first.</summary>
    public required IReadOnlyList<int> Places { get; init; }

    /// <summary>How many views each unit has.</summary>
    public required int Views { get; init; }

    /// <summary>The bases, in rising order.</summary>
    public required IReadOnlyList<UnitBasis> Bases { get; init; }

    /// <summary>How many words of 64 sign bits a unit has per view and basis: 1 or 8.</summary>
    public required int Words { get; init; }

    /// <summary>The bits: by basis, view, unit, word.</summary>
    public required ReadOnlyMemory<ulong> Bits { get; init; }

    /// <summary>How many units are sketched.</summary>
    public int Units => Places.Count;

    /// <summary>The words of all units in a view and basis, one unit after the other.</summary>
    /// <param name="basis">The place of the basis in <see cref="Bases" />.</param>
    /// <param name="view">The view.</param>
    public ReadOnlySpan<ulong> Signs(int basis, int view) =>
        Bits.Span.Slice(((basis * Views) + view) * Units * Words, Units * Words);

    /// <summary>The same with the first word of each alone.</summary>
    public UnitSketch Small()
    {
        if (Words == 1)
        {
            return this;
        }

        var first = new ulong[Bits.Length / Words];
        for (var at = 0; at < first.Length; at++)
        {
            first[at] = Bits.Span[at * Words];
        }

        return new()
        {
            Kind = Kind,
            Layer = Layer,
            Layers = Layers,
            Exchangeable = Exchangeable,
            Places = Places,
            Views = Views,
            Bases = Bases,
            Words = 1,
            Bits = first,
        };
    }
}
