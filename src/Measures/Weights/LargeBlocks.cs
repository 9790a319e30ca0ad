using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Concord.Measures.Weights;

/// <summary>
/// GGML's blocks of 256 ("K"): groups of 16 or 32 with small scales of their own, which one or two
/// scales of 16 bits multiply.
/// </summary>
internal static class LargeBlocks
{
    private const int Elements = 256;

    public static void Q2(ReadOnlySpan<byte> from, Span<float> into)
    {
        for (; from.Length >= 84; from = from[84..], into = into[Elements..])
        {
            var d = PlainElements.Half(from[80..]);
            var least = PlainElements.Half(from[82..]);
            for (var group = 0; group < 16; group++)
            {
                var scale = Vector256.Create(d * (from[group] & 15));
                var offset = Vector256.Create(-(least * (from[group] >> 4)));
                var quants = TwoBits(from[16..], group);
                Sixteen.Shifted(quants, scale, offset, into[(16 * group)..]);
            }
        }
    }

    public static void Q3(ReadOnlySpan<byte> from, Span<float> into)
    {
        Span<byte> scales = stackalloc byte[16];
        for (; from.Length >= 110; from = from[110..], into = into[Elements..])
        {
            var d = PlainElements.Half(from[108..]);
            SixBitScales(from.Slice(96, 12), scales);
            for (var group = 0; group < 16; group++)
            {
                var scale = Vector256.Create(d * (scales[group] - 32));
                var high = Vector128.Create(from.Slice(16 * (group & 1), 16));
                var bit = Vector128.Create((byte)(1 << (group / 2)));
                var less = Vector128.Equals(high & bit, Vector128<byte>.Zero);
                var quants = TwoBits(from[32..], group) - (less & Vector128.Create((byte)4));
                Sixteen.Scaled(quants.AsSByte(), scale, into[(16 * group)..]);
            }
        }
    }

    public static void Q4(ReadOnlySpan<byte> from, Span<float> into)
    {
        for (; from.Length >= 144; from = from[144..], into = into[Elements..])
        {
            for (var pair = 0; pair < 4; pair++)
            {
                var (scale, offset) = ScaleAndOffset(from, 2 * pair);
                var (scale2, offset2) = ScaleAndOffset(from, (2 * pair) + 1);
                var first = Vector128.Create(from.Slice(16 + (32 * pair), 16));
                var second = Vector128.Create(from.Slice(32 + (32 * pair), 16));
                var room = into.Slice(64 * pair, 64);
                Sixteen.Shifted(Sixteen.Low(first), scale, offset, room);
                Sixteen.Shifted(Sixteen.Low(second), scale, offset, room[16..]);
                Sixteen.Shifted(Sixteen.High(first), scale2, offset2, room[32..]);
                Sixteen.Shifted(Sixteen.High(second), scale2, offset2, room[48..]);
            }
        }
    }

    public static void Q5(ReadOnlySpan<byte> from, Span<float> into)
    {
        for (; from.Length >= 176; from = from[176..], into = into[Elements..])
        {
            for (var group = 0; group < 8; group++)
            {
                var (scale, offset) = ScaleAndOffset(from, group);
                for (var half = 0; half < 32; half += 16)
                {
                    var bytes = Vector128.Create(from.Slice(48 + (32 * (group / 2)) + half, 16));
                    var fifth = Vector128.Create(from.Slice(16 + half, 16)) >>> group;
                    var nibbles = (group & 1) == 0 ? Sixteen.Low(bytes) : Sixteen.High(bytes);
                    var high = (fifth & Vector128<byte>.One) << 4;
                    Sixteen.Shifted(nibbles | high, scale, offset, into[((32 * group) + half)..]);
                }
            }
        }
    }

    public static void Q6(ReadOnlySpan<byte> from, Span<float> into)
    {
        for (; from.Length >= 210; from = from[210..], into = into[Elements..])
        {
            var d = PlainElements.Half(from[208..]);
            for (var group = 0; group < 16; group++)
            {
                // Of each 128: four runs of 32, two by low halves of 64 bytes, two by high ones.
                var (half, run, part) = (group / 8, group / 2 % 4, 16 * (group & 1));
                var low = Vector128.Create(from.Slice((64 * half) + (32 * (run & 1)) + part, 16));
                var high = Vector128.Create(from.Slice(128 + (32 * half) + part, 16));
                var nibbles = run < 2 ? Sixteen.Low(low) : Sixteen.High(low);
                var top = ((high >>> (2 * run)) & Vector128.Create((byte)3)) << 4;
                var quants = (nibbles | top).AsSByte() - Vector128.Create((sbyte)32);
                var scale = Vector256.Create(d * (sbyte)from[192 + group]);
                Sixteen.Scaled(quants, scale, into[(16 * group)..]);
            }
        }
    }

    // Of each 128 elements 32 bytes: each holds one element of each of four runs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> TwoBits(ReadOnlySpan<byte> quants, int group)
    {
        var bytes = Vector128.Create(quants.Slice((32 * (group / 8)) + (16 * (group & 1)), 16));
        return (bytes >>> (2 * (group / 2 % 4))) & Vector128.Create((byte)3);
    }

    // Sixteen scales of six bits: low halves in eight bytes, and their upper two bits in four.
    private static void SixBitScales(ReadOnlySpan<byte> packed, Span<byte> scales)
    {
        for (var i = 0; i < 16; i++)
        {
            var low = i < 8 ? packed[i] & 15 : packed[i - 8] >> 4;
            var top = (packed[8 + (i & 3)] >> (2 * (i / 4))) & 3;
            scales[i] = (byte)(low | (top << 4));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Scale, Vector256<float> Offset) ScaleAndOffset(
        ReadOnlySpan<byte> block,
        int group
    )
    {
        var both = BinaryPrimitives.ReadUInt32LittleEndian(block);
        var packed = block.Slice(4, 12);
        var (scale, least) =
            group < 4
                ? (packed[group] & 63, packed[group + 4] & 63)
                : (
                    (packed[group + 4] & 15) | ((packed[group - 4] >> 6) << 4),
                    (packed[group + 4] >> 4) | ((packed[group] >> 6) << 4)
                );
        return (
            Vector256.Create(PlainElements.Half((ushort)both) * scale),
            Vector256.Create(-(PlainElements.Half((ushort)(both >> 16)) * least))
        );
    }
}
