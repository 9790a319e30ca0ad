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
        for (var from = 0; from < words.Length; from += Block)
        {
            Turn(words[from..Math.Min(from + Block, words.Length)], _planes.AsSpan(from * Halves));
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

        if (_room == Block)
        {
            return MatchOne(left, pairs);
        }

        Span<byte> far = stackalloc byte[2 * _room];
        Span<byte> first = stackalloc byte[_room];
        Span<byte> second = stackalloc byte[_room];
        Span<byte> nearest = stackalloc byte[left.Length];
        first.Fill(byte.MaxValue);
        second.Fill(byte.MaxValue);
        for (var unit = 0; unit < left.Length; unit += 2)
        {
            var (least, other) = Rows(left, unit, far, first, second);
            nearest[unit] = least;
            pairs[unit] = OnlyPlace(far[.._room], least);
            if (unit + 1 < left.Length)
            {
                nearest[unit + 1] = other;
                pairs[unit + 1] = OnlyPlace(far[_room..], other);
            }
        }

        return KeepMutual(pairs[..left.Length], nearest, first, second);
    }

    /// <summary>The same where all units are in one block: nothing is kept of how far.</summary>
    private int MatchOne(ReadOnlySpan<ulong> left, Span<int> pairs)
    {
        ref var planes = ref MemoryMarshal.GetArrayDataReference(_planes);
        ref var beyond = ref MemoryMarshal.GetArrayDataReference(_beyond);
        Span<byte> first = stackalloc byte[Block];
        Span<byte> second = stackalloc byte[Block];
        Span<byte> nearest = stackalloc byte[left.Length];
        first.Fill(byte.MaxValue);
        second.Fill(byte.MaxValue);
        ref var firsts = ref MemoryMarshal.GetReference(first);
        ref var seconds = ref MemoryMarshal.GetReference(second);
        for (var unit = 0; unit < left.Length; unit += 2)
        {
            var isLast = unit + 1 == left.Length;
            var (word, next) = (left[unit], left[isLast ? unit : unit + 1]);
            Count(word, next, ref planes, out var a, out var b, out var c, out var d);
            var none = isLast ? Vector256<byte>.AllBitsSet : Vector256<byte>.Zero;
            var over = Vector256.LoadUnsafe(ref beyond);
            var after = Vector256.LoadUnsafe(ref beyond, Lanes);
            (a, b) = (a | over, b | after);
            (c, d) = (c | over | none, d | after | none);
            Sink(a, c, ref firsts, ref seconds);
            Sink(b, d, ref Unsafe.Add(ref firsts, Lanes), ref Unsafe.Add(ref seconds, Lanes));
            nearest[unit] = Least(Vector256.Min(a, b));
            pairs[unit] = OnlyPlace(a, b, nearest[unit]);
            if (!isLast)
            {
                nearest[unit + 1] = Least(Vector256.Min(c, d));
                pairs[unit + 1] = OnlyPlace(c, d, nearest[unit + 1]);
            }
        }

        return KeepMutual(pairs[..left.Length], nearest, first, second);
    }

    private static void Turn(ReadOnlySpan<ulong> words, Span<byte> planes)
    {
        for (var half = 0; half < Halves; half += 2)
        {
            var low = planes.Slice(half * Block, Block);
            var high = planes.Slice((half + 1) * Block, Block);
            for (var unit = 0; unit < words.Length; unit++)
            {
                var both = (byte)(words[unit] >> (4 * half));
                low[unit] = (byte)(both & 15);
                high[unit] = (byte)(both >> 4);
            }
        }
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
    /// Two units against all (the last may be one), so that what is read of those is read once:
    /// how far each is, and by column the least so far and the next.
    /// </summary>
    /// <returns>How far the nearest of each is.</returns>
    private (byte Least, byte Other) Rows(
        ReadOnlySpan<ulong> left,
        int unit,
        Span<byte> far,
        Span<byte> first,
        Span<byte> second
    )
    {
        ref var planes = ref MemoryMarshal.GetArrayDataReference(_planes);
        ref var beyond = ref MemoryMarshal.GetArrayDataReference(_beyond);
        ref var fars = ref MemoryMarshal.GetReference(far);
        ref var firsts = ref MemoryMarshal.GetReference(first);
        ref var seconds = ref MemoryMarshal.GetReference(second);
        var isLast = unit + 1 == left.Length;
        var (word, next) = (left[unit], left[isLast ? unit : unit + 1]);
        var none = isLast ? Vector256<byte>.AllBitsSet : Vector256<byte>.Zero;
        var (least, other) = (Vector256<byte>.AllBitsSet, Vector256<byte>.AllBitsSet);
        for (nuint at = 0; at < (nuint)_room; at += Block)
        {
            ref var plane = ref Unsafe.Add(ref planes, at * Halves);
            Count(word, next, ref plane, out var a, out var b, out var c, out var d);
            var over = Vector256.LoadUnsafe(ref beyond, at);
            var after = Vector256.LoadUnsafe(ref beyond, at + Lanes);
            (a, b) = (a | over, b | after);
            (c, d) = (c | over | none, d | after | none);
            a.StoreUnsafe(ref fars, at);
            b.StoreUnsafe(ref fars, at + Lanes);
            c.StoreUnsafe(ref fars, (nuint)_room + at);
            d.StoreUnsafe(ref fars, (nuint)_room + at + Lanes);
            Sink(a, c, ref Unsafe.Add(ref firsts, at), ref Unsafe.Add(ref seconds, at));
            Sink(
                b,
                d,
                ref Unsafe.Add(ref firsts, at + Lanes),
                ref Unsafe.Add(ref seconds, at + Lanes)
            );
            least = Vector256.Min(least, Vector256.Min(a, b));
            other = Vector256.Min(other, Vector256.Min(c, d));
        }

        return (Least(least), Least(other));
    }

    /// <summary>Keeps the two least of each column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sink(
        Vector256<byte> one,
        Vector256<byte> other,
        ref byte first,
        ref byte second
    )
    {
        var (least, next) = Sunk(
            Vector256.LoadUnsafe(ref first),
            Vector256.LoadUnsafe(ref second),
            one,
            other
        );
        least.StoreUnsafe(ref first);
        next.StoreUnsafe(ref second);
    }

    /// <summary>
    /// How far each of two units is from each of sixty-four: the fewer of the signs that differ and
    /// of those that do not.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count(
        ulong word,
        ulong next,
        ref byte plane,
        out Vector256<byte> a,
        out Vector256<byte> b,
        out Vector256<byte> c,
        out Vector256<byte> d
    )
    {
        ref var tables = ref MemoryMarshal.GetArrayDataReference(s_differing);
        var (one, other) = (Vector256<byte>.Zero, Vector256<byte>.Zero);
        var (nextOne, nextOther) = (Vector256<byte>.Zero, Vector256<byte>.Zero);
        var (rest, more) = (BitOperations.RotateLeft(word, 5), BitOperations.RotateLeft(next, 5));
        for (nuint half = 0; half < Halves * Block; half += 2 * Block)
        {
            var left = Vector256.LoadUnsafe(ref plane, half);
            var right = Vector256.LoadUnsafe(ref plane, half + Lanes);
            var table = Vector256.LoadUnsafe(ref tables, (nuint)(rest & (15 * Lanes)));
            one += Avx2.Shuffle(table, left);
            other += Avx2.Shuffle(table, right);
            table = Vector256.LoadUnsafe(ref tables, (nuint)(more & (15 * Lanes)));
            nextOne += Avx2.Shuffle(table, left);
            nextOther += Avx2.Shuffle(table, right);
            left = Vector256.LoadUnsafe(ref plane, half + Block);
            right = Vector256.LoadUnsafe(ref plane, half + Block + Lanes);
            table = Vector256.LoadUnsafe(ref tables, (nuint)((rest >> 4) & (15 * Lanes)));
            one += Avx2.Shuffle(table, left);
            other += Avx2.Shuffle(table, right);
            table = Vector256.LoadUnsafe(ref tables, (nuint)((more >> 4) & (15 * Lanes)));
            nextOne += Avx2.Shuffle(table, left);
            nextOther += Avx2.Shuffle(table, right);
            rest = BitOperations.RotateRight(rest, 8);
            more = BitOperations.RotateRight(more, 8);
        }

        var all = Vector256.Create((byte)Signs);
        a = Vector256.Min(one, all - one);
        b = Vector256.Min(other, all - other);
        c = Vector256.Min(nextOne, all - nextOne);
        d = Vector256.Min(nextOther, all - nextOther);
    }

    /// <summary>The two least of each column and of two values more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<byte> Least, Vector256<byte> Next) Sunk(
        Vector256<byte> least,
        Vector256<byte> next,
        Vector256<byte> one,
        Vector256<byte> other
    )
    {
        var (low, high) = (Vector256.Min(one, other), Vector256.Max(one, other));
        return (
            Vector256.Min(least, low),
            Vector256.Min(Vector256.Max(least, low), Vector256.Min(next, high))
        );
    }

    private static byte Least(Vector256<byte> values)
    {
        var bytes = Vector128.Min(values.GetLower(), values.GetUpper());
        var low = bytes.AsUInt16() & Vector128.Create((ushort)byte.MaxValue);
        return (byte)Sse41.MinHorizontal(Vector128.Min(low, bytes.AsUInt16() >>> 8)).ToScalar();
    }

    /// <summary>
    /// Where a value stands in a block, if it does at one place alone; or −1. Without a branch:
    /// whether it does is a toss.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int OnlyPlace(Vector256<byte> one, Vector256<byte> other, byte value)
    {
        var mask = Places(one, other, value);
        var more = mask & (mask - 1);
        return BitOperations.TrailingZeroCount(mask) | (int)((long)(more | (0 - more)) >> 63);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Places(Vector256<byte> one, Vector256<byte> other, byte value)
    {
        var sought = Vector256.Create(value);
        return Vector256.Equals(one, sought).ExtractMostSignificantBits()
            | ((ulong)Vector256.Equals(other, sought).ExtractMostSignificantBits() << Lanes);
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
            var mask = Places(one, other, value);
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
