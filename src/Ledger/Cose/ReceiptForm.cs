using System.Text;

namespace Concord.Ledger;

/// <summary>What receipts of both kinds have in common, read from their canonical CBOR.</summary>
internal sealed class ReceiptForm
{
    /// <summary>The largest receipt in bytes: 63 hashes and what is around them.</summary>
    public const int MaxBytes = 4096;

    private readonly byte[] _header;

    private ReceiptForm(byte[] header) => _header = header;

    public KeyId Key { get; private set; }

    public string Issuer { get; private set; } = "";

    public string Subject { get; private set; } = "";

    public long First { get; private set; }

    public long Second { get; private set; }

    public Digest[] Hashes { get; private set; } = [];

    private ReadOnlyMemory<byte> Signature { get; set; }

    /// <summary>Reads a receipt of one kind, wrapped in a byte string or bare.</summary>
    public static ReceiptForm? Read(ReadOnlySpan<byte> bytes, long kind, out StatementFault? fault)
    {
        fault = null;
        if (bytes.Length > MaxBytes)
        {
            fault = new("too-large", "receipt", $"A receipt has at most {MaxBytes} bytes.");
            return null;
        }

        var cursor = new CborCursor(bytes);
        if (cursor.PeekMajor() == CborCursor.ByteString)
        {
            if (!cursor.TryBytes("a wrapped receipt", out bytes) || !cursor.TryEnd())
            {
                fault = cursor.Fault;
                return null;
            }

            cursor = new(bytes);
        }

        var form = ReadBare(ref cursor, kind);
        fault = cursor.Fault;
        return fault is null ? form : null;
    }

    /// <summary>Whether the signature is the key's over this root.</summary>
    public StatementFault? CheckRoot(PublicKey key, Digest root, long size)
    {
        if (key.Id != Key || key.Kind != SignerKind.Cose)
        {
            return new("wrong-key", "kid (4)", $"The receipt names the key {Key}, not {key.Id}.");
        }

        if (!string.Equals(Subject, ReceiptSigner.SubjectOf(size), StringComparison.Ordinal))
        {
            return new(
                "wrong-subject",
                "sub (15, 2)",
                $"The receipt is for {Subject} and its proof for a tree of {size} entries."
            );
        }

        Span<byte> payload = stackalloc byte[Digest.Size];
        root.CopyTo(payload);
        return Verifiers.Verify(key, SigStructure.DigestOf(_header, payload), Signature.Span)
            ? null
            : new(
                "bad-signature",
                "signature",
                $"The key {Key} did not sign the root {root.ToHex()} to which the proof leads."
            );
    }

    private static ReceiptForm? ReadBare(ref CborCursor cursor, long kind)
    {
        if (
            !cursor.TryHead(CborCursor.Tag, "tag 18 (COSE_Sign1)", out var tag)
            || (tag != 18 && !cursor.Fail("untagged", "A receipt is tag 18, COSE_Sign1."))
            || !cursor.TryHead(CborCursor.Array, "the COSE_Sign1", out var count)
            || (count != 4 && !cursor.Fail("wrong-structure", "A COSE_Sign1 is an array of four."))
            || !cursor.TryBytes("the protected header", out var header)
        )
        {
            return null;
        }

        var form = new ReceiptForm(header.ToArray());
        if (
            !form.TryHeader(ref cursor)
            || !form.TryProof(ref cursor, kind)
            || !cursor.TryHead(CborCursor.Simple, "nil, the detached payload", out var nil)
            || (nil != 22 && !cursor.Fail("wrong-structure", "The payload is detached, nil."))
            || !cursor.TryBytes("the signature", out var signature)
            || (
                signature.Length != 64
                && !cursor.Fail("signature-length", "An ES256 signature has 64 bytes.")
            )
            || !cursor.TryEnd()
        )
        {
            return null;
        }

        form.Signature = signature.ToArray();
        return form;
    }

