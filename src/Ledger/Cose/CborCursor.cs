using System.Buffers.Binary;
using System.Text.Unicode;

namespace Concord.Ledger;

/// <summary>
/// Reads core deterministic CBOR (RFC 8949 §4.2.1) from a span in one pass without allocating: a
/// longer head than needed, an indefinite length or a truncated item is a fault, never a value.
/// After
/// a method has returned false, <see cref="Fault"/> says why.
/// </summary>
internal ref struct CborCursor
{
    public const int Unsigned = 0;
    public const int Negative = 1;
    public const int ByteString = 2;
    public const int TextString = 3;
    public const int Array = 4;
    public const int Map = 5;
    public const int Tag = 6;
    public const int Simple = 7;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _offset;

    /// <param name="bytes">The bytes to read.</param>
    /// <param name="offset">Where they begin in the whole, for the places that faults name.</param>
    public CborCursor(ReadOnlySpan<byte> bytes, int offset = 0)
    {
        _bytes = bytes;
        _offset = offset;
    }

    public int At { get; private set; }

    public StatementFault? Fault { get; private set; }

    public readonly bool IsAtEnd => At == _bytes.Length;

    public readonly string Place => $"byte {_offset + At}";

    public readonly int PeekMajor() => At < _bytes.Length ? _bytes[At] >> 5 : -1;

    public bool Fail(string code, string detail)
    {
        Fault = new(code, Place, detail);
        return false;
    }

    /// <summary>Takes over the fault of a cursor within.</summary>
    public bool Take(StatementFault? fault)
    {
        Fault = fault;
        return false;
    }

    /// <summary>Passes over one item of whatever type.</summary>
    public bool TrySkip(int depth, out ReadOnlySpan<byte> item)
    {
        var start = At;
        item = default;
        if (!TryPass(depth))
        {
            return false;
        }

        item = _bytes[start..At];
        return true;
    }

    /// <summary>Reads the head of an item: its major type and its argument.</summary>
    public bool TryHead(out int major, out ulong value)
    {
        major = -1;
        value = 0;
        if (At >= _bytes.Length)
        {
            return Fail("truncated", "The CBOR ends where another item must begin.");
        }

        var initial = _bytes[At];
        major = initial >> 5;
        var info = initial & 31;
        if (info < 24)
        {
            value = (uint)info;
            At++;
            return true;
        }

        if (info == 31)
        {
            return Fail(
                "indefinite-length",
                "An item has no definite length; deterministic CBOR states every length."
            );
        }

        return info > 27
            ? Fail("malformed-cbor", $"The initial byte 0x{initial:x2} is reserved.")
            : TryArgument(info, out value);
    }

    /// <summary>Reads the head of an item that must be of one major type.</summary>
    public bool TryHead(int wanted, string what, out ulong value)
    {
        var start = At;
        if (!TryHead(out var major, out value))
        {
            return false;
        }

        if (major == wanted)
        {
            return true;
        }

        At = start;
        return Fail("wrong-type", $"Here must stand {what}, in CBOR {NameOf(wanted)}.");
    }

    /// <summary>Reads a byte string; its content is not copied.</summary>
    public bool TryBytes(string what, out ReadOnlySpan<byte> content) =>
        TryString(ByteString, what, out content);

    /// <summary>Reads a text string, which must be UTF-8.</summary>
    public bool TryText(string what, out ReadOnlySpan<byte> content)
    {
        var start = At;
        if (!TryString(TextString, what, out content))
        {
            return false;
        }

        if (Utf8.IsValid(content))
        {
            return true;
        }

        At = start;
        return Fail("not-utf-8", $"The text of {what} is not valid UTF-8.");
    }

    /// <summary>Reads an integer of either sign that fits 64 bits.</summary>
    public bool TryInteger(string what, out long value)
    {
        var start = At;
        value = 0;
        if (!TryHead(out var major, out var argument))
        {
            return false;
        }

        if (major is not (Unsigned or Negative) || argument > long.MaxValue)
        {
            At = start;
            return Fail("wrong-type", $"Here must stand {what}, an integer of at most 64 bits.");
        }

        value = major == Unsigned ? (long)argument : -1 - (long)argument;
        return true;
    }

    /// <summary>After the last item: nothing may follow.</summary>
    public bool TryEnd() =>
        IsAtEnd || Fail("trailing-bytes", $"{_bytes.Length - At} bytes follow the item; none may.");

    private bool TryPass(int depth)
    {
        if (depth == 0)
        {
            return Fail("too-deep", "The nesting is deeper than anything that belongs here.");
        }

        switch (PeekMajor())
        {
            case ByteString or TextString:
                return TryString(PeekMajor(), "a string", out _);
            case Array or Map or Tag:
                return TryHead(out var major, out var count) && TryPass(major, count, depth - 1);
            default:
                return TryHead(out _, out _);
        }
    }

    private bool TryPass(int major, ulong count, int depth)
    {
        // Every item takes at least one byte, so no count runs longer than the bytes there are.
        var items = major switch
        {
            Map => count * 2,
            Tag => 1UL,
            _ => count,
        };
        if (count > (ulong)(_bytes.Length - At) && major != Tag)
        {
            return Fail("truncated", "The CBOR ends before its items do.");
        }

        for (ulong i = 0; i < items; i++)
        {
            if (!TryPass(depth))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryString(int major, string what, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!TryHead(major, what, out var length))
        {
            return false;
        }

        if (length > (ulong)(_bytes.Length - At))
        {
            return Fail("truncated", $"The bytes end before {what} does.");
        }

        content = _bytes.Slice(At, (int)length);
        At += (int)length;
        return true;
    }

    private bool TryArgument(int info, out ulong value)
    {
        value = 0;
        var width = 1 << (info - 24);
        if (_bytes.Length - At - 1 < width)
        {
            return Fail("truncated", "The CBOR ends inside the head of an item.");
        }

        var argument = _bytes.Slice(At + 1, width);
        (value, var least) = width switch
        {
            1 => ((ulong)argument[0], 24UL),
            2 => (BinaryPrimitives.ReadUInt16BigEndian(argument), 0x100UL),
            4 => (BinaryPrimitives.ReadUInt32BigEndian(argument), 0x1_0000UL),
            _ => (BinaryPrimitives.ReadUInt64BigEndian(argument), 0x1_0000_0000UL),
        };
        // A float or a simple value keeps its width: its argument is not a number.
        if (value < least && _bytes[At] >> 5 != Simple)
        {
            return Fail("non-minimal", $"The value {value} is written in more bytes than needed.");
        }

        At += 1 + width;
        return true;
    }

    private static string NameOf(int major) =>
        major switch
        {
            Unsigned => "an unsigned integer",
            Negative => "a negative integer",
            ByteString => "a byte string",
            TextString => "a text string",
            Array => "an array",
            Map => "a map",
            Tag => "a tag",
            _ => "a simple value",
        };
}
