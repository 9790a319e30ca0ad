using Concord.Ledger;

namespace Concord.Acts.Network;

/// <summary>
/// The erasure of an attachment after somebody's request: its bytes are deleted for good, its
/// digest stays. Wire name <c>network/erase/1</c>.
/// </summary>
public sealed record Erase : Act
{
    /// <summary>An act on which the attachment hangs.</summary>
    public required ActId Target { get; init; }

    /// <summary>The digest of the attachment, as the act has it.</summary>
    public required Digest Attachment { get; init; }

    /// <summary>Why, without a word of what is erased.</summary>
    [Text(1000)]
    public required string Reason { get; init; }
}
