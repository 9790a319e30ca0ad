using System.Security.Cryptography;

namespace Concord.Ledger;

/// <summary>A private P-256 key that signs statements; safe for use by several threads.</summary>
public sealed class StatementSigner : IDisposable
{
    private readonly ECDsa _private;
    private readonly Lock _one = new();

    private StatementSigner(ECDsa key)
    {
        _private = key;
        PublicKey = PublicKey.Of(key);
    }

    /// <summary>The public half.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>A new key from the operating system's generator.</summary>
    public static StatementSigner Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>
    /// A key with a known private scalar, 32 bytes big-endian, for vectors and tests.
    /// </summary>
    /// <exception cref="CryptographicException">The scalar is not one of P-256.</exception>
    public static StatementSigner FromScalar(ReadOnlySpan<byte> scalar) =>
        Checked(
            ECDsa.Create(
                new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar.ToArray() }
            )
        );

    /// <summary>
    /// A key whose private half is kept elsewhere, in a token; the signer disposes of it.
    /// </summary>
    /// <exception cref="CryptographicException">The key is not on P-256.</exception>
    public static StatementSigner Of(ECDsa key) => Checked(key);

    /// <summary>Reads a PKCS#8 PEM.</summary>
    /// <exception cref="CryptographicException">The key is not on P-256.</exception>
    /// <exception cref="ArgumentException">The text is no PEM of a private key.</exception>
    public static StatementSigner FromPem(ReadOnlySpan<char> pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return Checked(key);
    }

    /// <summary>The key as PKCS#8 PEM; the caller keeps it from others (file mode 0600).</summary>
    public string ToPem() => _private.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>Signs an act.</summary>
    /// <param name="header">Issuer, subject and content type.</param>
    /// <param name="payload">The act, or its SHA-256 when <paramref name="envelope"/>.</param>
    /// <param name="envelope">Whether the payload is the digest of the act (RFC 9995).</param>
    /// <returns>The COSE_Sign1.</returns>
    public byte[] Sign(StatementHeader header, ReadOnlyMemory<byte> payload, bool envelope)
    {
        var unsigned = new UnsignedStatement(PublicKey, header, payload, envelope);
        return unsigned.With(SignDigest(unsigned.Id));
    }

    /// <summary>The ES256 signature r ‖ s of a SHA-256 digest.</summary>
    public byte[] SignDigest(Digest digest)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        digest.CopyTo(hash);
        lock (_one)
        {
            return _private.SignHash(hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _private.Dispose();

    private static StatementSigner Checked(ECDsa key)
    {
        var curve = key.ExportParameters(includePrivateParameters: false).Curve;
        if (
            key.KeySize == 256
            && string.Equals(
                curve.Oid.Value,
                ECCurve.NamedCurves.nistP256.Oid.Value,
                StringComparison.Ordinal
            )
        )
        {
            return new(key);
        }

        key.Dispose();
        throw new CryptographicException("The private key is not on the curve P-256.");
    }
}
