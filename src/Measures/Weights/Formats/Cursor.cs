using System.Buffers.Binary;

namespace Concord.Measures.Weights.Formats;

/// <summary>
/// Goes through a header from place to place, little-endian, never behind its end, and reads ahead
/// by 64 KiB at most.
/// </summary>
internal sealed class Cursor
{
    /// <summary>How many bytes can be taken at once, and how far is read ahead.</summary>
    public const int WindowBytes = 1 << 16;

    private readonly byte[] _window;
    private readonly int _ahead;
    private long _windowStart;
    private int _windowCount;

    /// <summary>A cursor over a stretch.</summary>
    /// <param name="source">What is read.</param>
    /// <param name="start">The place of the first byte.</param>
    /// <param name="end">The place behind the last.</param>
    /// <param name="ahead">How far to read ahead: little where much is gone over.</param>
    public Cursor(ByteSource source, long start, long end, int ahead = WindowBytes)
    {
        _ahead = ahead;
        _window = new byte[Math.Min(WindowBytes, source.Length)];
        Source = source;
        Position = start;
        End = Math.Min(end, source.Length);
    }

    /// <summary>A cursor over all.</summary>
    public Cursor(ByteSource source)
        : this(source, 0, source.Length) { }

    /// <summary>What is read.</summary>
    public ByteSource Source { get; }

    /// <summary>The place of the next byte.</summary>
    public long Position { get; private set; }

    /// <summary>The place behind the last byte.</summary>
    public long End { get; }

    /// <summary>How many bytes are left.</summary>
    public long Left => End - Position;

    /// <summary>A fault at a place.</summary>
    public WeightsFault Fault(string reason, long? at = null) =>
        new(Source.Name, $"byte {at ?? Position}", reason);

    /// <summary>The next bytes; they stand until more is taken.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, WindowBytes);
        if (count > Left)
        {
            throw Fault($"{count} bytes are announced here and {Left} are left");
        }

        var from = Position - _windowStart;
        if (from < 0 || from + count > _windowCount)
        {
            _windowStart = Position;
            _windowCount = (int)Math.Min(Math.Max(count, _ahead), Source.Length - Position);
            Source.Fill(Position, _window.AsSpan(0, _windowCount));
            from = 0;
        }

        Position += count;
        return _window.AsSpan((int)from, count);
    }

    /// <summary>The next byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>The next 16 bits.</summary>
    public ushort Short() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    /// <summary>The next 32 bits.</summary>
    public uint Word() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>The next 64 bits.</summary>
    public ulong Long() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>Goes on by so many bytes.</summary>
    public void Skip(ulong count)
    {
        if (count > (ulong)Left)
        {
            throw Fault($"{count} bytes are announced here and {Left} are left");
        }

        Position += (long)count;
    }

    /// <summary>Goes to a place.</summary>
    public void MoveTo(long position) => Position = position;

    /// <summary>A text of so many bytes.</summary>
    /// <param name="length">How many bytes it says to have.</param>
    /// <param name="max">How many it may have: no more than the window.</param>
    /// <param name="what">What it is, for messages: "a key".</param>
    public string Text(ulong length, int max, string what)
    {
        var at = Position;
        if (length > (ulong)max)
        {
            throw Fault($"{what} of {length} bytes, and {max} are allowed");
        }

        return Words.Plain(Take((int)length))
            ?? throw Fault($"{what} that is not plain UTF-8 text", at);
    }
}