    /// <summary>The protected header is exactly {1: −7, 4: kid, 15: {1, 2}, 395: 1}.</summary>
    private bool TryHeader(ref CborCursor outer)
    {
        var cursor = new CborCursor(_header, outer.At - _header.Length);
        if (
            !TryCount(ref cursor, 4)
            || !TryLabel(ref cursor, CoseLabels.Algorithm)
            || !TryConstant(ref cursor, CoseLabels.Es256)
            || !TryLabel(ref cursor, CoseLabels.KeyId)
            || !cursor.TryBytes("kid (4)", out var kid)
            || (kid.Length != Digest.Size && !cursor.Fail("kid-length", "kid has 32 bytes."))
            || !TryLabel(ref cursor, CoseLabels.Claims)
            || !TryCount(ref cursor, 2)
            || !TryLabel(ref cursor, CoseLabels.ClaimIssuer)
            || !cursor.TryText("iss", out var issuer)
            || !TryLabel(ref cursor, CoseLabels.ClaimSubject)
            || !cursor.TryText("sub", out var subject)
            || !TryLabel(ref cursor, CoseLabels.VerifiableDataStructure)
            || !TryConstant(ref cursor, CoseLabels.Rfc9162Sha256)
            || !cursor.TryEnd()
        )
        {
            return outer.Take(cursor.Fault);
        }

        Key = new(new Digest(kid));
        Issuer = Encoding.UTF8.GetString(issuer);
        Subject = Encoding.UTF8.GetString(subject);
        return true;
    }

    /// <summary>The unprotected header is exactly {396: {kind: [proof]}}.</summary>
    private bool TryProof(ref CborCursor cursor, long kind)
    {
        if (
            !TryCount(ref cursor, 1)
            || !TryLabel(ref cursor, CoseLabels.VerifiableDataProof)
            || !TryCount(ref cursor, 1)
            || !TryLabel(ref cursor, kind)
            || !cursor.TryHead(CborCursor.Array, "the proofs", out var proofs)
            || (proofs != 1 && !cursor.Fail("wrong-structure", "A receipt has one proof."))
            || !cursor.TryBytes("the proof", out var encoded)
        )
        {
            return false;
        }

        var proof = new CborCursor(encoded, cursor.At - encoded.Length);
        if (
            !proof.TryHead(CborCursor.Array, "the proof", out var parts)
            || (parts != 3 && !proof.Fail("wrong-structure", "A proof is an array of three."))
            || !proof.TryInteger("a size", out var first)
            || !proof.TryInteger("an index or size", out var second)
            || !proof.TryHead(CborCursor.Array, "the hashes", out var count)
            || (
                count > Proofs.MaxPath
                && !proof.Fail("path-length", $"A path has at most {Proofs.MaxPath} hashes.")
            )
        )
        {
            return cursor.Take(proof.Fault);
        }

        Hashes = new Digest[count];
        for (var i = 0; i < Hashes.Length; i++)
        {
            if (
                !proof.TryBytes("a hash", out var hash)
                || (
                    hash.Length != Digest.Size
                    && !proof.Fail("digest-length", "A hash of the path has 32 bytes.")
                )
            )
            {
                return cursor.Take(proof.Fault);
            }

            Hashes[i] = new(hash);
        }

        (First, Second) = (first, second);
        return proof.TryEnd() || cursor.Take(proof.Fault);
    }

    private static bool TryCount(ref CborCursor cursor, ulong wanted) =>
        cursor.TryHead(CborCursor.Map, "a map", out var count)
        && (
            count == wanted
            || cursor.Fail("wrong-structure", $"The map has {wanted} members, not {count}.")
        );

    private static bool TryLabel(ref CborCursor cursor, long wanted) =>
        cursor.TryInteger("a label", out var label)
        && (
            label == wanted
            || cursor.Fail("unknown-header", $"Here must stand the label {wanted}, not {label}.")
        );

    private static bool TryConstant(ref CborCursor cursor, long wanted) =>
        cursor.TryInteger("a value", out var value)
        && (
            value == wanted
            || cursor.Fail("alg-not-allowed", $"The value must be {wanted} and is {value}.")
        );
}
