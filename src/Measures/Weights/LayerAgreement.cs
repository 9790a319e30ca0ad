namespace Concord.Measures.Weights;

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
