using System.Runtime.InteropServices;

namespace Concord.Measures.Weights.Index;

/// <summary>
/// Which records have a digest: chains by a hash that is keyed, since anybody may file digests that
/// he chose. One writer adds while any number reads.
/// </summary>
public sealed class DigestTable
{
    private const int FewestBuckets = 1024;
    private const ulong Odd = 0xD6E8FEB86659FD93;

    private readonly ulong _key;
    private volatile Chains _chains = new(FewestBuckets);

    /// <summary>A table with no records.</summary>
    /// <param name="key">A number that nobody outside can know.</param>
    public DigestTable(ulong key) => _key = key;

    /// <summary>How many records it has.</summary>
    public int Count => _chains.Count;

    /// <summary>Adds the next record: they are numbered from zero.</summary>
    public void Add(WeightsDigest digest)
    {
        if (_chains.Count == _chains.Before.Length)
        {
            _chains = _chains.Doubled();
        }

        _chains.Add(HashOf(digest));
    }

    /// <summary>The records that may have a digest, newest first; few have another.</summary>
    public IEnumerable<int> Candidates(WeightsDigest digest)
    {
        var (chains, hash) = (_chains, HashOf(digest));
        for (var at = chains.Head(hash); at > 0; at = chains.Before[at - 1])
        {
            if (chains.Hashes[at - 1] == hash)
            {
                yield return at - 1;
            }
        }
    }

    private uint HashOf(WeightsDigest digest)
    {
        Span<byte> bytes = stackalloc byte[WeightsDigest.Length];
        digest.CopyTo(bytes);
        var hash = _key;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            var high = Math.BigMul(hash ^ word, Odd ^ _key, out var low);
            hash = high ^ low;
        }

        return (uint)(hash ^ (hash >> 32));
    }

    /// <summary>A chain ends with zero; a record is named by its number and one.</summary>
    private sealed class Chains(int room)
    {
        private readonly int[] _heads = new int[room];

        public int Count { get; private set; }

        public int[] Before { get; } = new int[room];

        public uint[] Hashes { get; } = new uint[room];

        public int Head(uint hash) => Volatile.Read(ref _heads[hash % (uint)_heads.Length]);

        public void Add(uint hash)
        {
            ref var head = ref _heads[hash % (uint)_heads.Length];
            Before[Count] = head;
            Hashes[Count] = hash;
            Count++;
            Volatile.Write(ref head, Count);
        }

        public Chains Doubled()
        {
            var doubled = new Chains(checked(Before.Length * 2));
            foreach (var hash in Hashes.AsSpan(0, Count))
            {
                doubled.Add(hash);
            }

            return doubled;
        }
    }
}
