using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Concord.Rooms;

/// <summary>
/// A persistent map: a compressed hash-array-mapped prefix tree (Steindorfer and Vinju, OOPSLA
/// 2015) of fan-out 32. Setting a key copies one path of small arrays and shares the rest, so an
/// old
/// map stays as it was and may be read by any thread. Inside an <see cref="Edit"/> nodes that the
/// edit
/// itself made are changed in place, which makes a replay several times faster.
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
    public static readonly Map<TKey, TValue> Empty = new(Node.None, 0, null);

    private readonly Edit? _edit;
    private Node _root;

    private Map(Node root, int count, Edit? edit)
    {
        _root = root;
        Count = count;
        _edit = edit;
    }

    /// <summary>The number of keys.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// The same map inside an edit, in which a change changes the map itself; null: outside any.
    /// This map is not changed by what the edit does.
    /// </summary>
    public Map<TKey, TValue> In(Edit? edit) => new(_root, Count, edit);

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
        var root = _root.Set(_edit, new(key, value), HashOf(key), 0, ref added);
        return Changed(root, added ? Count + 1 : Count);
    }

    /// <summary>The map without the key.</summary>
    public Map<TKey, TValue> Remove(TKey key)
    {
        if (!Has(key))
        {
            return this;
        }

        return Changed(_root.Remove(_edit, key, HashOf(key), 0) ?? Node.None, Count - 1);
    }

    private Map<TKey, TValue> Changed(Node root, int count)
    {
        if (_edit is null)
        {
            return new(root, count, null);
        }

        _root = root;
        Count = count;
        return this;
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

    private sealed class Node(
        uint dataMap,
        uint nodeMap,
        Slot[] slots,
        Node[] children,
        Edit? owner = null
    )
    {
        public static readonly Node None = new(0, 0, [], []);

        public uint DataMap { get; private set; } = dataMap;

        public uint NodeMap { get; private set; } = nodeMap;

        public Slot[] Slots { get; private set; } = slots;

        public Node[] Children { get; private set; } = children;

        public bool FindCollided(TKey key, [MaybeNullWhen(false)] out TValue value)
        {
            var at = IndexOf(key);
            value = at < 0 ? default : Slots[at].Value;
            return at >= 0;
        }

        public Node Set(Edit? edit, Slot slot, ulong hash, int shift, ref bool added)
        {
            if (shift >= 35)
            {
                var found = IndexOf(slot.Key);
                added = found < 0;
                return found < 0
                    ? Become(edit, 0, 0, Insert(Slots, Slots.Length, slot), Children)
                    : Become(edit, 0, 0, With(edit, Slots, found, slot), Children);
            }

            var bit = 1u << (int)((hash >> shift) & 31);
            if ((NodeMap & bit) != 0)
            {
                var place = Below(NodeMap, bit);
                var child = Children[place].Set(edit, slot, hash, shift + 5, ref added);
                var kept = With(edit, Children, place, child);
                return Become(edit, DataMap, NodeMap, Slots, kept);
            }

            var at = Below(DataMap, bit);
            if ((DataMap & bit) == 0)
            {
                added = true;
                return Become(edit, DataMap | bit, NodeMap, Insert(Slots, at, slot), Children);
            }

            var present = Slots[at];
            if (EqualityComparer<TKey>.Default.Equals(present.Key, slot.Key))
            {
                return Become(edit, DataMap, NodeMap, With(edit, Slots, at, slot), Children);
            }

            added = true;
            var pair = Pair(edit, present, HashOf(present.Key), slot, hash, shift + 5);
            var below = Insert(Children, Below(NodeMap, bit), pair);
            return Become(edit, DataMap ^ bit, NodeMap | bit, Without(Slots, at), below);
        }

        // The key is in the map. Returns null when the node would be empty.
        public Node? Remove(Edit? edit, TKey key, ulong hash, int shift)
        {
            if (shift >= 35)
            {
                return Slots.Length == 1
                    ? null
                    : Become(edit, 0, 0, Without(Slots, IndexOf(key)), Children);
            }

            var bit = 1u << (int)((hash >> shift) & 31);
            if ((DataMap & bit) != 0)
            {
                return Slots.Length == 1 && NodeMap == 0
                    ? null
                    : Become(
                        edit,
                        DataMap ^ bit,
                        NodeMap,
                        Without(Slots, Below(DataMap, bit)),
                        Children
                    );
            }

            var place = Below(NodeMap, bit);
            var after = Children[place].Remove(edit, key, hash, shift + 5);
            return after is not null
                    ? Become(edit, DataMap, NodeMap, Slots, With(edit, Children, place, after))
                : Slots.Length == 0 && Children.Length == 1 ? null
                : Become(edit, DataMap, NodeMap ^ bit, Slots, Without(Children, place));
        }

        private bool IsOf(Edit? edit) => edit is not null && ReferenceEquals(owner, edit);

        // A node of an edit owns its arrays, so what it takes over from another node it copies.
        private Node Become(Edit? edit, uint dataMap, uint nodeMap, Slot[] slots, Node[] children)
        {
            if (!IsOf(edit))
            {
                return new(
                    dataMap,
                    nodeMap,
                    edit is not null && ReferenceEquals(slots, Slots) ? [.. slots] : slots,
                    edit is not null && ReferenceEquals(children, Children)
                        ? [.. children]
                        : children,
                    edit
                );
            }

            DataMap = dataMap;
            NodeMap = nodeMap;
            Slots = slots;
            Children = children;
            return this;
        }

        private T[] With<T>(Edit? edit, T[] array, int at, T item)
        {
            var copy = IsOf(edit) ? array : (T[])array.Clone();
            copy[at] = item;
            return copy;
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

        private static Node Pair(
            Edit? edit,
            Slot first,
            ulong firstHash,
            Slot second,
            ulong hash,
            int shift
        )
        {
            if (shift >= 35)
            {
                return new(0, 0, [first, second], [], edit);
            }

            var a = (int)((firstHash >> shift) & 31);
            var b = (int)((hash >> shift) & 31);
            return a == b
                ? new(0, 1u << a, [], [Pair(edit, first, firstHash, second, hash, shift + 5)], edit)
                : new(
                    (1u << a) | (1u << b),
                    0,
                    a < b ? [first, second] : [second, first],
                    [],
                    edit
                );
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
