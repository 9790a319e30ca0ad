using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Concord.Authority.Web.Charts;

/// <summary>
/// A picture in shades between two colours, written as PNG (ISO/IEC 15948): eight bits a pixel, a
/// palette, no filter.
/// </summary>
public static class PngImage
{
    private const byte Eight = 8;
    private const byte Palette = 3;
    private const int Shades = 256;
    private const uint Polynomial = 0xEDB88320;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Writes it.</summary>
    /// <param name="shades">A byte for each pixel, row by row: 0 is the paper, 255 the ink.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="paper">Red, green and blue of the paper.</param>
    /// <param name="ink">Red, green and blue of the ink.</param>
    public static byte[] Write(
        ReadOnlySpan<byte> shades,
        int width,
        (byte R, byte G, byte B) paper,
        (byte R, byte G, byte B) ink
    )
    {
        var height = shades.Length / width;
        using var png = new MemoryStream();
        png.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (Eight, Palette);
        Chunk(png, "IHDR", header);
        var palette = new byte[3 * Shades];
        for (var i = 0; i < Shades; i++)
        {
            palette[3 * i] = Between(paper.R, ink.R, i);
            palette[(3 * i) + 1] = Between(paper.G, ink.G, i);
            palette[(3 * i) + 2] = Between(paper.B, ink.B, i);
        }

        Chunk(png, "PLTE", palette);
        using var rows = new MemoryStream();
        using (var zlib = new ZLibStream(rows, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                // Each row begins with its filter; palettes compress best without.
                zlib.WriteByte(0);
                zlib.Write(shades.Slice(y * width, width));
            }
        }

        Chunk(png, "IDAT", rows.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    /// <summary>The check of a chunk, over its type and data (ISO/IEC 15948 §5.5).</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            }
        }

        return ~crc;
    }

    private static void Chunk(MemoryStream png, string type, ReadOnlySpan<byte> data)
    {
        byte[] checkedBytes = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(checkedBytes);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(checkedBytes));
        png.Write(number);
    }

    private static byte Between(byte from, byte to, int shade) =>
        (byte)(from + (((to - from) * shade) / (Shades - 1)));
}
