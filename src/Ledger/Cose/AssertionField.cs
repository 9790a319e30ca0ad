using System.Diagnostics.CodeAnalysis;

namespace Concord.Ledger;

/// <summary>
/// The signature field of a passkey's statement: the deterministic CBOR array [authenticatorData,
/// clientDataJSON, r ‖ s], and behind these index, count and path where one assertion signs many
/// statements. Only this encoding is read.
/// </summary>
internal readonly ref struct AssertionField
{
    private const int Alone = 3;
    private const int InBatch = 6;

    private AssertionField(
        ReadOnlySpan<byte> authenticatorData,
        ReadOnlySpan<byte> clientData,
        ReadOnlySpan<byte> signature,
        BatchPlace? place
    )
    {
        AuthenticatorData = authenticatorData;
        ClientData = clientData;
        Signature = signature;
        Place = place;
    }

    /// <summary>What the authenticator says of itself and of who was there.</summary>
    public ReadOnlySpan<byte> AuthenticatorData { get; }

    /// <summary>What the browser says: the challenge, and where it was answered.</summary>
    public ReadOnlySpan<byte> ClientData { get; }

    /// <summary>r ‖ s, 64 bytes.</summary>
    public ReadOnlySpan<byte> Signature { get; }

    /// <summary>The statement's place in its batch; null: it was signed alone.</summary>
    public BatchPlace? Place { get; }

    /// <summary>Reads a field.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> field,
        out AssertionField assertion,
        [NotNullWhen(false)] out StatementFault? fault
    )
    {
        assertion = default;
        if (field.Length > WebauthnAssertion.MaxBytes)
        {
            fault = new(
                "signature-length",
                "signature",
                $"A passkey's assertion has at most {WebauthnAssertion.MaxBytes} bytes; this one "
                    + $"has {field.Length}."
            );
            return false;
        }

        var cursor = new CborCursor(field);
        BatchPlace? place = null;
        ReadOnlySpan<byte> data = default;
        ReadOnlySpan<byte> client = default;
        ReadOnlySpan<byte> signature = default;
        var whole =
            cursor.TryHead(CborCursor.Array, "a passkey's assertion", out var count)
            && TryAssertion(ref cursor, count, out data, out client, out signature)
            && (count == Alone || TryPlace(ref cursor, out place))
            && cursor.TryEnd();
        fault = whole
            ? null
            : cursor.Fault ?? new("wrong-structure", "signature", "The assertion is malformed.");
        assertion = whole ? new(data, client, signature, place) : default;
        return whole;
    }

    private static bool TryAssertion(
        scoped ref CborCursor cursor,
        ulong count,
        out ReadOnlySpan<byte> data,
        out ReadOnlySpan<byte> client,
        out ReadOnlySpan<byte> signature
    )
    {
        data = client = signature = default;
        return (
                count is Alone or InBatch
                || cursor.Fail("wrong-structure", "An assertion is an array of three or six.")
            )
            && cursor.TryBytes("authenticatorData", out data)
            && cursor.TryBytes("clientDataJSON", out client)
            && cursor.TryBytes("r and s", out signature)
            && (
                signature.Length == 64
                || cursor.Fail(
                    "signature-length",
                    $"r and s have 32 bytes each; this signature has {signature.Length}: DER?"
                )
            );
    }

    private static bool TryPlace(ref CborCursor cursor, out BatchPlace? place)
    {
        place = null;
        if (
            !cursor.TryHead(CborCursor.Unsigned, "the index in the batch", out var index)
            || !cursor.TryHead(CborCursor.Unsigned, "the count of the batch", out var count)
        )
        {
            return false;
        }

        if (count is 0 or > BatchPlace.Most)
        {
            return cursor.Fail(
                "batch-count",
                $"One assertion signs 1 to {BatchPlace.Most} statements, and not {count}."
            );
        }

        if (index >= count)
        {
            return cursor.Fail("batch-index", $"There is no place {index} among {count}.");
        }

        var wanted = BatchPlace.PathLength((int)index, (int)count);
        if (!cursor.TryHead(CborCursor.Array, "the path to the root", out var length))
        {
            return false;
        }

        if (length != (ulong)wanted)
        {
            return cursor.Fail(
                "batch-path",
                $"The path of place {index} among {count} has {wanted} digests, and not {length}."
            );
        }

        var path = new Digest[wanted];
        for (var i = 0; i < wanted; i++)
        {
            if (!cursor.TryBytes("a digest of the path", out var digest))
            {
                return false;
            }

            if (digest.Length != Digest.Size)
            {
                return cursor.Fail("batch-path", "A digest of the path has 32 bytes.");
            }

            path[i] = new(digest);
        }

        place = new((int)index, (int)count, path);
        return true;
    }
}
