using Concord.Ledger;

namespace Concord.Tests.Ledger;

/// <summary>What a sequencer does to the outside world, in its order.</summary>
public enum Effect
{
    Commit,
    CommitAndReadHead,
    Sync,
    Bundle,
    Tile,
    Checkpoint,
    Collect,
}

/// <summary>Fails one effect once, before or after it has taken place.</summary>
internal sealed class FaultyStores(ILogStore store, ITileStore tiles) : ILogStore, ITileStore
{
    private Effect? _armed;
    private bool _persists;
    private bool _readFails;

    public bool HasFailed { get; private set; }

    public void FailOnce(Effect effect, bool persists)
    {
        _armed = effect;
        _persists = persists;
        HasFailed = false;
    }

    public long Claim() => store.Claim();

    public LogHead? ReadHead()
    {
        if (_readFails)
        {
            _readFails = false;
            throw new IOException("The head cannot be read.");
        }

        return store.ReadHead();
    }

    public void Commit(LogCommit commit)
    {
        if (_armed is Effect.CommitAndReadHead)
        {
            _readFails = true;
            _armed = Effect.Commit;
        }

        Do(_armed is Effect.Sync ? Effect.Sync : Effect.Commit, () => store.Commit(commit));
    }

    public IEnumerable<ReadOnlyMemory<byte>> ReadEntries(long from, long to) =>
        store.ReadEntries(from, to);

    public ReadOnlyMemory<byte>? ReadContent(Digest digest) => store.ReadContent(digest);

    public void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        var effect =
            path.StartsWith("tile/entries/", StringComparison.Ordinal) ? Effect.Bundle
            : path.StartsWith("tile/", StringComparison.Ordinal) ? Effect.Tile
            : Effect.Checkpoint;
        Do(effect, () => tiles.Write(path, copy));
    }

    public byte[]? Read(string path) => tiles.Read(path);

    public IEnumerable<string> List(string folder) => tiles.List(folder);

    public void Delete(string path) => Do(Effect.Collect, () => tiles.Delete(path));

    private void Do(Effect effect, Action act)
    {
        if (_armed != effect)
        {
            act();
            return;
        }

        _armed = null;
        HasFailed = true;
        if (_persists)
        {
            act();
        }

        throw effect is Effect.Sync
            ? new LogUncertainException("The disk did not confirm it.", null)
            : new IOException($"{effect} failed.");
    }
}
