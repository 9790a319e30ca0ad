namespace Concord.Ledger;

/// <summary>
/// An entry that waits for its place in the log, with the contents that come with it.
/// </summary>
/// <param name="Entry">The bytes of the entry, at most 65,535.</param>
/// <param name="Contents">Documents that rest in the content store, found by SHA-256 of their
/// bytes.</param>
public sealed record PendingEntry(
    ReadOnlyMemory<byte> Entry,
    IReadOnlyList<(Digest Digest, ReadOnlyMemory<byte> Bytes)> Contents
);
