namespace Concord.Ledger;

/// <summary>
/// The newest checkpoint in the log store: the log has exactly the entries it covers.
/// </summary>
/// <param name="Size">The number of entries.</param>
/// <param name="Root">The root over them.</param>
/// <param name="Note">The signed checkpoint.</param>
public sealed record LogHead(long Size, Digest Root, string Note);
