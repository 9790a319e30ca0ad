namespace Concord.Measures.Weights;

/// <summary>What two fingerprints say about each other.</summary>
public sealed record PairEvidence
{
    /// <summary>Nothing speaks for a common origin.</summary>
    public static readonly PairEvidence None = new()
    {
        Log10P = 0,
        SameWeights = false,
        Ground = PairGround.Views,
        Basis = UnitBasis.Stored,
        Agreements = 0,
        Expected = 0,
        Layers = [],
    };

    /// <summary>
    /// The logarithm to base ten of a bound of the chance that networks trained independently agree
    /// so much, corrected for all tests made of this pair; zero says nothing.
    /// </summary>
    public required double Log10P { get; init; }

    /// <summary>Whether the weights digests are the same.</summary>
    public required bool SameWeights { get; init; }

    /// <summary>The test that gave it.</summary>
    public required PairGround Ground { get; init; }

    /// <summary>The basis that gave it.</summary>
    public required UnitBasis Basis { get; init; }

    /// <summary>Units that agree, in the layers that were counted together.</summary>
    public required int Agreements { get; init; }

    /// <summary>
    /// How many would at most on average: by chance, and as units that do the same.
    /// </summary>
    public required double Expected { get; init; }

    /// <summary>By layer, in the basis and by the ground that decided.</summary>
    public required IReadOnlyList<LayerAgreement> Layers { get; init; }

    /// <summary>
    /// Whether the two were <em>not trained independently</em>, at a level at which one false alarm
    /// in 33 million comparisons with a register of a million is expected at most; else there is
    /// <em>no evidence</em>, which says nothing of independence.
    /// </summary>
    /// <param name="entries">How many fingerprints the one was compared with.</param>
    public bool Decides(long entries) =>
        SameWeights || Log10P + Math.Log10(Math.Max(1, entries)) <= Level;

    /// <summary>p · entries is at most 3·10⁻⁸.</summary>
    public const double Level = -7.522878745280337;
}
