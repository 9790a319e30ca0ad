using System.Diagnostics.CodeAnalysis;

namespace Concord.Ledger;

/// <summary>
/// A signed statement that passed the admission gate: a COSE_Sign1 in canonical CBOR with an empty
/// unprotected header and only the headers of <c>specs/statements.md</c>. These bytes are the log
/// entry.
/// </summary>
public sealed class Statement
{
    /// <summary>The largest statement in bytes, the entry limit of C2SP tlog-tiles.</summary>
    public const int MaxBytes = 65_535;

    /// <summary>The largest act in bytes that a statement carries in its payload, 60 KiB.</summary>
    public const int MaxOpenPayloadBytes = 60 * 1024;

    /// <summary>The longest issuer in bytes of UTF-8.</summary>
    public const int MaxIssuerBytes = 512;

    /// <summary>The longest subject in bytes of UTF-8.</summary>
    public const int MaxSubjectBytes = 128;

    /// <summary>The COSE algorithm ES256: ECDSA with SHA-256, here always on P-256.</summary>
    public const int Es256Algorithm = -7;

    /// <summary>
    /// The COSE algorithm of a passkey's assertion, private use (RFC 9052 §16.4).
    /// </summary>
    public const int WebauthnAlgorithm = -70001;

    /// <summary>The header typ (16) of every statement (RFC 9596).</summary>
    public const string MediaType = "application/concord-statement+cose";

    /// <summary>The content type of an act in JSON.</summary>
    public const string JsonAct = "application/concord-act+json";

    /// <summary>The content type of an act in deterministic CBOR.</summary>
    public const string CborAct = "application/concord-act+cbor";

    internal Statement(
        ReadOnlyMemory<byte> bytes,
        int algorithm,
        KeyId key,
        string issuer,
        string subject,
        string contentType,
        bool isEnvelope,
        ReadOnlyMemory<byte> payload,
        ReadOnlyMemory<byte> signature,
        Digest id
    )
    {
        Bytes = bytes;
        Algorithm = algorithm;
        Key = key;
        Issuer = issuer;
        Subject = subject;
        ContentType = contentType;
        IsEnvelope = isEnvelope;
        Payload = payload;
        Signature = signature;
        Id = id;
    }

    /// <summary>The COSE_Sign1 as filed; the log entry.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>
    /// The COSE algorithm: <see cref="Es256Algorithm"/> or <see cref="WebauthnAlgorithm"/>.
    /// </summary>
    public int Algorithm { get; }

    /// <summary>The signer's key, by its thumbprint.</summary>
    public KeyId Key { get; }

    /// <summary>The CWT claim iss: who says it.</summary>
    public string Issuer { get; }

    /// <summary>The CWT claim sub: what it is about.</summary>
    public string Subject { get; }

    /// <summary>The media type of the act: header 3, or 259 for a hash envelope.</summary>
    public string ContentType { get; }

    /// <summary>Whether the payload is the SHA-256 of the act (RFC 9995) and not the act.</summary>
    public bool IsEnvelope { get; }

    /// <summary>The act, or its digest.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The signature field: r ‖ s, or a passkey's assertion.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>
    /// The SHA-256 of the Sig_structure: never of the signature, which is malleable.
    /// </summary>
    public Digest Id { get; }

    /// <summary>
    /// Passes bytes through the admission gate; the statement keeps them, uncopied.
    /// </summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out Statement? statement,
        [NotNullWhen(false)] out StatementFault? fault
    )
    {
        statement = AdmissionGate.Pass(bytes, out fault);
        return statement is not null;
    }

    /// <summary>Whether the signature is the key's over this statement.</summary>
    public bool Verify(PublicKey key, [NotNullWhen(false)] out StatementFault? fault)
    {
        fault =
            key.Id != Key ? new("wrong-key", "kid (4)", $"kid names the key {Key}, not {key.Id}.")
            : (key.Kind == SignerKind.Webauthn) != (Algorithm == WebauthnAlgorithm)
                ? new(
                    "alg-not-of-key",
                    "alg (1)",
                    key.Kind == SignerKind.Webauthn
                        ? $"The key is a passkey; its statements have the alg {WebauthnAlgorithm}."
                        : $"The key signs plain COSE; its statements have the alg {Es256Algorithm}."
                )
            : Algorithm == WebauthnAlgorithm
                ? WebauthnAssertion.Check(
                    Signature.Span,
                    key,
                    WebauthnAssertion.StatementContext,
                    Id
                )
            : Verifiers.Verify(key, Id, Signature.Span) ? null
            : new(
                "bad-signature",
                "signature",
                $"The signature is not that of the key {Key} over this statement."
            );
        return fault is null;
    }
}
