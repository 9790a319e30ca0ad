namespace Concord.Ledger;

/// <summary>What a witness cosigned last of one origin.</summary>
/// <param name="Size">The size of the tree.</param>
/// <param name="Root">Its root.</param>
/// <param name="Note">The checkpoint with the log's lines and the witness's.</param>
public sealed record CosignedHead(long Size, Digest Root, string Note);
