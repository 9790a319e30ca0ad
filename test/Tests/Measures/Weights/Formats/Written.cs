using System.Buffers.Binary;
using System.Text;

namespace Concord.Tests.Measures.Weights.Formats;

/// <summary>Bytes of a file that a test makes, little-endian, one after the other.</summary>
internal sealed class Written
{
    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public byte[] Bytes => [.. _bytes];

    public Written Add(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public Written Short(int value) => Add((byte)value, (byte)(value >> 8));

    public Written Word(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Add(bytes);
    }

    public Written Long(ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return Add(bytes);
    }

    public Written Text(string text) => Add(Encoding.UTF8.GetBytes(text));

    public Written Pad(int alignment)
    {
        while (_bytes.Count % alignment != 0)
        {
            Add(0);
        }

        return this;
    }

    /// <summary>Numbers as binary32.</summary>
    public static byte[] Floats(params float[] values) =>
        [.. values.SelectMany(BitConverter.GetBytes)];
}
