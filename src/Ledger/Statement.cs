using System.Diagnostics.CodeAnalysis;

namespace Concord.Ledger;

/// <summary>
/// A signed statement that passed the admission gate: a COSE_Sign1 in canonical CBOR with an empty
/// unprotected header and only the headers of <c>specs/statements.md</c>. These bytes are the log
/// entry.
/// </summary>
public sealed class Statement
{
    private Statement() { }

    /// <summary>The COSE_Sign1 as filed; the log entry.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private init; }

    /// <summary>The COSE algorithm: −7 (ES256) or <see cref="WebauthnAlgorithm"/>.</summary>
    public int Algorithm { get; private init; }

    /// <summary>The COSE algorithm of a passkey's assertion, private use (RFC 9052 §16.4).</summary>
    public const int WebauthnAlgorithm = -70001;

    /// <summary>The signer's key, by its thumbprint.</summary>
    public KeyId Key { get; private init; }

    /// <summary>The CWT claim iss: who says it.</summary>
    public required string Issuer { get; init; }

    /// <summary>The CWT claim sub: what it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>The media type of the act: header 3, or 259 for a hash envelope.</summary>
    public required string ContentType { get; init; }

    /// <summary>Whether the payload is the SHA-256 of the act (RFC 9995) and not the act.</summary>
    public bool IsEnvelope { get; private init; }

    /// <summary>The act, or its digest.</summary>
    public ReadOnlyMemory<byte> Payload { get; private init; }

    /// <summary>The signature field.</summary>
    public ReadOnlyMemory<byte> Signature { get; private init; }

    /// <summary>The SHA-256 of the Sig_structure: never of the signature, which is malleable.</summary>
    public Digest Id { get; private init; }

    /// <summary>Passes bytes through the admission gate.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out Statement? statement,
        [NotNullWhen(false)] out StatementFault? fault
    ) => throw new NotSupportedException();

    /// <summary>Whether the signature is the key's over this statement.</summary>
    public bool Verify(PublicKey key, [NotNullWhen(false)] out StatementFault? fault) =>
        throw new NotSupportedException();
}
