namespace Concord.Ledger;

/// <summary>
/// A statement before its signature: what a passkey's challenge and an external signer's digest are
/// computed from.
/// </summary>
public sealed class UnsignedStatement
{
    private readonly byte[] _header;
    private readonly ReadOnlyMemory<byte> _payload;

    /// <summary>Composes a statement.</summary>
    /// <param name="key">The key that will sign, which fixes kid and alg.</param>
    /// <param name="header">Issuer, subject and content type.</param>
    /// <param name="payload">The act, or its SHA-256 when <paramref name="envelope"/>.</param>
    /// <param name="envelope">Whether the payload is the digest of the act (RFC 9995).</param>
    public UnsignedStatement(
        PublicKey key,
        StatementHeader header,
        ReadOnlyMemory<byte> payload,
        bool envelope
    )
        : this(key.Id, key.Kind, header, payload, envelope) { }

    /// <summary>Composes a statement of a key of which its thumbprint alone is known.</summary>
    /// <param name="key">The thumbprint of the key that will sign.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="header">Issuer, subject and content type.</param>
    /// <param name="payload">The act, or its SHA-256 when <paramref name="envelope"/>.</param>
    /// <param name="envelope">Whether the payload is the digest of the act (RFC 9995).</param>
    public UnsignedStatement(
        KeyId key,
        SignerKind kind,
        StatementHeader header,
        ReadOnlyMemory<byte> payload,
        bool envelope
    )
    {
        var output = new CborOutput().Map(envelope ? 6 : 5).Integer(CoseLabels.Algorithm);
        output.Integer(
            kind == SignerKind.Webauthn ? Statement.WebauthnAlgorithm : CoseLabels.Es256
        );
        if (!envelope)
        {
            output.Integer(CoseLabels.ContentType).Text(header.ContentType);
        }

        output.Integer(CoseLabels.KeyId).Digest(key.Thumbprint);
        output.Integer(CoseLabels.Claims).Map(2);
        output.Integer(CoseLabels.ClaimIssuer).Text(header.Issuer);
        output.Integer(CoseLabels.ClaimSubject).Text(header.Subject);
        output.Integer(CoseLabels.Type).Text(Statement.MediaType);
        if (envelope)
        {
            output.Integer(CoseLabels.PayloadHashAlgorithm).Integer(CoseLabels.Sha256);
            output.Integer(CoseLabels.PreimageContentType).Text(header.ContentType);
        }

        _header = output.ToArray();
        _payload = payload;
        Id = SigStructure.DigestOf(_header, payload.Span);
    }

    /// <summary>The id that the statement will have, and the digest that ES256 signs.</summary>
    public Digest Id { get; }

    /// <summary>The protected header in deterministic CBOR.</summary>
    public ReadOnlyMemory<byte> ProtectedHeader => _header;

    /// <summary>The statement with a signature field: r ‖ s, or a passkey's assertion.</summary>
    public byte[] With(ReadOnlySpan<byte> signature) =>
        new CborOutput(_header.Length + _payload.Length + signature.Length + 16)
            .Head(CborCursor.Tag, 18)
            .Array(4)
            .Bytes(_header)
            .Map(0)
            .Bytes(_payload.Span)
            .Bytes(signature)
            .ToArray();
}
