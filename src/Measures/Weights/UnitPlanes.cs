using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Concord.Measures.Weights;

/// <summary>
/// The units of one layer in one view, a word each, turned on their side: a unit a byte, sixteen
/// half bytes below each other, so that one unit is held against sixty-four of them at once.
/// </summary>
internal sealed class UnitPlanes
{
    private const int Lanes = 32;
    private const int Block = 2 * Lanes;
    private const int Halves = 16;
    private const int Signs = 64;

    /// <summary>
    /// For each half byte the signs in which each other one differs from it, twice.
    /// </summary>
    private static readonly byte[] s_differing = Differing();

    private readonly ulong[] _words;
    private readonly byte[] _planes;
    private readonly byte[] _beyond;
    private readonly int _room;

    /// <summary>Units that many others are matched with.</summary>
    public UnitPlanes(ReadOnlySpan<ulong> words)
    {
        _words = words.ToArray();
        _room = (words.Length + Block - 1) / Block * Block;
        _planes = new byte[Halves * _room];
        _beyond = new byte[_room];
        _beyond.AsSpan(words.Length).Fill(byte.MaxValue);
        ref var planes = ref MemoryMarshal.GetArrayDataReference(_planes);
        for (var unit = 0; unit < words.Length; unit++)
        {
            var rest = words[unit];
            ref var to = ref Unsafe.Add(
                ref planes,
                (unit / Block * Block * Halves) + (unit % Block)
            );
            for (var half = 0; half < Halves; half++)
            {
                Unsafe.Add(ref to, half * Block) = (byte)(rest & 15);
                rest >>= 4;
            }
        }
    }

    /// <summary>
    /// As <see cref="UnitMatching.Match" />: each place of <paramref name="pairs" /> gets the unit
    /// that the left one is matched with, or −1.
    /// </summary>
    /// <returns>How many are matched.</returns>
    public int Match(ReadOnlySpan<ulong> left, Span<int> pairs)
    {
        if (!Avx2.IsSupported || left.IsEmpty || _room == 0)
        {
            return UnitMatching.Match(left, _words, 1, pairs);
        }

        Span<byte> far = stackalloc byte[_room];
        Span<byte> first = stackalloc byte[_room];
        Span<byte> second = stackalloc byte[_room];
        Span<byte> nearest = stackalloc byte[left.Length];
        first.Fill(byte.MaxValue);
        second.Fill(byte.MaxValue);
        for (var unit = 0; unit < left.Length; unit++)
        {
            var least = Row(left[unit], far, first, second);
            nearest[unit] = least;
            pairs[unit] = OnlyPlace(far, least);
        }

        return KeepMutual(pairs[..left.Length], nearest, first, second);
    }

    /// <summary>
    /// Leaves the pairs that are nearest from both sides; without a branch to guess.
    /// </summary>
    private static int KeepMutual(
        Span<int> pairs,
        ReadOnlySpan<byte> nearest,
        ReadOnlySpan<byte> first,
        ReadOnlySpan<byte> second
    )
    {
        var matched = 0;
        for (var unit = 0; unit < pairs.Length; unit++)
        {
            var (place, least) = (pairs[unit], nearest[unit]);
            var column = Math.Max(place, 0);
            var isNearest = ((first[column] ^ least) - 1) >> 31;
            var isOnly = (least - second[column]) >> 31;
            var isMutual = ~(place >> 31) & isNearest & isOnly;
            pairs[unit] = place | ~isMutual;
            matched -= isMutual;
        }

        return matched;
    }

    /// <summary>
    /// One unit against all: how far each is (the fewer of the signs that differ and of those that
    /// do not), and by column the least so far and the next.
    /// </summary>
    /// <returns>How far the nearest is.</returns>
    private byte Row(ulong word, Span<byte> far, Span<byte> first, Span<byte> second)
    {
        ref var planes = ref MemoryMarshal.GetArrayDataReference(_planes);
        ref var beyond = ref MemoryMarshal.GetArrayDataReference(_beyond);
        ref var fars = ref MemoryMarshal.GetReference(far);
        ref var firsts = ref MemoryMarshal.GetReference(first);
        ref var seconds = ref MemoryMarshal.GetReference(second);
        var least = Vector256<byte>.AllBitsSet;
        for (nuint at = 0; at < (nuint)_room; at += Block)
        {
            var (one, other) = Count(word, ref Unsafe.Add(ref planes, at * Halves));
            one |= Vector256.LoadUnsafe(ref beyond, at);
            other |= Vector256.LoadUnsafe(ref beyond, at + Lanes);
            one.StoreUnsafe(ref fars, at);
            other.StoreUnsafe(ref fars, at + Lanes);
            Sink(one, ref Unsafe.Add(ref firsts, at), ref Unsafe.Add(ref seconds, at));
            Sink(
                other,
                ref Unsafe.Add(ref firsts, at + Lanes),
                ref Unsafe.Add(ref seconds, at + Lanes)
            );
            least = Vector256.Min(least, Vector256.Min(one, other));
        }

        return Least(least);
    }

