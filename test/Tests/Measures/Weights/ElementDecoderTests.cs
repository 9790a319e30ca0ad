using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Concord.Measures.Weights;
using Xunit;

namespace Concord.Tests.Measures.Weights;

/// <summary>
/// Against <c>elements.py</c>, which decodes the same bytes by the rules with fractions and no
/// float of a machine.
/// </summary>
public sealed class ElementDecoderTests
{
    private static readonly string s_folder = Path.Combine(
        Golden.Root,
        "test",
        "Tests",
        "Golden",
        "weights"
    );

    public static TheoryData<string> Vectors =>
        [.. File.ReadLines(Path.Combine(s_folder, "elements.txt"))];

    public static TheoryData<ElementType> Types =>
        [.. Enum.GetValues<ElementType>().Where(type => type != ElementType.Opaque)];

    [Fact]
    public void Every_type_but_the_opaque_has_a_vector() =>
        Assert.Equal(
            Enum.GetValues<ElementType>()
                .Where(type => type != ElementType.Opaque)
                .Order()
                .Select(type => type.ToString()),
            File.ReadLines(Path.Combine(s_folder, "elements.txt"))
                .Select(line => Enum.Parse<ElementType>(line.Split(' ')[0]))
                .Order()
                .Select(type => type.ToString())
        );

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Every_type_decodes_as_its_rules_say(string line)
    {
        var parts = line.Split(' ');
        var type = Enum.Parse<ElementType>(parts[0]);
        var bytes = MadeUp(type, int.Parse(parts[1], CultureInfo.InvariantCulture));

        var values = Decoded(type, bytes);

        var bits = Array.ConvertAll(
            values,
            value => float.IsNaN(value) ? 0x7FC00000 : BitConverter.SingleToUInt32Bits(value)
        );
        Assert.Equal(parts[3..], bits.Take(4).Select(word => $"{word:x8}"));
        Assert.Equal(
            parts[2],
            Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(bits.AsSpan())))
        );
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_block_decodes_alone_as_among_others(ElementType type)
    {
        var layout = ElementLayout.Of(type);
        var bytes = MadeUp(type, layout.BlockBytes * 37);

        var alone = bytes.Chunk(layout.BlockBytes).SelectMany(block => Decoded(type, block));

        Assert.Equal(
            Decoded(type, bytes).Select(BitConverter.SingleToUInt32Bits),
            alone.Select(BitConverter.SingleToUInt32Bits)
        );
    }

    [Fact]
    public void Every_half_is_the_number_that_the_framework_takes_it_for()
    {
        var halves = Enumerable.Range(0, 65536).Select(bits => (ushort)bits).ToArray();

        var values = Decoded(ElementType.F16, MemoryMarshal.AsBytes(halves.AsSpan()).ToArray());

        Assert.All(
            halves.Zip(values),
            pair => Assert.Equal((float)BitConverter.UInt16BitsToHalf(pair.First), pair.Second)
        );
        Assert.True(float.IsNegative(values[0x8000]));
        Assert.Equal(0x7F802000u, BitConverter.SingleToUInt32Bits(values[0x7C01]));
    }

    [Theory]
    [InlineData(0x7FFFFFFFFFFFFFFF, 9223372036854775808f)]
    [InlineData(0x0020000010000000, 9007199254740992f)]
    [InlineData(0x0020000010000001, 9007199254740992f)]
    [InlineData(0x0020000030000000, 9007200328482816f)]
    [InlineData(0x0040000040000001, 18014400656965632f)]
    [InlineData(0x0000000001000001, 16777216f)]
    [InlineData(0x0000000001000003, 16777220f)]
    [InlineData(-0x0000000001000003, -16777220f)]
    [InlineData(long.MinValue, -9223372036854775808f)]
    public void An_integer_is_rounded_once(long value, float expected) =>
        Assert.Equal([expected], Decoded(ElementType.I64, BitConverter.GetBytes(value)));

    [Fact]
    public void Parts_of_blocks_and_too_little_room_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Decoded(ElementType.Q4_K, new byte[143]));
        Assert.Throws<ArgumentException>(() =>
            ElementDecoder.Decode(ElementType.F32, new byte[8], new float[1])
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => ElementLayout.Of(ElementType.Opaque));
    }

    [Theory]
    [InlineData(ElementType.F32, 0, 0L)]
    [InlineData(ElementType.Q4_K, 512, 288L)]
    [InlineData(ElementType.Q4_K, 511, null)]
    [InlineData(ElementType.F4, 3, null)]
    [InlineData(ElementType.F6E2M3, 8, 6L)]
    [InlineData(ElementType.F16, long.MaxValue, null)]
    [InlineData(ElementType.F64, 0x1000000000000000, null)]
    [InlineData(ElementType.U8, long.MaxValue, long.MaxValue)]
    [InlineData(ElementType.U8, -1, null)]
    public void Bytes_of_elements_never_wrap(ElementType type, long elements, long? bytes) =>
        Assert.Equal(bytes, ElementLayout.Of(type).ByteLength(elements));

    private static float[] Decoded(ElementType type, byte[] bytes)
    {
        var layout = ElementLayout.Of(type);
        var values = new float[bytes.Length / layout.BlockBytes * layout.BlockValues];
        Assert.Equal(values.Length, ElementDecoder.Decode(type, bytes, values));
        return values;
    }

    /// <summary>As elements.py makes them: scales are finite, doubles are about one.</summary>
    private static byte[] MadeUp(ElementType type, int length)
    {
        var bytes = new byte[length];
        var link = Encoding.ASCII.GetBytes(type.ToString());
        for (var at = 0; at < length; at += 32)
        {
            link = SHA256.HashData(link);
            link.AsSpan(0, Math.Min(32, length - at)).CopyTo(bytes.AsSpan(at));
        }

        int[] scales = type switch
        {
            ElementType.Q4_0 or ElementType.Q5_0 or ElementType.Q8_0 => [0],
            ElementType.Q4_1 or ElementType.Q5_1 or ElementType.Q4_K or ElementType.Q5_K => [0, 2],
            ElementType.Q2_K => [80, 82],
            ElementType.Q3_K => [108],
            ElementType.Q6_K => [208],
            _ => [],
        };
        for (var block = 0; block < length; block += ElementLayout.Of(type).BlockBytes)
        {
            foreach (var scale in scales)
            {
                bytes[block + scale + 1] &= 0xBB;
            }

            if (type == ElementType.F64)
            {
                bytes[block + 7] = (byte)((bytes[block + 7] & 0x80) | 0x3F);
                bytes[block + 6] |= 0xC0;
            }
        }

        return bytes;
    }
}
