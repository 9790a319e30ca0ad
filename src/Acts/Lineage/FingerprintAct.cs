using Concord.Ledger;

namespace Concord.Acts.Lineage;

/// <summary>
/// The fingerprint of a release's weights, by its developer or by whoever took it from the weights.
/// The large form may hang on the act as an attachment, which no law reads. Wire name
/// <c>lineage/fingerprint/1</c>.
/// </summary>
public sealed record FingerprintAct : Act
{
    /// <summary>The release.</summary>
    public required ReleaseId Release { get; init; }

    /// <summary>Who took the fingerprint, and signs.</summary>
    public required PartyId By { get; init; }

    /// <summary>
    /// The weights digest: the same whatever the names, order, container and sharding of the
    /// tensors (<c>specs/fingerprint.md</c>).
    /// </summary>
    public required Digest Weights { get; init; }

    /// <summary>The version of the method, which the bytes have too.</summary>
    [Whole(1, 255)]
    public required int Method { get; init; }

    /// <summary>The small form, at most 32 KiB in base64url.</summary>
    [Text(SmallMax, Form = TextForm.Bytes)]
    public required string Small { get; init; }

    /// <summary>The characters that 32 KiB have in base64url without padding.</summary>
    internal const int SmallMax = ((32 << 10) * 4 + 2) / 3;
}