    /// <summary>How far a unit is from each of sixty-four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<byte> One, Vector256<byte> Other) Count(ulong word, ref byte plane)
    {
        ref var tables = ref MemoryMarshal.GetArrayDataReference(s_differing);
        var (one, other) = (Vector256<byte>.Zero, Vector256<byte>.Zero);
        var rest = BitOperations.RotateLeft(word, 5);
        for (nuint at = 0; at < Halves * Block; at += 4 * Block)
        {
            Add(ref one, ref other, rest, ref tables, ref Unsafe.Add(ref plane, at));
            Add(ref one, ref other, rest >> 4, ref tables, ref Unsafe.Add(ref plane, at + Block));
            Add(
                ref one,
                ref other,
                rest >> 8,
                ref tables,
                ref Unsafe.Add(ref plane, at + (2 * Block))
            );
            Add(
                ref one,
                ref other,
                rest >> 12,
                ref tables,
                ref Unsafe.Add(ref plane, at + (3 * Block))
            );
            rest = BitOperations.RotateRight(rest, 16);
        }

        var all = Vector256.Create((byte)Signs);
        return (Vector256.Min(one, all - one), Vector256.Min(other, all - other));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        ref Vector256<byte> one,
        ref Vector256<byte> other,
        ulong rest,
        ref byte tables,
        ref byte plane
    )
    {
        var table = Vector256.LoadUnsafe(ref tables, (nuint)(rest & (15 * Lanes)));
        one += Avx2.Shuffle(table, Vector256.LoadUnsafe(ref plane));
        other += Avx2.Shuffle(table, Vector256.LoadUnsafe(ref plane, Lanes));
    }

    /// <summary>Keeps the two least of each column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sink(Vector256<byte> values, ref byte first, ref byte second)
    {
        var (least, next) = (Vector256.LoadUnsafe(ref first), Vector256.LoadUnsafe(ref second));
        Vector256.Min(next, Vector256.Max(least, values)).StoreUnsafe(ref second);
        Vector256.Min(least, values).StoreUnsafe(ref first);
    }

    private static byte Least(Vector256<byte> values)
    {
        var bytes = Vector128.Min(values.GetLower(), values.GetUpper());
        var low = bytes.AsUInt16() & Vector128.Create((ushort)byte.MaxValue);
        return (byte)Sse41.MinHorizontal(Vector128.Min(low, bytes.AsUInt16() >>> 8)).ToScalar();
    }

    /// <summary>Where a value stands, if it does at one place alone; or −1.</summary>
    private static int OnlyPlace(ReadOnlySpan<byte> values, byte value)
    {
        var (found, count) = (0, 0);
        ref var from = ref MemoryMarshal.GetReference(values);
        for (var at = 0; at < values.Length; at += Block)
        {
            var one = Vector256.LoadUnsafe(ref from, (nuint)at);
            var other = Vector256.LoadUnsafe(ref from, (nuint)at + Lanes);
            var sought = Vector256.Create(value);
            var mask =
                Vector256.Equals(one, sought).ExtractMostSignificantBits()
                | ((ulong)Vector256.Equals(other, sought).ExtractMostSignificantBits() << Lanes);
            count += BitOperations.PopCount(mask);
            found |=
                (at + BitOperations.TrailingZeroCount(mask)) & -(BitOperations.PopCount(mask) & 1);
        }

        return found | (1 - count) >> 31;
    }

    private static byte[] Differing()
    {
        var tables = new byte[Halves * Lanes];
        for (var at = 0; at < tables.Length; at++)
        {
            tables[at] = (byte)BitOperations.PopCount((uint)((at / Lanes) ^ (at % Halves)));
        }

        return tables;
    }
}
