using System.Security.Cryptography;

namespace Concord.Ledger;

/// <summary>
/// A P-256 public key and how it signs. Two keys are the same when point and kind are, whatever
/// else is said of them.
/// </summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    private PublicKey(
        SignerKind kind,
        byte[] x,
        byte[] y,
        string? relyingParty,
        IReadOnlyList<string> origins
    )
    {
        Kind = kind;
        X = x;
        Y = y;
        RelyingParty = relyingParty;
        Origins = origins;
        Id = ThumbprintOf(x, y);
    }

    /// <summary>How the key signs.</summary>
    public SignerKind Kind { get; }

    /// <summary>The point's x coordinate, 32 bytes big-endian.</summary>
    public ReadOnlyMemory<byte> X { get; }

    /// <summary>The point's y coordinate, 32 bytes big-endian.</summary>
    public ReadOnlyMemory<byte> Y { get; }

    /// <summary>The WebAuthn relying-party id; null for <see cref="SignerKind.Cose"/>.</summary>
    public string? RelyingParty { get; }

    /// <summary>
    /// The web origins the passkey may sign at; empty for <see cref="SignerKind.Cose"/>.
    /// </summary>
    public IReadOnlyList<string> Origins { get; }

    /// <summary>The thumbprint.</summary>
    public KeyId Id { get; }

    /// <summary>A key that signs plain COSE.</summary>
    /// <exception cref="CryptographicException">The point is not on P-256.</exception>
    public static PublicKey Cose(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) =>
        new(SignerKind.Cose, OnCurve(x, y, out var copyY), copyY, null, []);

    /// <summary>A passkey.</summary>
    /// <exception cref="CryptographicException">The point is not on P-256.</exception>
    public static PublicKey Webauthn(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<byte> y,
        string relyingParty,
        IReadOnlyList<string> origins
    ) => new(SignerKind.Webauthn, OnCurve(x, y, out var copyY), copyY, relyingParty, [.. origins]);

    /// <summary>The public half of a private key that signs plain COSE.</summary>
    public static PublicKey Of(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return Cose(parameters.Q.X, parameters.Q.Y);
    }

    /// <summary>
    /// A new verifier; ECDsa objects are not documented as thread-safe, so one a worker.
    /// </summary>
    public ECDsa ToECDsa() =>
        ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = X.ToArray(), Y = Y.ToArray() },
            }
        );

    /// <summary>Whether r ‖ s is the ES256 signature of a digest by this key.</summary>
    public bool Verifies(Digest digest, ReadOnlySpan<byte> signature) =>
        Verifiers.Verify(this, digest, signature);

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) =>
        other is not null && Id == other.Id && Kind == other.Kind;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    private static byte[] OnCurve(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y, out byte[] copyY)
    {
        if (x.Length != 32 || y.Length != 32)
        {
            throw new CryptographicException("A P-256 coordinate has 32 bytes.");
        }

        var copyX = x.ToArray();
        copyY = y.ToArray();
        using var check = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = copyX, Y = copyY },
            }
        );
        return copyX;
    }

    private static KeyId ThumbprintOf(byte[] x, byte[] y)
    {
        // {1: 2, -1: 1, -2: x, -3: y} in deterministic CBOR: a fixed frame around two coordinates.
        Span<byte> cbor = stackalloc byte[5 + 3 + 32 + 3 + 32];
        ((ReadOnlySpan<byte>)[0xA4, 0x01, 0x02, 0x20, 0x01, 0x21, 0x58, 0x20]).CopyTo(cbor);
        x.CopyTo(cbor[8..]);
        ((ReadOnlySpan<byte>)[0x22, 0x58, 0x20]).CopyTo(cbor[40..]);
        y.CopyTo(cbor[43..]);
        return new(Digest.Of(cbor));
    }
}
