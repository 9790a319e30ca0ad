using Concord.Ledger;

namespace Concord.Stores;

/// <summary>What a check of a log's whole data found, and what it put right.</summary>
/// <param name="Size">The entries that were checked.</param>
/// <param name="Contents">The documents in the content store that were checked.</param>
/// <param name="IsSealed">
/// Whether the database was closed cleanly, so that every byte of its file was compared. Otherwise
/// what lies in its unused space was not.
/// </param>
/// <param name="Findings">What is wrong now.</param>
/// <param name="Notes">What is right and worth knowing.</param>
/// <param name="Repaired">What was wrong and is not any more.</param>
public sealed record FsckReport(
    long Size,
    long Contents,
    bool IsSealed,
    IReadOnlyList<LogFinding> Findings,
    IReadOnlyList<string> Notes,
    IReadOnlyList<LogFinding> Repaired
)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsClean => Findings.Count == 0;
}
