namespace Concord.Stores;

/// <summary>A published root and the signature that its receipts share.</summary>
/// <param name="Size">The size of the tree.</param>
/// <param name="Note">The published checkpoint, a signed note.</param>
/// <param name="Signature">The ES256 signature of the receipt key over the root.</param>
public sealed record AnsweredRoot(long Size, string Note, ReadOnlyMemory<byte> Signature);
