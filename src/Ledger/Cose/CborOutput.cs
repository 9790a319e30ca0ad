using System.Buffers.Binary;
using System.Text;

namespace Concord.Ledger;

/// <summary>
/// Writes core deterministic CBOR; map order is the caller's, who knows its keys.
/// </summary>
internal sealed class CborOutput
{
    private byte[] _buffer;
    private int _length;

    public CborOutput(int capacity = 256) => _buffer = new byte[capacity];

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>What was written; the buffer itself where it was just large enough.</summary>
    public byte[] ToArray()
    {
        if (_length < _buffer.Length)
        {
            return Written.ToArray();
        }

        var whole = _buffer;
        (_buffer, _length) = ([], 0);
        return whole;
    }

    /// <summary>The bytes that the head of an item takes.</summary>
    public static int HeadBytes(ulong value) =>
        value switch
        {
            < 24 => 1,
            <= byte.MaxValue => 2,
            <= ushort.MaxValue => 3,
            <= uint.MaxValue => 5,
            _ => 9,
        };

    public CborOutput Head(int major, ulong value)
    {
        var type = (byte)(major << 5);
        switch (value)
        {
            case < 24:
                Reserve(1)[0] = (byte)(type | (byte)value);
                break;
            case <= byte.MaxValue:
                var two = Reserve(2);
                two[0] = (byte)(type | 24);
                two[1] = (byte)value;
                break;
            case <= ushort.MaxValue:
                var three = Reserve(3);
                three[0] = (byte)(type | 25);
                BinaryPrimitives.WriteUInt16BigEndian(three[1..], (ushort)value);
                break;
            case <= uint.MaxValue:
                var five = Reserve(5);
                five[0] = (byte)(type | 26);
                BinaryPrimitives.WriteUInt32BigEndian(five[1..], (uint)value);
                break;
            default:
                var nine = Reserve(9);
                nine[0] = (byte)(type | 27);
                BinaryPrimitives.WriteUInt64BigEndian(nine[1..], value);
                break;
        }

        return this;
    }

    public CborOutput Integer(long value) =>
        value >= 0
            ? Head(CborCursor.Unsigned, (ulong)value)
            : Head(CborCursor.Negative, (ulong)~value);

    public CborOutput Bytes(ReadOnlySpan<byte> content) =>
        Head(CborCursor.ByteString, (ulong)content.Length).Raw(content);

    public CborOutput Text(ReadOnlySpan<byte> utf8) =>
        Head(CborCursor.TextString, (ulong)utf8.Length).Raw(utf8);

    public CborOutput Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    public CborOutput Array(int count) => Head(CborCursor.Array, (ulong)count);

    public CborOutput Map(int count) => Head(CborCursor.Map, (ulong)count);

    public CborOutput Digest(Digest digest)
    {
        Head(CborCursor.ByteString, Ledger.Digest.Size);
        digest.CopyTo(Reserve(Ledger.Digest.Size));
        return this;
    }

    public CborOutput Raw(ReadOnlySpan<byte> encoded)
    {
        encoded.CopyTo(Reserve(encoded.Length));
        return this;
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            System.Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        }

        _length += count;
        return _buffer.AsSpan(_length - count, count);
    }
}
