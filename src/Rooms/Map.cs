using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Concord.Rooms;

/// <summary>
/// A persistent map: a compressed hash-array-mapped prefix tree (Steindorfer and Vinju, OOPSLA
/// 2015) of fan-out 32. Setting a key copies one path of small arrays and shares the rest, so an
/// old
/// map stays as it was and may be read by any thread.
/// </summary>
/// <remarks>
/// The order of enumeration is not specified: whatever is digested or shown must sort.
/// </remarks>
/// <typeparam name="TKey">The key, with a good hash code.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
public sealed class Map<TKey, TValue> : IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    /// <summary>The map without keys.</summary>
    public static readonly Map<TKey, TValue> Empty = new(Node.None, 0);

    private readonly Node _root;

    private Map(Node root, int count)
    {
        _root = root;
        Count = count;
    }

    /// <summary>The number of keys.</summary>
    public int Count { get; }

    /// <summary>The value of a key.</summary>
    /// <exception cref="KeyNotFoundException">The key is not in the map.</exception>
    public TValue this[TKey key] =>
        TryGet(key, out var value) ? value : throw new KeyNotFoundException($"No key {key}.");

    /// <summary>Finds the value of a key.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var hash = HashOf(key);
        var node = _root;
        for (var shift = 0; ; shift += 5)
        {
            if (shift >= 35)
            {
                return node.FindCollided(key, out value);
            }

            var bit = 1u << (int)((hash >> shift) & 31);
            if ((node.DataMap & bit) != 0)
            {
                ref var slot = ref node.Slots[Below(node.DataMap, bit)];
                var same = EqualityComparer<TKey>.Default.Equals(slot.Key, key);
                value = same ? slot.Value : default;
                return same;
            }

            if ((node.NodeMap & bit) == 0)
            {
                value = default;
                return false;
            }

            node = node.Children[Below(node.NodeMap, bit)];
        }
    }

    /// <summary>Whether the key is in the map.</summary>
    public bool Has(TKey key) => TryGet(key, out _);

    /// <summary>The value of a key, or the default.</summary>
    public TValue? Find(TKey key) => TryGet(key, out var value) ? value : default;

    /// <summary>The map with the key set to the value.</summary>
    public Map<TKey, TValue> Set(TKey key, TValue value)
    {
        var added = false;
        var root = _root.Set(key, value, HashOf(key), 0, ref added);
        return new(root, added ? Count + 1 : Count);
    }

    /// <summary>The map without the key.</summary>
    public Map<TKey, TValue> Remove(TKey key)
    {
        var root = _root.Remove(key, HashOf(key), 0);
        return ReferenceEquals(root, _root) ? this : new(root ?? Node.None, Count - 1);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator()
    {
        var pending = new Stack<Node>();
        pending.Push(_root);
        while (pending.TryPop(out var node))
        {
            foreach (var slot in node.Slots)
            {
                yield return new(slot.Key, slot.Value);
            }

            foreach (var child in node.Children)
            {
                pending.Push(child);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The keys, in no order.</summary>
    public IEnumerable<TKey> Keys => this.Select(pair => pair.Key);

    /// <summary>The values, in no order.</summary>
    public IEnumerable<TValue> Values => this.Select(pair => pair.Value);

    // Fibonacci hashing: ids are dense small numbers, digests are uniform; both spread over the top
    // bits, of which seven groups of five are used.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HashOf(TKey key) => ((uint)key.GetHashCode() * 0x9E3779B97F4A7C15UL) >> 29;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Below(uint map, uint bit) => BitOperations.PopCount(map & (bit - 1));

    private struct Slot(TKey key, TValue value)
    {
        public readonly TKey Key = key;
        public readonly TValue Value = value;
    }

    private sealed class Node(uint dataMap, uint nodeMap, Slot[] slots, Node[] children)
    {
        public static readonly Node None = new(0, 0, [], []);

        public readonly uint DataMap = dataMap;
        public readonly uint NodeMap = nodeMap;
        public readonly Slot[] Slots = slots;
        public readonly Node[] Children = children;

        public bool FindCollided(TKey key, [MaybeNullWhen(false)] out TValue value)
        {
            var at = IndexOf(key);
            value = at < 0 ? default : Slots[at].Value;
            return at >= 0;
        }

        public Node Set(TKey key, TValue value, ulong hash, int shift, ref bool added)
        {
            if (shift >= 35)
            {
                var at = IndexOf(key);
                added = at < 0;
                return new(
                    0,
                    0,
                    at < 0
                        ? Insert(Slots, Slots.Length, new(key, value))
                        : With(Slots, at, new(key, value)),
                    Children
                );
            }

            var bit = 1u << (int)((hash >> shift) & 31);
            if ((DataMap & bit) != 0)
            {
                var at = Below(DataMap, bit);
                var present = Slots[at];
                if (EqualityComparer<TKey>.Default.Equals(present.Key, key))
                {
                    return new(DataMap, NodeMap, With(Slots, at, new(key, value)), Children);
                }

                added = true;
                var child = Pair(present, HashOf(present.Key), new(key, value), hash, shift + 5);
                return new(
                    DataMap ^ bit,
                    NodeMap | bit,
                    Without(Slots, at),
                    Insert(Children, Below(NodeMap, bit), child)
                );
            }

            if ((NodeMap & bit) != 0)
            {
                var at = Below(NodeMap, bit);
                var child = Children[at].Set(key, value, hash, shift + 5, ref added);
                return new(DataMap, NodeMap, Slots, With(Children, at, child));
            }

            added = true;
            return new(
                DataMap | bit,
                NodeMap,
                Insert(Slots, Below(DataMap, bit), new(key, value)),
                Children
            );
        }

        // Returns this when the key is absent, null when the node would be empty.
        public Node? Remove(TKey key, ulong hash, int shift)
        {
            if (shift >= 35)
            {
                var at = IndexOf(key);
                return at < 0 ? this
                    : Slots.Length == 1 ? null
                    : new(0, 0, Without(Slots, at), Children);
            }

            var bit = 1u << (int)((hash >> shift) & 31);
            if ((DataMap & bit) != 0)
            {
                var at = Below(DataMap, bit);
                return !EqualityComparer<TKey>.Default.Equals(Slots[at].Key, key) ? this
                    : Slots.Length == 1 && NodeMap == 0 ? null
                    : new(DataMap ^ bit, NodeMap, Without(Slots, at), Children);
            }

            if ((NodeMap & bit) == 0)
            {
                return this;
            }

            var place = Below(NodeMap, bit);
            var before = Children[place];
            var after = before.Remove(key, hash, shift + 5);
            return ReferenceEquals(after, before) ? this
                : after is not null ? new(DataMap, NodeMap, Slots, With(Children, place, after))
                : Slots.Length == 0 && Children.Length == 1 ? null
                : new(DataMap, NodeMap ^ bit, Slots, Without(Children, place));
        }

        private int IndexOf(TKey key)
        {
            for (var i = 0; i < Slots.Length; i++)
            {
                if (EqualityComparer<TKey>.Default.Equals(Slots[i].Key, key))
                {
                    return i;
                }
            }

            return -1;
        }

        private static Node Pair(Slot first, ulong firstHash, Slot second, ulong hash, int shift)
        {
            if (shift >= 35)
            {
                return new(0, 0, [first, second], []);
            }

            var a = (int)((firstHash >> shift) & 31);
            var b = (int)((hash >> shift) & 31);
            return a == b
                ? new(0, 1u << a, [], [Pair(first, firstHash, second, hash, shift + 5)])
                : new((1u << a) | (1u << b), 0, a < b ? [first, second] : [second, first], []);
        }

        private static T[] With<T>(T[] array, int at, T item)
        {
            var copy = (T[])array.Clone();
            copy[at] = item;
            return copy;
        }

        private static T[] Insert<T>(T[] array, int at, T item)
        {
            var copy = new T[array.Length + 1];
            Array.Copy(array, copy, at);
            copy[at] = item;
            Array.Copy(array, at, copy, at + 1, array.Length - at);
            return copy;
        }

        private static T[] Without<T>(T[] array, int at)
        {
            var copy = new T[array.Length - 1];
            Array.Copy(array, copy, at);
            Array.Copy(array, at + 1, copy, at, copy.Length - at);
            return copy;
        }
    }
}
