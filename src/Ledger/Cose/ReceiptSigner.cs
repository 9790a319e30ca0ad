using System.Globalization;

namespace Concord.Ledger;

/// <summary>
/// Signs roots of a log for COSE receipts (RFC 9942, RFC9162_SHA256). One signature serves every
/// receipt at the root, because proofs stand in the unprotected header.
/// </summary>
/// <param name="signer">The receipt key, which signs nothing else.</param>
/// <param name="origin">The origin of the log, the receipts' issuer.</param>
public sealed class ReceiptSigner(StatementSigner signer, string origin)
{
    /// <summary>The public half of the receipt key.</summary>
    public PublicKey PublicKey => signer.PublicKey;

    /// <summary>The origin of the log.</summary>
    public string Origin => origin;

    /// <summary>
    /// Signs the root of a published checkpoint. That it is one is the caller's: a receipt at any
    /// other size could not be tied to what witnesses saw.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The size is below 2, whose path would be empty, which RFC 9942 cannot express.
    /// </exception>
    public SignedRoot SignRoot(long size, Digest root)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 2);
        var header = HeaderOf(signer.PublicKey.Id, origin, size);
        Span<byte> payload = stackalloc byte[Digest.Size];
        root.CopyTo(payload);
        var signature = signer.SignDigest(SigStructure.DigestOf(header, payload));
        return new(size, root, header, signature);
    }

    /// <summary>A root that this key signed before, out of the signature that was kept.</summary>
    /// <exception cref="ArgumentException">It is not this key's signature of that root.</exception>
    public SignedRoot Restore(long size, Digest root, ReadOnlyMemory<byte> signature)
    {
        return TryRestore(signer.PublicKey, origin, size, root, signature)
            ?? throw new ArgumentException(
                "The kept signature is not over the root.",
                nameof(signature)
            );
    }

    /// <summary>
    /// A root that a key signed before, out of the signature that was kept; null where it is not
    /// that key's signature of that root.
    /// </summary>
    /// <param name="key">The public half of the receipt key.</param>
    /// <param name="origin">The origin of the log.</param>
    /// <param name="size">The tree size.</param>
    /// <param name="root">The root.</param>
    /// <param name="signature">r ‖ s.</param>
    public static SignedRoot? TryRestore(
        PublicKey key,
        string origin,
        long size,
        Digest root,
        ReadOnlyMemory<byte> signature
    )
    {
        ArgumentNullException.ThrowIfNull(key);
        var header = HeaderOf(key.Id, origin, size);
        Span<byte> payload = stackalloc byte[Digest.Size];
        root.CopyTo(payload);
        var signed = SigStructure.DigestOf(header, payload);
        return Verifiers.Verify(key, signed, signature.Span)
            ? new(size, root, header, signature.ToArray())
            : null;
    }

    /// <summary>The subject of a receipt: the checkpoint by its size.</summary>
    internal static string SubjectOf(long size) =>
        string.Create(CultureInfo.InvariantCulture, $"checkpoint/{size}");

    private static byte[] HeaderOf(KeyId key, string origin, long size) =>
        new CborOutput()
            .Map(4)
            .Integer(CoseLabels.Algorithm)
            .Integer(CoseLabels.Es256)
            .Integer(CoseLabels.KeyId)
            .Digest(key.Thumbprint)
            .Integer(CoseLabels.Claims)
            .Map(2)
            .Integer(CoseLabels.ClaimIssuer)
            .Text(origin)
            .Integer(CoseLabels.ClaimSubject)
            .Text(SubjectOf(size))
            .Integer(CoseLabels.VerifiableDataStructure)
            .Integer(CoseLabels.Rfc9162Sha256)
            .ToArray();
}
