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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Q4(ReadOnlySpan<byte> from, Span<float> into)
    {
        Span<float> scales = stackalloc float[8];
        Span<float> offsets = stackalloc float[8];
        for (; from.Length >= 144; from = from[144..], into = into[Elements..])
        {
            ScalesAndOffsets(from, scales, offsets);
            for (var pair = 0; pair < 4; pair++)
            {
                var (scale, offset) = (
                    Vector256.Create(scales[2 * pair]),
                    Vector256.Create(offsets[2 * pair])
                );
                var (scale2, offset2) = (
                    Vector256.Create(scales[(2 * pair) + 1]),
                    Vector256.Create(offsets[(2 * pair) + 1])
                );
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
        Span<float> scales = stackalloc float[8];
        Span<float> offsets = stackalloc float[8];
        for (; from.Length >= 176; from = from[176..], into = into[Elements..])
        {
            ScalesAndOffsets(from, scales, offsets);
            for (var group = 0; group < 8; group++)
            {
                var scale = Vector256.Create(scales[group]);
                var offset = Vector256.Create(offsets[group]);
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

    // Of each of eight groups a scale and a minimum of six bits: those of the first four as low
    // bits of eight bytes, those of the others in four bytes and in the upper bits of the eight.
    private static void ScalesAndOffsets(
        ReadOnlySpan<byte> block,
        Span<float> scales,
        Span<float> offsets
    )
    {
        const uint sixBits = 0x3F3F3F3F;
        const uint fourBits = 0x0F0F0F0F;
        var firstScales = BinaryPrimitives.ReadUInt32LittleEndian(block[4..]);
        var firstLeasts = BinaryPrimitives.ReadUInt32LittleEndian(block[8..]);
        var others = BinaryPrimitives.ReadUInt32LittleEndian(block[12..]);
        var scale = Bytes(firstScales & sixBits, (others & fourBits) | Top(firstScales));
        var least = Bytes(firstLeasts & sixBits, ((others >> 4) & fourBits) | Top(firstLeasts));
        (scale * PlainElements.Half(block)).CopyTo(scales);
        (-(least * PlainElements.Half(block[2..]))).CopyTo(offsets);

        static uint Top(uint bytes) => ((bytes >> 6) & 0x03030303) << 4;

        static Vector256<float> Bytes(uint first, uint last)
        {
            var bytes = Vector128.Create(first | ((ulong)last << 32)).AsByte();
            var words = Vector128.WidenLower(bytes);
            var (low, high) = Vector128.Widen(words);
            return Vector256.ConvertToSingle(Vector256.Create(low, high).AsInt32());
        }
    }
}
