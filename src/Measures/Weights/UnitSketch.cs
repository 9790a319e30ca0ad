namespace Concord.Measures.Weights;

/// <summary>What kind of hidden unit is sketched, and so which views of it there are.</summary>
public enum UnitKind : byte
{
    /// <summary>A unit of a gated feed-forward layer (SwiGLU): gate, up, down.</summary>
    Gated = 1,

    /// <summary>A unit of a feed-forward layer without a gate: up, down.</summary>
    Plain = 2,

    /// <summary>A unit of an LSTM: its four gates' rows over the layer's input.</summary>
    Recurrent = 3,

    /// <summary>A channel of a convolution or a unit of a plain chain: what it reads, what reads it.</summary>
    Channel = 4,
}

/// <summary>In which coordinates the vectors of a unit are seen.</summary>
public enum UnitBasis : byte
{
    /// <summary>The coordinates as stored: survives nothing done to the stream, and any vocabulary.</summary>
    Stored = 1,

    /// <summary>Against rows of the output vocabulary: survives any rotation of the stream.</summary>
    Output = 2,

    /// <summary>Against rows of the input vocabulary: survives rotation, and another output table.</summary>
    Input = 3,

    /// <summary>Along the path from the network's input: survives reordered channels before it.</summary>
    Path = 4,
}

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
