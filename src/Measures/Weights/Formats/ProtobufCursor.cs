namespace Concord.Measures.Weights.Formats;

/// <summary>
/// Fields of protobuf's messages, read from where they lie: what is long is gone over, and no
/// message ends behind the one that holds it.
/// </summary>
/// <param name="source">The file.</param>
internal sealed class ProtobufCursor(ByteSource source)
{
    /// <summary>The wire type of a varint.</summary>
    public const int Varint = 0;

    /// <summary>The wire type of 64 bits.</summary>
    public const int Fixed64 = 1;

    /// <summary>The wire type of what has a length.</summary>
    public const int Delimited = 2;

    /// <summary>The wire type of 32 bits.</summary>
    public const int Fixed32 = 5;

    private const int VarintBytes = 10;

    /// <summary>The bytes.</summary>
    public Cursor Bytes { get; } = new(source, 0, source.Length, 1 << 14);

    /// <summary>The next field's number and wire type.</summary>
    public (int Number, int Wire) Tag()
    {
        var at = Bytes.Position;
        var tag = Whole();
        var (number, wire) = (tag >> 3, (int)(tag & 7));
        if (number is 0 or > 0x1FFFFFFF || wire is not (Varint or Fixed64 or Delimited or Fixed32))
        {
            throw Bytes.Fault("this is no field of a protobuf message", at);
        }

        return ((int)number, wire);
    }

    /// <summary>The next varint.</summary>
    public ulong Whole()
    {
        var at = Bytes.Position;
        var value = 0UL;
        for (var i = 0; i < VarintBytes; i++)
        {
            var part = Bytes.Byte();
            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Bytes.Fault("a varint of more than ten bytes", at);
    }

    /// <summary>The place behind a field that has a length.</summary>
    public long End(int wire, long within)
    {
        var at = Bytes.Position;
        var length = wire == Delimited ? Whole() : throw Bytes.Fault("a field of another kind", at);
        return length <= (ulong)Math.Max(within - Bytes.Position, 0)
            ? Bytes.Position + (long)length
            : throw Bytes.Fault(
                $"a field of {length} bytes, and {within - Bytes.Position} are left in its message",
                at
            );
    }

    /// <summary>Goes over a field, and says how long it was.</summary>
    public long Leave(int wire, long within)
    {
        var start = Bytes.Position;
        switch (wire)
        {
            case Varint:
                _ = Whole();
                break;
            case Fixed64:
                Bytes.Skip(8);
                break;
            case Fixed32:
                Bytes.Skip(4);
                break;
            default:
                Bytes.MoveTo(End(wire, within));
                break;
        }

        return Bytes.Position - start;
    }

    /// <summary>A text; nothing where it is longer than so many bytes.</summary>
    public string? Text(int wire, long within, int max)
    {
        var end = End(wire, within);
        if (end - Bytes.Position > max)
        {
            Bytes.MoveTo(end);
            return null;
        }

        return Bytes.Text((ulong)(end - Bytes.Position), max, "a text");
    }

    /// <summary>Sees that a message ended where it said.</summary>
    public void SeeEnd(long end)
    {
        if (Bytes.Position != end)
        {
            throw Bytes.Fault("a field goes on behind the end of its message");
        }
    }
}
