namespace Concord.Measures.Weights.Index;

/// <summary>A screened layer, as it was read; used again for the next.</summary>
internal sealed class ScreenBlock
{
    /// <summary>The kind of its units.</summary>
    public UnitKind Kind { get; set; }

    /// <summary>The basis in which they are seen.</summary>
    public UnitBasis Basis { get; set; }

    /// <summary>Among how many the place of a unit is arbitrary.</summary>
    public int Exchangeable { get; set; }

    /// <summary>How many there are.</summary>
    public int Units { get; set; }

    /// <summary>The place of each, modulo 65,536.</summary>
    public int[] Places { get; } = new int[ScreenRecord.MostUnits];

    /// <summary>The words by view and unit.</summary>
    public ulong[] Words { get; } = new ulong[ScreenRecord.Views * ScreenRecord.MostUnits];
}
