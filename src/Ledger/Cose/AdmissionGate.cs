using System.Text;

namespace Concord.Ledger;

/// <summary>
/// The admission gate: one pass over the bytes of a COSE_Sign1 that admits exactly the encodings of
/// <c>specs/statements.md</c>, so that one signature has one statement and one statement one leaf.
/// </summary>
internal ref struct AdmissionGate
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private long _algorithm;
    private KeyId _key;
    private string? _issuer;
    private string? _subject;
    private string? _contentType;
    private string? _preimageType;
    private bool _hasKey;
    private bool _hasType;
    private bool _isEnvelope;
    private StatementFault? _fault;

    private AdmissionGate(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    public static Statement? Pass(ReadOnlyMemory<byte> bytes, out StatementFault? fault)
    {
        var gate = new AdmissionGate(bytes);
        var statement = gate.Pass();
        fault = gate._fault;
        return statement;
    }

    private Statement? Pass()
    {
        var span = _bytes.Span;
        if (span.Length > Statement.MaxBytes)
        {
            return Refuse(
                "too-large",
                "statement",
                $"The statement has {span.Length} bytes; an entry of the log has at most "
                    + $"{Statement.MaxBytes}. File what is larger as an attachment."
            );
        }

        if (span.Length == 0 || span[0] != CoseLabels.Sign1Tag)
        {
            return Refuse(
                "untagged",
                "byte 0",
                "A statement begins with the byte 0xd2, CBOR tag 18 (COSE_Sign1)."
            );
        }

        var body = new CborCursor(span[1..], 1);
        if (
            !body.TryHead(CborCursor.Array, "the COSE_Sign1", out var count)
            || (count != 4 && !body.Fail("wrong-structure", "A COSE_Sign1 is an array of four."))
            || !body.TryBytes("the protected header", out var header)
        )
        {
            return Refuse(body.Fault);
        }

        var headerStart = body.At + 1 - header.Length;
        if (!TryHeader(header, headerStart) || !TryComplete())
        {
            return null;
        }

        if (!TryBody(ref body, out var payload, out var signature))
        {
            return Refuse(body.Fault ?? _fault);
        }

        return Made(
            SigStructure.DigestOf(header, payload),
            payload.Length,
            signature.Length,
            body.At
        );
    }

    private readonly Statement Made(Digest id, int payloadLength, int signatureLength, int end)
    {
        var signatureStart = 1 + end - signatureLength;
        var signatureHead = signatureLength switch
        {
            < 24 => 1,
            <= byte.MaxValue => 2,
            _ => 3,
        };
        return new(
            _bytes,
            (int)_algorithm,
            _key,
            _issuer ?? "",
            _subject ?? "",
            _contentType ?? _preimageType ?? "",
            _isEnvelope,
            _bytes.Slice(signatureStart - signatureHead - payloadLength, payloadLength),
            _bytes.Slice(signatureStart, signatureLength),
            id
        );
    }

    private readonly bool TryBody(
        ref CborCursor body,
        out ReadOnlySpan<byte> payload,
        out ReadOnlySpan<byte> signature
    )
    {
        payload = default;
        signature = default;
        if (!body.TryHead(CborCursor.Map, "the unprotected header", out var unprotected))
        {
            return false;
        }

        if (unprotected != 0)
        {
            return body.Fail(
                "unprotected-not-empty",
                "The unprotected header must be empty: nobody's signature covers it."
            );
        }

        if (body.PeekMajor() == CborCursor.Simple)
        {
            return body.Fail(
                "payload-missing",
                "The payload is detached; file it in the statement."
            );
        }

        return body.TryBytes("the payload", out payload)
            && TryPayload(ref body, payload.Length)
            && body.TryBytes("the signature", out signature)
            && TrySignature(ref body, signature)
            && body.TryEnd();
    }

    private readonly bool TryPayload(ref CborCursor body, int length)
    {
        if (_isEnvelope)
        {
            return length == Digest.Size
                || body.Fail(
                    "digest-length",
                    $"The payload of a hash envelope is a SHA-256 of 32 bytes and has {length}."
                );
        }

        return length switch
        {
            0 => body.Fail("payload-missing", "The payload is empty."),
            > Statement.MaxOpenPayloadBytes => body.Fail(
                "payload-too-large",
                $"The act has {length} bytes; an open act has at most "
                    + $"{Statement.MaxOpenPayloadBytes}. File what is larger as an attachment."
            ),
            _ => true,
        };
    }

    private readonly bool TrySignature(
        scoped ref CborCursor body,
        scoped ReadOnlySpan<byte> signature
    )
    {
        if (_algorithm == CoseLabels.Es256)
        {
            return signature.Length == 64
                || body.Fail(
                    "signature-length",
                    $"An ES256 signature is r and s of 32 bytes each; this one has "
                        + $"{signature.Length} bytes."
                );
        }

        return AssertionField.TryRead(signature, out _, out var fault)
            || body.Fail(fault.Code, fault.Detail);
    }

    private bool TryHeader(ReadOnlySpan<byte> header, int offset)
    {
        var cursor = new CborCursor(header, offset);
        if (!cursor.TryHead(CborCursor.Map, "the protected header", out var count))
        {
            return Fail(cursor.Fault);
        }

        var order = new LabelOrder("the protected header");
        for (ulong i = 0; i < count; i++)
        {
            if (
                !cursor.TryInteger("a header label", out var label)
                || !order.TryNext(ref cursor, label)
                || !TryMember(ref cursor, label)
            )
            {
                return Fail(cursor.Fault);
            }
        }

        return cursor.TryEnd() || Fail(cursor.Fault);
    }

    private bool TryMember(ref CborCursor cursor, long label) =>
        label switch
        {
            CoseLabels.Algorithm => TryAlgorithm(ref cursor),
            CoseLabels.ContentType => TryMediaType(ref cursor, out _contentType),
            CoseLabels.KeyId => TryKey(ref cursor),
            CoseLabels.Claims => TryClaims(ref cursor),
            CoseLabels.Type => TryType(ref cursor),
            CoseLabels.PayloadHashAlgorithm => TryHashAlgorithm(ref cursor),
            CoseLabels.PreimageContentType => TryMediaType(ref cursor, out _preimageType),
            CoseLabels.Critical => cursor.Fail(
                "unknown-crit",
                "The header crit (2) is not admitted: a statement has no critical extension."
            ),
            _ => cursor.Fail(
                "unknown-header",
                $"The header {label} is not admitted. A statement has 1, 4, 15, 16 and either 3 or "
                    + "258 and 259."
            ),
        };

    private bool TryAlgorithm(ref CborCursor cursor) =>
        cursor.TryInteger("alg (1)", out _algorithm)
        && (
            _algorithm is CoseLabels.Es256 or Statement.WebauthnAlgorithm
            || cursor.Fail(
                "alg-not-allowed",
                $"The algorithm {_algorithm} is not admitted; -7 (ES256) and "
                    + $"{Statement.WebauthnAlgorithm} (passkey) are."
            )
        );

    private bool TryKey(ref CborCursor cursor)
    {
        if (!cursor.TryBytes("kid (4)", out var kid))
        {
            return false;
        }

        if (kid.Length != Digest.Size)
        {
            return cursor.Fail(
                "kid-length",
                $"kid is the COSE key thumbprint (RFC 9679) of 32 bytes; this one has {kid.Length}."
            );
        }

        _key = new(new Digest(kid));
        return _hasKey = true;
    }

    private static bool TryMediaType(ref CborCursor cursor, out string? type)
    {
        type = null;
        if (!cursor.TryText("the content type", out var text))
        {
            return false;
        }

        if (text.Length is 0 or > 255)
        {
            return cursor.Fail("content-type-length", "A content type has 1 to 255 bytes.");
        }

        type =
            text.SequenceEqual("application/concord-act+json"u8) ? Statement.JsonAct
            : text.SequenceEqual("application/concord-act+cbor"u8) ? Statement.CborAct
            : Encoding.UTF8.GetString(text);
        return true;
    }

    private bool TryType(ref CborCursor cursor) =>
        cursor.TryText("typ (16)", out var type)
        && (
            (_hasType = type.SequenceEqual("application/concord-statement+cose"u8))
            || cursor.Fail("wrong-typ", $"typ (16) must be {Statement.MediaType}.")
        );

    private bool TryHashAlgorithm(ref CborCursor cursor)
    {
        _isEnvelope = true;
        return cursor.TryInteger("the payload hash algorithm (258)", out var algorithm)
            && (
                algorithm == CoseLabels.Sha256
                || cursor.Fail(
                    "hash-not-allowed",
                    $"The payload hash algorithm {algorithm} is not admitted; -16 (SHA-256) is."
                )
            );
    }

    private bool TryClaims(ref CborCursor cursor)
    {
        if (!cursor.TryHead(CborCursor.Map, "the CWT claims (15)", out var count))
        {
            return false;
        }

        var order = new LabelOrder("the CWT claims");
        for (ulong i = 0; i < count; i++)
        {
            if (
                !cursor.TryInteger("a claim's label", out var claim)
                || !order.TryNext(ref cursor, claim)
            )
            {
                return false;
            }

            var read = claim switch
            {
                CoseLabels.ClaimIssuer => TryName(
                    ref cursor,
                    "iss",
                    Statement.MaxIssuerBytes,
                    out _issuer
                ),
                CoseLabels.ClaimSubject => TryName(
                    ref cursor,
                    "sub",
                    Statement.MaxSubjectBytes,
                    out _subject
                ),
                _ => cursor.Fail(
                    "unknown-claim",
                    $"The CWT claim {claim} is not admitted; iss (1) and sub (2) are, no other."
                ),
            };
            if (!read)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryName(ref CborCursor cursor, string claim, int most, out string? name)
    {
        name = null;
        if (!cursor.TryText(claim, out var text))
        {
            return false;
        }

        if (text.Length == 0 || text.Length > most)
        {
            return cursor.Fail(
                $"{claim}-length",
                $"{claim} has 1 to {most} bytes; this one has {text.Length}."
            );
        }

        if (text.IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0 || text.Contains((byte)0x7F))
        {
            return cursor.Fail($"{claim}-control", $"{claim} has a control character.");
        }

        name = Encoding.UTF8.GetString(text);
        return true;
    }

    private bool TryComplete()
    {
        var (code, label) =
            _algorithm == 0 ? ("missing-alg", "alg (1)")
            : !_hasKey ? ("missing-kid", "kid (4)")
            : _issuer is null ? ("missing-iss", "iss (15, 1)")
            : _subject is null ? ("missing-sub", "sub (15, 2)")
            : !_hasType ? ("missing-typ", "typ (16)")
            : (null, "");
        if (code is not null)
        {
            return Fail(new(code, "protected header", $"The protected header has no {label}."));
        }

        if (_contentType is not null && (_isEnvelope || _preimageType is not null))
        {
            return Fail(
                new(
                    "content-type-with-envelope",
                    "header 3",
                    "The content type (3) may not stand beside 258 or 259 (RFC 9995)."
                )
            );
        }

        return (_isEnvelope ? _preimageType : _contentType) is not null
            || Fail(
                new(
                    "missing-content-type",
                    "protected header",
                    "The protected header has neither a content type (3) nor 258 with 259."
                )
            );
    }

    private bool Fail(StatementFault? fault)
    {
        _fault = fault;
        return false;
    }

    private Statement? Refuse(StatementFault? fault)
    {
        _fault = fault;
        return null;
    }

    private Statement? Refuse(string code, string where, string detail) =>
        Refuse(new StatementFault(code, where, detail));
}
