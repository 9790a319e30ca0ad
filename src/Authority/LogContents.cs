using Concord.Acts;
using Concord.Ledger;

namespace Concord.Authority;

/// <summary>
/// What is in the log, read from its durable store; safe for use by several threads.
/// </summary>
public sealed class LogContents
{
    private readonly ILogStore _store;

    /// <summary>Reads from a store.</summary>
    public LogContents(ILogStore store) => _store = store;

    /// <summary>The statement at an index.</summary>
    /// <exception cref="InvalidDataException">The log has no such entry.</exception>
    public Statement Statement(long index)
    {
        foreach (var entry in _store.ReadEntries(index, index + 1))
        {
            return Ledger.Statement.TryParse(entry, out var statement, out var fault)
                ? statement
                : throw new InvalidDataException($"Entry {index} is no statement: {fault.Detail}");
        }

        throw new InvalidDataException($"The log has no entry {index}.");
    }

    /// <summary>The act at an index.</summary>
    public Logged Act(long index) => Acts(index, index + 1).First();

    /// <summary>The statements from one index to another (exclusive), as bytes.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Entries(long from, long to) =>
        _store.ReadEntries(from, to);

    /// <summary>The acts from one index to another (exclusive).</summary>
    public IEnumerable<Logged> Acts(long from, long to)
    {
        var index = from;
        foreach (var entry in _store.ReadEntries(from, to))
        {
            yield return Read(index++, entry);
        }
    }

    /// <summary>A document of the content store; null where there is none.</summary>
    public ReadOnlyMemory<byte>? Content(Digest digest) => _store.ReadContent(digest);

    internal Logged Read(long index, ReadOnlyMemory<byte> entry) =>
        ActReader.Read(index, entry, _store.ReadContent);
}
