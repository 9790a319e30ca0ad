using System.Diagnostics.CodeAnalysis;

namespace Concord.Ledger;

/// <summary>
/// A statement with its receipts in the unprotected header 394 (RFC 9943): one file that anybody
/// can verify offline. The entry of the log is the statement without them.
/// </summary>
/// <param name="Statement">The statement as logged.</param>
/// <param name="Receipts">The receipts, each a COSE_Sign1.</param>
public sealed record TransparentStatement(
    Statement Statement,
    IReadOnlyList<ReadOnlyMemory<byte>> Receipts
)
{
    /// <summary>The most receipts that one file holds.</summary>
    public const int MaxReceipts = 16;

    /// <summary>Writes the file; receipts are wrapped in byte strings.</summary>
    public byte[] ToArray()
    {
        var receipts = new CborOutput(1024)
            .Map(1)
            .Integer(CoseLabels.Receipts)
            .Array(Receipts.Count);
        foreach (var receipt in Receipts)
        {
            receipts.Bytes(receipt.Span);
        }

        var (before, after) = SplitAtUnprotected(Statement.Bytes.Span);
        return
        [
            .. Statement.Bytes.Span[..before],
            .. receipts.Written,
            .. Statement.Bytes.Span[after..],
        ];
    }

    /// <summary>Reads the file; receipts may be wrapped in byte strings or bare.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out TransparentStatement? whole,
        [NotNullWhen(false)] out StatementFault? fault
    )
    {
        whole = null;
        var span = bytes.Span;
        if (span.Length > Statement.MaxBytes + (MaxReceipts * ReceiptForm.MaxBytes))
        {
            fault = new("too-large", "statement", "A transparent statement is not that large.");
            return false;
        }

        if (span.Length < 2 || span[0] != CoseLabels.Sign1Tag || span[1] != CoseLabels.ArrayOfFour)
        {
            fault = new("untagged", "byte 0", "A statement begins with 0xd2 0x84 (COSE_Sign1).");
            return false;
        }

        var cursor = new CborCursor(span[2..], 2);
        var receipts = new List<ReadOnlyMemory<byte>>();
        if (
            !cursor.TryBytes("the protected header", out _)
            || !TryReceipts(ref cursor, out var start, receipts)
        )
        {
            fault = cursor.Fault ?? new("malformed-cbor", "statement", "No statement.");
            return false;
        }

        byte[] entry = [.. span[..(2 + start)], CoseLabels.EmptyMap, .. span[(2 + cursor.At)..]];
        if (!Statement.TryParse(entry, out var statement, out fault))
        {
            return false;
        }

        whole = new(statement, receipts);
        return true;
    }

    private static bool TryReceipts(
        ref CborCursor cursor,
        out int start,
        List<ReadOnlyMemory<byte>> receipts
    )
    {
        start = cursor.At;
        if (
            !cursor.TryHead(CborCursor.Map, "the unprotected header", out var members)
            || (members != 1 && !cursor.Fail("wrong-structure", "Only receipts stand here."))
            || !cursor.TryInteger("a label", out var label)
            || (
                label != CoseLabels.Receipts
                && !cursor.Fail("unknown-header", "The unprotected header has 394, no other.")
            )
            || !cursor.TryHead(CborCursor.Array, "the receipts", out var count)
            || (
                count is 0 or > MaxReceipts
                && !cursor.Fail("receipt-count", $"There are 1 to {MaxReceipts} receipts.")
            )
        )
        {
            return false;
        }

        for (ulong i = 0; i < count; i++)
        {
            if (cursor.PeekMajor() == CborCursor.ByteString)
            {
                if (!cursor.TryBytes("a receipt", out var wrapped))
                {
                    return false;
                }

                receipts.Add(wrapped.ToArray());
            }
            else if (cursor.TrySkip(8, out var bare))
            {
                receipts.Add(bare.ToArray());
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static (int Before, int After) SplitAtUnprotected(ReadOnlySpan<byte> entry)
    {
        var cursor = new CborCursor(entry[2..]);
        return cursor.TryBytes("the protected header", out _)
            ? (2 + cursor.At, 3 + cursor.At)
            : throw new InvalidOperationException("A statement has a protected header.");
    }
}
