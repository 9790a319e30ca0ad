namespace Concord.Ledger;

/// <summary>What a check of a log found.</summary>
/// <param name="Size">The entries that were checked.</param>
/// <param name="Published">The checkpoint that was found published; null where there is
/// none.</param>
/// <param name="Findings">What is wrong, in the order of the places.</param>
/// <param name="Notes">What is right and worth knowing, such as entries that wait to be
/// published.</param>
/// <param name="Damaged">The indices whose entry in the store is damaged or missing.</param>
public sealed record LogCheckReport(
    long Size,
    Checkpoint? Published,
    IReadOnlyList<LogFinding> Findings,
    IReadOnlyList<string> Notes,
    IReadOnlyList<long> Damaged
)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsClean => Findings.Count == 0;
}
