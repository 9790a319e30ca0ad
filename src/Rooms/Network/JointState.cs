using Concord.Acts;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Rooms.Network;

/// <summary>A joint act on its way: who has signed, and whether it is in force.</summary>
public sealed record JointState
{
    /// <summary>The digest of the body that all sign.</summary>
    public required Digest ActDigest { get; init; }

    /// <summary>The type of the act.</summary>
    public required ActType Type { get; init; }

    /// <summary>The log index of the first signature, by which the act goes.</summary>
    public required long Proposal { get; init; }

    /// <summary>The terms.</summary>
    public required JointTerms Terms { get; init; }

    /// <summary>Who has signed, in the order of the log.</summary>
    public required IReadOnlyList<JointSignature> Signatures { get; init; }

    /// <summary>
    /// The log index of the signature with which it took effect; null: not in force.
    /// </summary>
    public long? InForceSince { get; init; }
}

/// <summary>One signature of a joint act.</summary>
/// <param name="Speaker">Who signed.</param>
/// <param name="Index">The log index.</param>
/// <param name="Key">With which key.</param>
/// <param name="At">The last tick then.</param>
public sealed record JointSignature(Speaker Speaker, long Index, KeyId Key, Instant At);
