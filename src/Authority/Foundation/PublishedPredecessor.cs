using Concord.Ledger;

namespace Concord.Authority.Foundation;

/// <summary>The log that this one succeeds, as <c>authority.json</c> has it.</summary>
/// <param name="Origin">Its origin.</param>
/// <param name="Size">The size of its last checkpoint.</param>
/// <param name="VerifierKeys">The keys that it had, each with the trees that it signed.</param>
public sealed record PublishedPredecessor(
    string Origin,
    long Size,
    IReadOnlyList<PublishedLogKey> VerifierKeys
)
{
    /// <summary>The keys that it had.</summary>
    /// <exception cref="FormatException">One is none.</exception>
    public LogKeys LogKeys() => new([.. VerifierKeys.Select(key => key.Read())]);
}
