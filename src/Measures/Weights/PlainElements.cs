using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Concord.Measures.Weights;

/// <summary>Elements of whole bytes: floats of 16 to 64 bits, and integers.</summary>
internal static class PlainElements
{
    private const float Smallest = 1f / (1 << 24);

    public static void Singles(ReadOnlySpan<byte> from, Span<float> into) =>
        MemoryMarshal.Cast<byte, float>(from).CopyTo(into);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BrainFloats(ReadOnlySpan<byte> from, Span<float> into)
    {
        var bits = MemoryMarshal.Cast<byte, ushort>(from);
        var at = 0;
        for (; at + 16 <= bits.Length; at += 16)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(bits.Slice(at, 16)));
            (low << 16).AsSingle().CopyTo(into[at..]);
            (high << 16).AsSingle().CopyTo(into[(at + 8)..]);
        }

        for (; at < bits.Length; at++)
        {
            into[at] = BitConverter.UInt32BitsToSingle((uint)bits[at] << 16);
        }
    }

    public static void Halves(ReadOnlySpan<byte> from, Span<float> into)
    {
        var bits = MemoryMarshal.Cast<byte, ushort>(from);
        var at = 0;
        for (; at + 16 <= bits.Length; at += 16)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(bits.Slice(at, 16)));
            Widened(low).CopyTo(into[at..]);
            Widened(high).CopyTo(into[(at + 8)..]);
        }

        for (; at < bits.Length; at++)
        {
            into[at] = Half(bits[at]);
        }
    }

    /// <summary>A binary16 as a binary32, every NaN with its payload.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Half(ushort bits) => Widened(Vector256.Create((uint)bits))[0];

    /// <summary>The binary16 at the start of bytes.</summary>
    public static float Half(ReadOnlySpan<byte> bytes) =>
        Half(BinaryPrimitives.ReadUInt16LittleEndian(bytes));

    public static void Doubles(ReadOnlySpan<byte> from, Span<float> into)
    {
        var values = MemoryMarshal.Cast<byte, double>(from);
        for (var i = 0; i < values.Length; i++)
        {
            into[i] = (float)values[i];
        }
    }

    public static void Integers(ElementType element, ReadOnlySpan<byte> from, Span<float> into)
    {
        switch (element)
        {
            case ElementType.Bool:
                Booleans(from, into);
                break;
            case ElementType.U8:
                Each<byte>(from, into);
                break;
            case ElementType.I8:
                Each<sbyte>(from, into);
                break;
            case ElementType.I16:
                Each<short>(from, into);
                break;
            case ElementType.U16:
                Each<ushort>(from, into);
                break;
            case ElementType.I32:
                Each<int>(from, into);
                break;
            case ElementType.U32:
                Each<uint>(from, into);
                break;
            default:
                Long(from, into, element == ElementType.I64);
                break;
        }
    }

    // Subnormals become normal: by the conversion of an integer, which is exact, and not by a
    // product of subnormals, which takes a hundred cycles.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Widened(Vector256<uint> half)
    {
        var magnitude = half & Vector256.Create(0x7FFFu);
        var sign = (half ^ magnitude) << 16;
        var normal = (magnitude << 13) + Vector256.Create(112u << 23);
        var special = (magnitude << 13) | Vector256.Create(0x7F800000u);
        var small = Vector256.ConvertToSingle(magnitude.AsInt32()) * Vector256.Create(Smallest);
        var signed = magnitude.AsInt32();
        var isSmall = Vector256.LessThan(signed, Vector256.Create(0x0400)).AsUInt32();
        var isSpecial = Vector256.GreaterThan(signed, Vector256.Create(0x7BFF)).AsUInt32();
        var value = Vector256.ConditionalSelect(isSmall, small.AsUInt32(), normal);
        return (Vector256.ConditionalSelect(isSpecial, special, value) | sign).AsSingle();
    }

    // Up to 32 bits: a cast rounds them once.
    private static void Each<T>(ReadOnlySpan<byte> from, Span<float> into)
        where T : unmanaged, INumberBase<T>
    {
        var values = MemoryMarshal.Cast<byte, T>(from);
        for (var i = 0; i < values.Length; i++)
        {
            into[i] = float.CreateChecked(values[i]);
        }
    }

    private static void Booleans(ReadOnlySpan<byte> from, Span<float> into)
    {
        for (var i = 0; i < from.Length; i++)
        {
            into[i] = from[i] == 0 ? 0 : 1;
        }
    }

    private static void Long(ReadOnlySpan<byte> from, Span<float> into, bool isSigned)
    {
        var values = MemoryMarshal.Cast<byte, ulong>(from);
        for (var i = 0; i < values.Length; i++)
        {
            var isNegative = isSigned && (long)values[i] < 0;
            into[i] = isNegative ? -Rounded(0 - values[i]) : Rounded(values[i]);
        }
    }

    // Not by the cast of an unsigned one, which may go by way of a double and round twice.
    private static float Rounded(ulong value)
    {
        var surplus = 64 - 24 - (int)ulong.LeadingZeroCount(value);
        if (surplus <= 0)
        {
            return (int)value;
        }

        var kept = (int)(value >> surplus);
        var rest = value & ((1UL << surplus) - 1);
        var half = 1UL << (surplus - 1);
        var up = rest > half || (rest == half && (kept & 1) == 1);
        return MathF.ScaleB(up ? kept + 1 : kept, surplus);
    }
}
