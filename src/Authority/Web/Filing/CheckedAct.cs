using System.Text;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Ledger;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>
/// An act that the law would admit, ready to be shown and signed: the very bytes, and the id of the
/// statement that a passkey would sign.
/// </summary>
/// <param name="Signed">The act as it will be signed.</param>
public sealed record CheckedAct(Signed Signed)
{
    /// <summary>Whether the log has the digest of the act alone.</summary>
    public bool IsSealed => Signed.Statement.IsEnvelope;

    /// <summary>The bytes of the act.</summary>
    public ReadOnlyMemory<byte> Document =>
        IsSealed ? Content(Signed.ActDigest) : Signed.Statement.Payload;

    /// <summary>The bytes of what is sealed beside a public act; null: nothing is.</summary>
    public ReadOnlyMemory<byte>? SealedPart =>
        Acts.Subjects.SealedPartOf(Signed.Act) is { } digest
            ? Content(digest)
            : (ReadOnlyMemory<byte>?)null;

    /// <summary>The bytes of the act as text.</summary>
    public string Text => Encoding.UTF8.GetString(Document.Span);

    /// <summary>The bytes of the sealed part as text; null: there is none.</summary>
    public string? SealedText => SealedPart is { } part ? Encoding.UTF8.GetString(part.Span) : null;

    /// <summary>Who will be able to read it, and what can be done about it later.</summary>
    public string Note =>
        Signed.Act is AskQuestion
            ? Say(
                "The public reads that you filed a sealed act, and no word of it. The party that "
                    + "is asked and the authorities read it."
            )
        : IsSealed
            ? Say(
                "The public reads that you filed a sealed act, and no word of it. You and the "
                    + "authorities read it."
            )
        : Signed.Act is JointAct { Joint.K: var needed }
            ? SealedPart is null
                    ? Plainly(
                        $"It takes effect when {needed} have signed the same text. Everybody can "
                            + $"read "
                            + $"it for good."
                    )
                : Plainly(
                    $"It takes effect when {needed} have signed the same text. Everybody can read "
                        + $"it for good, what is sealed excepted."
                )
        : SealedPart is not null
            ? Say(
                "Everybody can read the act for good. What is sealed beside it is for the parties "
                    + "to it and the authorities."
            )
        : Say(
            "Everybody can read this for good. It can be corrected by further acts, and not be "
                + "taken out of the log."
        );

    /// <summary>The digest of the act.</summary>
    public Digest Digest => Signed.ActDigest;

    /// <summary>What is signed: the id of the statement.</summary>
    public Digest Id => Signed.Statement.Id;

    /// <summary>A coordinate of the key as scripts read it.</summary>
    public static string Coordinate(ReadOnlyMemory<byte> bytes) =>
        System.Buffers.Text.Base64Url.EncodeToString(bytes.Span);

    private ReadOnlyMemory<byte> Content(Digest digest) =>
        Signed.Contents.First(one => one.Digest == digest).Bytes;
}
