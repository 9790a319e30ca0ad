using Concord.Ledger;

namespace Concord.Acts;

/// <summary>
/// The act of a sealed entry is not in the content store, so the log cannot be folded past it: the
/// store lost it, and a copy must be brought back.
/// </summary>
/// <param name="index">The log index.</param>
/// <param name="digest">The digest of the document that is missing.</param>
public sealed class MissingDocumentException(long index, Digest digest)
    : Exception($"The document {digest} of the sealed act at log index {index} is missing.")
{
    /// <summary>The log index.</summary>
    public long Index { get; } = index;

    /// <summary>The digest of the document that is missing.</summary>
    public Digest Digest { get; } = digest;
}
