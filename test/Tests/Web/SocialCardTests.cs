using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Concord.Authority.Web.Charts;
using Xunit;

namespace Concord.Tests.Web;

/// <summary>The picture beside links: a PNG that is one, and shows the ring of seven.</summary>
public sealed class SocialCardTests
{
    [Fact]
    public void Its_chunks_are_as_the_standard_says()
    {
        var chunks = Chunks(SocialCard.Draw());

        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], chunks.Select(one => one.Type));
        var header = chunks[0].Data;
        Assert.Equal(1200, BinaryPrimitives.ReadInt32BigEndian(header));
        Assert.Equal(630, BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        Assert.Equal([8, 3, 0, 0, 0], header[8..]);
        // The check of the standard's own example of an end.
        Assert.Equal(0xAE426082, PngImage.Crc("IEND"u8));
    }

    [Fact]
    public void Seven_were_asked_and_five_agreed()
    {
        var rows = Rows(SocialCard.Draw());

        var solid = 0;
        var faint = 0;
        for (var i = 0; i < 7; i++)
        {
            var angle = ((i * 360.0 / 7) + 25.7) * Math.PI / 180;
            var shade = At(rows, 15 + (11.2 * Math.Cos(angle)), 24 + (11.2 * Math.Sin(angle)));
            solid += shade == 255 ? 1 : 0;
            faint += shade is > 0 and < 255 ? 1 : 0;
        }

        Assert.Equal((5, 2), (solid, faint));
        Assert.Equal(0, At(rows, 15, 24));
        Assert.Equal(255, At(rows, 187.35, 5));
        Assert.Equal(0, At(rows, 114, 24));
        Assert.Equal(255, At(rows, 94, 24));
    }

    private static byte At(byte[] rows, double x, double y)
    {
        const double Scale = 4.8;
        var column = (int)(((1200 - (190.7 * Scale)) / 2) + (x * Scale));
        var row = (int)(((630 - (40 * Scale)) / 2) + (y * Scale));
        return rows[(row * 1201) + 1 + column];
    }

    private static byte[] Rows(byte[] png)
    {
        using var packed = new MemoryStream(Chunks(png).Single(one => one.Type is "IDAT").Data);
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        Assert.Equal(1201 * 630, rows.Length);
        return rows.ToArray();
    }

    private static List<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        Assert.Equal([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n'], png[..8]);
        var chunks = new List<(string, byte[])>();
        for (var at = 8; at < png.Length; )
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var body = png.AsSpan(at + 4, length + 4);
            chunks.Add((Encoding.ASCII.GetString(body[..4]), body[4..].ToArray()));
            Assert.Equal(
                PngImage.Crc(body),
                BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length))
            );
            at += length + 12;
        }

        return chunks;
    }
}
