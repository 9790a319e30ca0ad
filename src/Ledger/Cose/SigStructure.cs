using System.Buffers;
using System.Buffers.Binary;

namespace Concord.Ledger;

/// <summary>
/// The Sig_structure of COSE_Sign1 (RFC 9052 §4.4): <c>["Signature1", protected, h'', payload]</c>.
/// Its SHA-256 is at once the statement's id and what ES256 signs, so it is computed once.
/// </summary>
internal static class SigStructure
{
    private const int StackLimit = 2048;

    private static ReadOnlySpan<byte> Context => "jSignature1"u8;

    /// <summary>The digest over protected header and payload.</summary>
    public static Digest DigestOf(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        var most = 1 + Context.Length + 1 + 5 + header.Length + 5 + payload.Length;
        var rented = most > StackLimit ? ArrayPool<byte>.Shared.Rent(most) : null;
        var buffer = rented ?? stackalloc byte[StackLimit];
        buffer[0] = CoseLabels.ArrayOfFour;
        Context.CopyTo(buffer[1..]);
        var at = 1 + Context.Length;
        at += WriteBytes(buffer[at..], header);
        buffer[at++] = 0x40;
        at += WriteBytes(buffer[at..], payload);
        var digest = Digest.Of(buffer[..at]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return digest;
    }

    private static int WriteBytes(Span<byte> to, ReadOnlySpan<byte> content)
    {
        int head;
        switch (content.Length)
        {
            case < 24:
                to[0] = (byte)(0x40 | content.Length);
                head = 1;
                break;
            case <= byte.MaxValue:
                to[0] = 0x58;
                to[1] = (byte)content.Length;
                head = 2;
                break;
            case <= ushort.MaxValue:
                to[0] = 0x59;
                BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)content.Length);
                head = 3;
                break;
            default:
                to[0] = 0x5A;
                BinaryPrimitives.WriteInt32BigEndian(to[1..], content.Length);
                head = 5;
                break;
        }

        content.CopyTo(to[head..]);
        return head + content.Length;
    }
}
