using Concord.Ledger;

namespace Concord.Tests.Ledger;

/// <summary>A log store without a disk, held to the same contract as the real one.</summary>
internal sealed class MemoryLogStore : ILogStore
{
    private readonly List<byte[]> _entries = [];
    private readonly Dictionary<Digest, byte[]> _contents = [];
    private LogHead? _head;
    private long _generation;

    public long Claim() => ++_generation;

    public LogHead? ReadHead() => _head;

    public void Commit(LogCommit commit)
    {
        if (
            commit.Generation != _generation
            || commit.Expected?.Size != _head?.Size
            || commit.Expected?.Root != _head?.Root
        )
        {
            throw new LogConflictException("The head or the pen is not the one expected.");
        }

        foreach (var pending in commit.Entries)
        {
            _entries.Add(pending.Entry.ToArray());
            foreach (var (digest, bytes) in pending.Contents)
            {
                _contents.TryAdd(digest, bytes.ToArray());
            }
        }

        _head = commit.Next;
    }

    public IEnumerable<ReadOnlyMemory<byte>> ReadEntries(long from, long to)
    {
        for (var index = from; index < to; index++)
        {
            yield return index < _entries.Count
                ? _entries[(int)index]
                : throw new InvalidDataException($"Entry {index} is missing.");
        }
    }

    public ReadOnlyMemory<byte>? ReadContent(Digest digest) =>
        _contents.TryGetValue(digest, out var bytes) ? (ReadOnlyMemory<byte>?)bytes : null;
}
