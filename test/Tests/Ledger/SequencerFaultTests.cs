using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Ledger;

/// <summary>
/// Every effect fails once without and once with having taken place. Is the batch there afterwards
/// (progress), and must the sequencer be opened anew (fatal)?
/// </summary>
public sealed class SequencerFaultTests : IDisposable
{
    private readonly NoteSigner _key = Vectors.LogKey();

    [Theory]
    [InlineData(Effect.Commit, false, false, false)]
    [InlineData(Effect.Commit, true, true, false)]
    [InlineData(Effect.CommitAndReadHead, false, false, true)]
    [InlineData(Effect.CommitAndReadHead, true, true, true)]
    [InlineData(Effect.Sync, false, false, true)]
    [InlineData(Effect.Sync, true, true, true)]
    [InlineData(Effect.Bundle, false, true, true)]
    [InlineData(Effect.Bundle, true, true, true)]
    [InlineData(Effect.Tile, false, true, true)]
    [InlineData(Effect.Tile, true, true, true)]
    [InlineData(Effect.Checkpoint, false, true, true)]
    [InlineData(Effect.Checkpoint, true, true, true)]
    [InlineData(Effect.Collect, false, true, false)]
    [InlineData(Effect.Collect, true, true, false)]
    public void After_any_fault_the_log_is_whole_and_goes_on(
        Effect effect,
        bool persisted,
        bool progress,
        bool fatal
    )
    {
        var store = new MemoryLogStore();
        var tiles = new MemoryTiles();
        var faulty = new FaultyStores(store, tiles);
        var sequencer = Sequencer.Open(Vectors.Origin, _key, faulty, faulty);
        var before = sequencer.Append(Batch(0, 250)).Checkpoint;

        faulty.FailOnce(effect, persisted);
        var fault = Record.Exception(() => sequencer.Append(Batch(250, 20)));

        Assert.True(faulty.HasFailed);
        Assert.Equal(fatal, fault is SequencerException { IsFatal: true });
        Assert.Equal(fatal || !progress, fault is not null);
        if (fatal)
        {
            var refused = Assert.Throws<SequencerException>(() => sequencer.Append(Batch(0, 1)));
            Assert.True(refused.IsFatal);
            sequencer = Sequencer.Open(Vectors.Origin, _key, faulty, faulty);
        }

        var size = progress ? 270 : 250;
        Assert.Equal(size, sequencer.Published?.Size);
        var head = sequencer.Published!;
        if (effect != Effect.Collect)
        {
            Assert.Equal(head, LogAssert.Whole(tiles, store, _key.Verifier, [before]));
        }

        Assert.Equal(size, sequencer.Append(Batch(size, 300)).FirstIndex);
        LogAssert.Whole(tiles, store, _key.Verifier, [before, head]);
        LogAssert.Whole(
            tiles,
            store,
            _key.Verifier,
            [Sequencer.Open(Vectors.Origin, _key, faulty, faulty).Published!]
        );
    }

    [Theory]
    [InlineData(Effect.Bundle)]
    [InlineData(Effect.Tile)]
    [InlineData(Effect.Checkpoint)]
    public void A_fault_in_the_recovery_itself_is_recovered_from(Effect effect)
    {
        var store = new MemoryLogStore();
        var tiles = new MemoryTiles();
        var faulty = new FaultyStores(store, tiles);
        var sequencer = Sequencer.Open(Vectors.Origin, _key, faulty, faulty);
        faulty.FailOnce(Effect.Bundle, persists: false);
        Assert.Throws<SequencerException>(() => sequencer.Append(Batch(0, 600)));

        faulty.FailOnce(effect, persists: false);
        Assert.Throws<PenRefusedException>(() =>
            Sequencer.Open(Vectors.Origin, _key, faulty, faulty)
        );

        Assert.Equal(600, Sequencer.Open(Vectors.Origin, _key, faulty, faulty).Published?.Size);
        LogAssert.Whole(tiles, store, _key.Verifier);
    }

    [Fact]
    public void Nothing_is_public_before_it_is_durable()
    {
        var store = new MemoryLogStore();
        var tiles = new MemoryTiles();
        var faulty = new FaultyStores(store, tiles);
        var sequencer = Sequencer.Open(Vectors.Origin, _key, faulty, faulty);
        sequencer.Append(Batch(0, 10));
        var before = tiles.List("").ToArray();

        faulty.FailOnce(Effect.Commit, persists: false);
        Assert.Throws<SequencerException>(() => sequencer.Append(Batch(10, 10)));

        Assert.Equal(before, tiles.List(""), StringComparer.Ordinal);
        Assert.Equal(10, sequencer.Tree.Size);
    }

    public void Dispose() => _key.Dispose();

    private static PendingEntry[] Batch(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new PendingEntry(Vectors.TwoBytes(i), []))];
}
