namespace Concord.Ledger;

/// <summary>One durable step of a log.</summary>
/// <param name="Generation">The generation that <see cref="ILogStore.Claim"/> gave to the
/// writer.</param>
/// <param name="Expected">The head that the writer builds on; null for a log without
/// entries.</param>
/// <param name="Next">The head after the step.</param>
/// <param name="Entries">The entries between the two heads, with their contents.</param>
public sealed record LogCommit(
    long Generation,
    LogHead? Expected,
    LogHead Next,
    IReadOnlyList<PendingEntry> Entries
);
