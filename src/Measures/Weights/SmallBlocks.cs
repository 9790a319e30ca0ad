using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Concord.Measures.Weights;

/// <summary>
/// GGML's blocks of 32: a scale of 16 bits, perhaps a minimum, and quants whose low halves are the
/// first sixteen elements and whose high halves are the last.
/// </summary>
internal static class SmallBlocks
{
    public static void Q40(ReadOnlySpan<byte> from, Span<float> into)
    {
        for (var at = 0; from.Length >= 18; from = from[18..], at += 32)
        {
            var scale = Vector256.Create(PlainElements.Half(from));
            var bytes = Vector128.Create(from.Slice(2, 16));
            var less = Vector128.Create((sbyte)8);
            Sixteen.Scaled(Sixteen.Low(bytes).AsSByte() - less, scale, into[at..]);
            Sixteen.Scaled(Sixteen.High(bytes).AsSByte() - less, scale, into[(at + 16)..]);
        }
    }

    public static void Q41(ReadOnlySpan<byte> from, Span<float> into)
    {
        for (var at = 0; from.Length >= 20; from = from[20..], at += 32)
        {
            var scale = Vector256.Create(PlainElements.Half(from));
            var offset = Vector256.Create(PlainElements.Half(from[2..]));
            var bytes = Vector128.Create(from.Slice(4, 16));
            Sixteen.Shifted(Sixteen.Low(bytes), scale, offset, into[at..]);
            Sixteen.Shifted(Sixteen.High(bytes), scale, offset, into[(at + 16)..]);
        }
    }

    public static void Q50(ReadOnlySpan<byte> from, Span<float> into)
    {
        for (var at = 0; from.Length >= 22; from = from[22..], at += 32)
        {
            var scale = Vector256.Create(PlainElements.Half(from));
            var fifth = BinaryPrimitives.ReadUInt32LittleEndian(from[2..]);
            var bytes = Vector128.Create(from.Slice(6, 16));
            var low = Sixteen.Low(bytes) | FifthBits((ushort)fifth);
            var high = Sixteen.High(bytes) | FifthBits((ushort)(fifth >> 16));
            var less = Vector128.Create((sbyte)16);
            Sixteen.Scaled(low.AsSByte() - less, scale, into[at..]);
            Sixteen.Scaled(high.AsSByte() - less, scale, into[(at + 16)..]);
        }
    }

    public static void Q51(ReadOnlySpan<byte> from, Span<float> into)
    {
        for (var at = 0; from.Length >= 24; from = from[24..], at += 32)
        {
            var scale = Vector256.Create(PlainElements.Half(from));
            var offset = Vector256.Create(PlainElements.Half(from[2..]));
            var fifth = BinaryPrimitives.ReadUInt32LittleEndian(from[4..]);
            var bytes = Vector128.Create(from.Slice(8, 16));
            var low = Sixteen.Low(bytes) | FifthBits((ushort)fifth);
            var high = Sixteen.High(bytes) | FifthBits((ushort)(fifth >> 16));
            Sixteen.Shifted(low, scale, offset, into[at..]);
            Sixteen.Shifted(high, scale, offset, into[(at + 16)..]);
        }
    }

    public static void Q80(ReadOnlySpan<byte> from, Span<float> into)
    {
        for (var at = 0; from.Length >= 34; from = from[34..], at += 32)
        {
            var scale = Vector256.Create(PlainElements.Half(from));
            Sixteen.Scaled(Vector128.Create(from.Slice(2, 16)).AsSByte(), scale, into[at..]);
            Sixteen.Scaled(
                Vector128.Create(from.Slice(18, 16)).AsSByte(),
                scale,
                into[(at + 16)..]
            );
        }
    }

    // Sixteen where the bit of an element is set, else zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> FifthBits(ushort bits)
    {
        var spread = Vector128.Create(0x0000000000000000UL, 0x0101010101010101UL).AsByte();
        var each = Vector128.Shuffle(Vector128.Create(bits).AsByte(), spread);
        var place = Vector128.Create(0x8040201008040201UL).AsByte();
        return Vector128.Equals(each & place, place) & Vector128.Create((byte)16);
    }
}
