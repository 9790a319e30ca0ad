using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Concord.Measures.Weights;

namespace Concord.Cli.Weights;

/// <summary>
/// The files of a tar, one after the other, by headers whose sums are right: a long name or the
/// attributes of an entry are read up to 64 KiB, where the platform's reader takes whatever length
/// is announced.
/// </summary>
/// <param name="file">What the archive is called.</param>
/// <param name="stream">The archive, unpacked.</param>
internal sealed class TarEntries(string file, Stream stream)
{
    private const int Block = 512;
    private const int AttributesMax = 1 << 16;
    private const int HeadersMax = 1_000_000;

    private long _data;
    private long _padding;
    private int _headers;

    /// <summary>The current file's name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>How long it is.</summary>
    public long Length { get; private set; }

    /// <summary>Goes on to the next regular file; false at the end.</summary>
    public bool Next()
    {
        string? name = null;
        long? length = null;
        var header = new byte[Block];
        while (Header(header))
        {
            var type = (char)header[156];
            Length = type is '0' or '\0' && length is { } stated ? stated : Size(header);
            (_data, _padding) = (Length, (Block - (Length % Block)) % Block);
            switch (type)
            {
                case '0' or '\0':
                    Name = name ?? Path(header);
                    return true;
                case 'L':
                    name = Text(Attributes()).TrimEnd('\0');
                    break;
                case 'x':
                    Extended(Attributes(), ref name, ref length);
                    break;
                default:
                    // Links, folders and devices hold nothing that is read; what was said of the
                    // next entry was said of this one.
                    (name, length) = (null, null);
                    break;
            }
        }

        return false;
    }

    /// <summary>Reads on in the current file; zero at its end.</summary>
    public int Read(Span<byte> into)
    {
        var count = (int)Math.Min(into.Length, _data);
        var read = count == 0 ? 0 : stream.Read(into[..count]);
        if (read == 0 && count > 0)
        {
            throw Fault($"it ends within {Name}");
        }

        _data -= read;
        return read;
    }

    private bool Header(byte[] header)
    {
        Leave();
        var count = stream.ReadAtLeast(header, Block, throwOnEndOfStream: false);
        if (count == 0 || header.AsSpan(0, count).IndexOfAnyExcept((byte)0) < 0)
        {
            return false;
        }

        if (count < Block || ++_headers > HeadersMax)
        {
            throw Fault(count < Block ? "it ends within a header" : "it has too many entries");
        }

        // The sum is made with blanks in its own place.
        var sum = header.Sum(value => (long)value);
        sum += (8 * ' ') - header.AsSpan(148, 8).ToArray().Sum(value => (long)value);
        if (sum != Octal(header.AsSpan(148, 8)))
        {
            throw Fault("the sum of a header is wrong");
        }

        return true;
    }

    private void Leave()
    {
        var left = _data + _padding;
        (_data, _padding) = (0, 0);
        if (stream.CanSeek)
        {
            _ = stream.Seek(left, SeekOrigin.Current);
            return;
        }

        var buffer = new byte[Block * 128];
        while (left > 0)
        {
            var count = stream.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            left -= count > 0 ? count : throw Fault($"it ends within {Name}");
        }
    }

    private byte[] Attributes()
    {
        if (Length > AttributesMax)
        {
            throw Fault($"attributes of {Length} bytes, and {AttributesMax} are allowed");
        }

        var bytes = new byte[Length];
        for (var at = 0; at < bytes.Length; )
        {
            at += Read(bytes.AsSpan(at));
        }

        return bytes;
    }

    // Lines of "length key=value", of which name and length are ours.
    private void Extended(byte[] attributes, ref string? name, ref long? length)
    {
        for (var rest = attributes.AsSpan(); rest.Length > 0; )
        {
            var blank = rest.IndexOf((byte)' ');
            var isLine = blank > 0 && Whole(rest[..blank]) is { } size && size <= rest.Length;
            var count = isLine ? (int)Whole(rest[..blank])!.Value : 0;
            if (count <= blank + 1)
            {
                throw Fault("the attributes of an entry are broken");
            }

            var line = Text(rest[(blank + 1)..count]).TrimEnd('\n');
            rest = rest[count..];
            if (line.StartsWith("path=", StringComparison.Ordinal))
            {
                name = line[5..];
            }
            else if (line.StartsWith("size=", StringComparison.Ordinal))
            {
                length = Whole(Encoding.ASCII.GetBytes(line[5..]));
                if (length is null or > long.MaxValue / 2)
                {
                    throw Fault("the length of an entry is broken");
                }
            }
        }
    }

    private static string Path(ReadOnlySpan<byte> header)
    {
        var name = Text(Field(header[..100]));
        var prefix = header[257..262].SequenceEqual("ustar"u8) ? Text(Field(header[345..500])) : "";
        return prefix.Length == 0 ? name : $"{prefix}/{name}";
    }

    private long Size(ReadOnlySpan<byte> header)
    {
        var field = header.Slice(124, 12);

        // GNU writes what is too long for octal digits as a number of 88 bits.
        var size =
            (field[0] & 0x80) == 0 ? Octal(field)
            : field[..4].SequenceEqual((ReadOnlySpan<byte>)[0x80, 0, 0, 0])
                ? BinaryPrimitives.ReadInt64BigEndian(field[4..])
            : null;
        return size is >= 0 and <= long.MaxValue / 2
            ? size.Value
            : throw Fault("the length of an entry is broken");
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return end < 0 ? bytes : bytes[..end];
    }

    private static long? Octal(ReadOnlySpan<byte> bytes)
    {
        var value = 0L;
        foreach (var digit in bytes.Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return null;
            }

            value = (value << 3) | (long)(digit - '0');
        }

        return value;
    }

    private static long? Whole(ReadOnlySpan<byte> digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private WeightsFault Fault(string reason) => new(file, "the archive", reason);
}
