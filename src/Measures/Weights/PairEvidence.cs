namespace Concord.Measures.Weights;

/// <summary>What an agreement of units is counted by.</summary>
public enum PairGround
{
    /// <summary>
    /// Units that are nearest to each other stand at the same place of their layers. Places are
    /// arbitrary before training, so chance is known exactly (arXiv 2502.12292, exchangeability).
    /// </summary>
    Places,

    /// <summary>
    /// Units that are nearest to each other in one view are so in another. That views of unrelated
    /// units are unrelated is a model of chance, tried on strangers (BENCHMARKS.md).
    /// </summary>
    Views,
}

/// <summary>How many units of two layers agree.</summary>
/// <param name="Left">The layer of the left network.</param>
/// <param name="Right">The layer of the right network.</param>
/// <param name="Agreements">Units that agree.</param>
/// <param name="Compared">How many could.</param>
/// <param name="Expected">How many would at most: by chance, and as units that do the same.</param>
public sealed record LayerAgreement(
    int Left,
    int Right,
    int Agreements,
    int Compared,
    double Expected
);

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

    /// <summary>How many would at most on average: by chance, and as units that do the same.</summary>
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
