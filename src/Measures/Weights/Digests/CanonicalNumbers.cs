using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Concord.Measures.Weights.Digests;

/// <summary>
/// Numbers as they enter a digest: in the first of BF16, F16 and F32 that holds all of a tensor
/// exactly, with one zero and one NaN; all else as stored (specs/fingerprint.md, §1).
/// </summary>
internal static class CanonicalNumbers
{
    private const ushort BrainInfinity = 0x7F80;
    private const ushort BrainNaN = 0x7FC0;
    private const ushort HalfInfinity = 0x7C00;
    private const ushort HalfNaN = 0x7E00;
    private const ushort HalfMagnitude = 0x7FFF;
    private const uint SingleMagnitude = 0x7FFF_FFFF;
    private const uint SingleInfinity = 0x7F80_0000;
    private const uint SingleNaN = 0x7FC0_0000;

    /// <summary>
    /// The types to try for a stored type, in this order; none: it enters as stored.
    /// </summary>
    public static ReadOnlySpan<ElementType> Candidates(ElementType stored) =>
        stored switch
        {
            ElementType.F32 => [ElementType.BF16, ElementType.F16, ElementType.F32],
            ElementType.F16 => [ElementType.BF16, ElementType.F16],
            ElementType.BF16
            or ElementType.F8E4M3
            or ElementType.F8E5M2
            or ElementType.F8E8M0
            or ElementType.F8E4M3Fnuz
            or ElementType.F8E5M2Fnuz
            or ElementType.F6E2M3
            or ElementType.F6E3M2
            or ElementType.F4 => [ElementType.BF16],
            _ => [],
        };

    /// <summary>
    /// Rewrites stored bytes in a type; false: some number does not fit it exactly.
    /// </summary>
    /// <param name="stored">How they are stored.</param>
    /// <param name="as">The type.</param>
    /// <param name="bytes">Whole blocks; may be overwritten.</param>
    /// <param name="room">Room for the result where it cannot overwrite.</param>
    /// <param name="result">The bytes that enter the digest.</param>
    public static bool TryRewrite(
        ElementType stored,
        ElementType @as,
        Span<byte> bytes,
        CanonicalRoom room,
        out ReadOnlySpan<byte> result
    )
    {
        result = bytes;
        if (stored == ElementType.BF16)
        {
            Tidy(MemoryMarshal.Cast<byte, ushort>(bytes), HalfMagnitude, BrainInfinity, BrainNaN);
            return true;
        }

        if (stored == ElementType.F16 && @as == ElementType.F16)
        {
            Tidy(MemoryMarshal.Cast<byte, ushort>(bytes), HalfMagnitude, HalfInfinity, HalfNaN);
            return true;
        }

        if (stored == ElementType.F32 && @as == ElementType.F32)
        {
            Tidy(MemoryMarshal.Cast<byte, uint>(bytes), SingleMagnitude, SingleInfinity, SingleNaN);
            return true;
        }

        if (@as is not (ElementType.BF16 or ElementType.F16))
        {
            return true;
        }

        var numbers = room.Decode(stored, bytes);
        var into = room.Halves(numbers.Length);
        result = MemoryMarshal.AsBytes(into);
        return @as == ElementType.BF16 ? TryBrain(numbers, into) : TryHalf(numbers, into);
    }

    /// <summary>One zero, and one NaN.</summary>
    private static void Tidy<T>(Span<T> numbers, T magnitude, T infinity, T nan)
        where T : unmanaged, IBinaryInteger<T>
    {
        var at = 0;
        for (; at + Vector256<T>.Count <= numbers.Length; at += Vector256<T>.Count)
        {
            var part = Vector256.Create(numbers.Slice(at, Vector256<T>.Count));
            var size = part & Vector256.Create(magnitude);
            var isNaN = Vector256.GreaterThan(size, Vector256.Create(infinity));
            var isZero = Vector256.Equals(size, Vector256<T>.Zero);
            if ((isNaN | isZero) != Vector256<T>.Zero)
            {
                Vector256
                    .ConditionalSelect(isNaN, Vector256.Create(nan), Vector256.AndNot(part, isZero))
                    .CopyTo(numbers[at..]);
            }
        }

        for (; at < numbers.Length; at++)
        {
            var size = numbers[at] & magnitude;
            numbers[at] =
                size > infinity ? nan
                : size == T.Zero ? T.Zero
                : numbers[at];
        }
    }

    private static bool TryBrain(ReadOnlySpan<float> numbers, Span<ushort> into)
    {
        for (var at = 0; at < numbers.Length; at++)
        {
            var bits = BitConverter.SingleToUInt32Bits(numbers[at]);
            var size = bits & SingleMagnitude;
            if (size > SingleInfinity)
            {
                into[at] = BrainNaN;
            }
            else if ((bits & 0xFFFF) != 0)
            {
                return false;
            }
            else
            {
                into[at] = size == 0 ? (ushort)0 : (ushort)(bits >> 16);
            }
        }

        return true;
    }

    private static bool TryHalf(ReadOnlySpan<float> numbers, Span<ushort> into)
    {
        for (var at = 0; at < numbers.Length; at++)
        {
            var half = (Half)numbers[at];
            if (float.IsNaN(numbers[at]))
            {
                into[at] = HalfNaN;
            }
            else if ((float)half != numbers[at])
            {
                return false;
            }
            else
            {
                into[at] = numbers[at] == 0 ? (ushort)0 : BitConverter.HalfToUInt16Bits(half);
            }
        }

        return true;
    }
}
