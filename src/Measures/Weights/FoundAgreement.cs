namespace Concord.Measures.Weights;

/// <summary>What one test of a pair found, before it is shown by layer.</summary>
/// <param name="Table">The table that it is of.</param>
/// <param name="Ground">What was counted.</param>
/// <param name="Agreements">Units that agree.</param>
/// <param name="Expected">How many would by chance, at most.</param>
/// <param name="Ways">Among how many counts this one was chosen.</param>
internal sealed record FoundAgreement(
    AgreementTable Table,
    PairGround Ground,
    int Agreements,
    double Expected,
    int Ways
)
{
    /// <summary>The bound of the chance, corrected for the choice.</summary>
    public double Log10P { get; } =
        Math.Min(0, PairTest.Log10Bound(Agreements, Expected) + Math.Log10(Ways));
}
