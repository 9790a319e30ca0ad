using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Concord.Measures.Weights.Index;

/// <summary>
/// Holds a sketch against all others, 128 bytes each, and keeps the nearest. A sketch without a
/// sign set says nothing and is near to none.
/// </summary>
public sealed class SketchScan
{
    /// <summary>How many bytes a sketch has.</summary>
    public const int Size = 8 * Fingerprint.ScanWords;

    /// <summary>
    /// Within so many signs of 1,024 a relation is likely: unrelated ones differ in 512 ± 16.
    /// </summary>
    public const int DefaultDistance = 400;

    /// <summary>As many are compared by their units.</summary>
    public const int DefaultMost = 1000;

    private const int SlotBits = 40;

    private readonly byte[] _query = new byte[Size];
    private readonly bool _saysNothing;
    private readonly int _most;
    private readonly int _within;
    private readonly Func<long, bool> _stands;
    private readonly List<long> _keys;
    private long _limit = long.MaxValue;

    /// <summary>A scan that has seen no sketch yet.</summary>
    /// <param name="query">What is near is looked for: 16 words.</param>
    /// <param name="within">The largest distance.</param>
    /// <param name="most">How many are kept.</param>
    /// <param name="stands">Whether a slot is looked at; asked of near ones alone.</param>
    public SketchScan(ReadOnlySpan<ulong> query, int within, int most, Func<long, bool> stands)
    {
        if (query.Length != Fingerprint.ScanWords)
        {
            throw new ArgumentException("A sketch has 16 words.", nameof(query));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        Write(query, _query);
        _saysNothing = !query.ContainsAnyExcept(0UL);
        (_within, _most, _stands) = (within, most, stands);
        _keys = new(2 * most);
    }

    /// <summary>How many were within the distance.</summary>
    public long Within { get; private set; }

    /// <summary>Writes a sketch as it is scanned.</summary>
    public static void Write(ReadOnlySpan<ulong> words, Span<byte> into)
    {
        for (var word = 0; word < words.Length; word++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(into[(8 * word)..], words[word]);
        }
    }

    /// <summary>Takes up sketches, the first of which has a slot.</summary>
    public void Take(ReadOnlySpan<byte> sketches, long first)
    {
        if (_saysNothing)
        {
            return;
        }

        // Signs are counted alike in either order of bytes, so the words need no turning.
        var query = MemoryMarshal.Cast<byte, ulong>(_query);
        var words = MemoryMarshal.Cast<byte, ulong>(sketches);
        for (var slot = first; words.Length >= Fingerprint.ScanWords; slot++)
        {
            var sketch = words[..Fingerprint.ScanWords];
            words = words[Fingerprint.ScanWords..];
            var distance = Distance(query, sketch);
            if (distance <= _within && sketch.ContainsAnyExcept(0UL) && _stands(slot))
            {
                Keep(((long)distance << SlotBits) | slot);
            }
        }
    }

    /// <summary>
    /// The slots of the nearest and how far they are; nearest first, then by slot.
    /// </summary>
    public IReadOnlyList<(long Slot, int Distance)> Nearest()
    {
        Cut();
        return [.. _keys.Select(key => (key & ((1L << SlotBits) - 1), (int)(key >> SlotBits)))];
    }

    private static int Distance(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        var differing = 0;
        for (var word = 0; word < Fingerprint.ScanWords && word < left.Length; word += 4)
        {
            differing +=
                BitOperations.PopCount(left[word] ^ right[word])
                + BitOperations.PopCount(left[word + 1] ^ right[word + 1])
                + BitOperations.PopCount(left[word + 2] ^ right[word + 2])
                + BitOperations.PopCount(left[word + 3] ^ right[word + 3]);
        }

        return differing;
    }

    private void Keep(long key)
    {
        Within++;
        if (key > _limit)
        {
            return;
        }

        _keys.Add(key);
        if (_keys.Count == 2 * _most)
        {
            Cut();
        }
    }

    private void Cut()
    {
        _keys.Sort();
        if (_keys.Count > _most)
        {
            _keys.RemoveRange(_most, _keys.Count - _most);
            _limit = _keys[^1];
        }
    }
}
