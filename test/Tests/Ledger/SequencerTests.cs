using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Ledger;

public sealed class SequencerTests : IDisposable
{
    private readonly NoteSigner _key = Vectors.LogKey();
    private readonly MemoryLogStore _store = new();
    private readonly MemoryTiles _tiles = new();

    [Fact]
    public void The_smallest_published_tree_is_the_first_batch()
    {
        var sequencer = Open();
        Assert.Null(sequencer.Head);
        Assert.Empty(_tiles.List(""));

        var batch = sequencer.Append(Batch(0, 4));

        Assert.Equal(0, batch.FirstIndex);
        Assert.Equal(4, batch.Checkpoint.Size);
        Assert.Equal(batch.Head, sequencer.Head);
        Assert.Equal(batch.Checkpoint, LogAssert.Whole(_tiles, _store, _key.Verifier));
        Assert.Equal(
            "checkpoint tile/0/000.p/4 tile/entries/000.p/4",
            string.Join(' ', _tiles.List(""))
        );
    }

    [Fact]
    public void A_log_without_entries_has_a_checkpoint_only_where_one_is_asked_for()
    {
        var sequencer = Sequencer.Open(
            Vectors.Origin,
            _key,
            _store,
            _tiles,
            new() { PublishEmpty = true }
        );

        Assert.Equal(0, sequencer.Published?.Size);
        Assert.Equal(0, LogAssert.Whole(_tiles, _store, _key.Verifier).Size);
        sequencer.Append(Batch(0, 1));
        Assert.Equal(1, LogAssert.Whole(_tiles, _store, _key.Verifier).Size);
    }

    [Fact]
    public void The_note_that_is_answered_is_the_one_that_is_published_and_stored()
    {
        var batch = Open().Append(Batch(0, 3));

        Assert.Equal(
            batch.Note,
            System.Text.Encoding.UTF8.GetString(_tiles.Read("checkpoint") ?? [])
        );
        Assert.Equal(batch.Note, _store.ReadHead()?.Note);
    }

    [Fact]
    public void Batches_of_all_widths_leave_a_whole_log_that_serves_every_published_size()
    {
        var sequencer = Open();
        var published = new List<Checkpoint>();
        var random = new Random(7);
        for (var size = 0; size < 3_000; )
        {
            var count = random.Next(4) == 0 ? random.Next(1, 600) : random.Next(1, 12);
            published.Add(sequencer.Append(Batch(size, count)).Checkpoint);
            size += count;
        }

        LogAssert.Whole(_tiles, _store, _key.Verifier, published);
        for (var i = 1; i < published.Count; i++)
        {
            Assert.True(
                Proofs.VerifyConsistency(
                    published[i - 1].Size,
                    published[i - 1].Root,
                    published[i].Size,
                    published[i].Root,
                    sequencer.Tree.ConsistencyProof(published[i - 1].Size, published[i].Size)
                )
            );
        }
    }

    [Fact]
    public void Partial_tiles_stay_until_their_full_one_is_there_and_then_go()
    {
        var sequencer = Open();
        sequencer.Append(Batch(0, 255));
        sequencer.Append(Batch(255, 2));

        Assert.Null(_tiles.Read("tile/0/000.p/255"));
        Assert.Null(_tiles.Read("tile/entries/000.p/255"));
        Assert.NotNull(_tiles.Read("tile/1/000.p/1"));

        sequencer.Append(Batch(257, 255));

        // A log of 512 must still serve the tile that its old checkpoint of 257 asks for.
        Assert.NotNull(_tiles.Read("tile/1/000.p/1"));
        Assert.NotNull(_tiles.Read("tile/1/000.p/2"));
        Assert.Null(_tiles.Read("tile/0/001.p/1"));
        LogAssert.Whole(_tiles, _store, _key.Verifier);
    }

    [Fact]
    public void A_log_opened_again_goes_on_where_it_was()
    {
        var first = Open().Append(Batch(0, 300)).Checkpoint;
        var again = Open();

        Assert.Equal(first, again.Published);
        Assert.Equal(300, again.Append(Batch(300, 10)).FirstIndex);
        LogAssert.Whole(_tiles, _store, _key.Verifier, [first]);
    }

    [Fact]
    public void Lost_tiles_are_written_again_when_the_log_is_opened()
    {
        var sequencer = Open();
        sequencer.Append(Batch(0, 300));
        sequencer.Append(Batch(300, 1));
        _tiles.Delete("tile/0/001.p/45");
        _tiles.Write("tile/entries/000", [0, 0]);
        _tiles.Write("tile/0/001.p/44", []);
        _tiles.Write("tile/entries/001.p/44", [1]);

        Open();

        LogAssert.Whole(_tiles, _store, _key.Verifier);
    }

    [Fact]
    public void An_empty_checkpoint_file_is_published_again()
    {
        Open().Append(Batch(0, 3));
        _tiles.Write("checkpoint", []);

        Open();

        LogAssert.Whole(_tiles, _store, _key.Verifier);
    }

    [Fact]
    public void A_second_sequencer_takes_the_pen_and_the_first_writes_nothing_more()
    {
        var first = Open();
        first.Append(Batch(0, 3));
        var second = Open();

        var fault = Assert.Throws<SequencerException>(() => first.Append(Batch(3, 1)));

        Assert.True(fault.IsFatal);
        Assert.Equal(4, second.Append(Batch(3, 1)).Checkpoint.Size);
        Assert.True(Assert.Throws<SequencerException>(() => first.Append(Batch(3, 1))).IsFatal);
        LogAssert.Whole(_tiles, _store, _key.Verifier);
    }

    [Fact]
    public void A_store_older_than_the_published_checkpoint_signs_nothing()
    {
        Open().Append(Batch(0, 300));
        var older = new MemoryLogStore();
        Sequencer.Open(Vectors.Origin, _key, older, new MemoryTiles()).Append(Batch(0, 200));

        var refusal = Assert.Throws<PenRefusedException>(() =>
            Sequencer.Open(Vectors.Origin, _key, older, _tiles)
        );
        Assert.Contains("restored from an older copy", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<PenRefusedException>(() =>
            Sequencer.Open(Vectors.Origin, _key, new MemoryLogStore(), _tiles)
        );
    }

    [Fact]
    public void A_store_with_another_past_than_the_published_one_signs_nothing()
    {
        Open().Append(Batch(0, 20));
        var other = new MemoryLogStore();
        Sequencer.Open(Vectors.Origin, _key, other, new MemoryTiles()).Append(Batch(1, 30));

        var refusal = Assert.Throws<PenRefusedException>(() =>
            Sequencer.Open(Vectors.Origin, _key, other, _tiles)
        );

        Assert.Contains("fork", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_whose_entries_are_not_what_it_signed_signs_nothing()
    {
        var generation = _store.Claim();
        var signed = new Checkpoint(Vectors.Origin, 1, MerkleTree.LeafHash([2]));
        var head = new LogHead(1, signed.Root, signed.Sign(_key).ToString());
        _store.Commit(new(generation, null, head, [new(new byte[] { 1 }, [])]));

        Assert.Throws<PenRefusedException>(Open);
    }

    [Fact]
    public void A_checkpoint_of_another_log_in_the_folder_is_not_overwritten()
    {
        using var other = NoteSigner.Generate(Vectors.Origin);
        var theirs = new Checkpoint(Vectors.Origin, 0, MerkleTree.EmptyRoot).Sign(other).ToString();
        _tiles.Write("checkpoint", System.Text.Encoding.UTF8.GetBytes(theirs));

        Assert.Throws<PenRefusedException>(Open);
        Assert.Throws<ArgumentException>(() =>
            Sequencer.Open("elsewhere.example", _key, _store, new MemoryTiles())
        );
    }

    [Fact]
    public void Too_little_free_space_refuses_a_batch_before_anything_is_written()
    {
        long free = 1 << 20;
        var sequencer = Sequencer.Open(
            Vectors.Origin,
            _key,
            _store,
            _tiles,
            new() { FreeBytes = () => free, FreeBytesMin = 1 << 20 }
        );

        var fault = Assert.Throws<SequencerException>(() => sequencer.Append(Batch(0, 1)));

        Assert.False(fault.IsFatal);
        Assert.Contains("are free", fault.Message, StringComparison.Ordinal);
        Assert.Null(_store.ReadHead());
        free = 2 << 20;
        Assert.Equal(1, sequencer.Append(Batch(0, 1)).Checkpoint.Size);
    }

    [Fact]
    public void An_empty_batch_or_too_large_an_entry_is_refused_and_nothing_is_lost()
    {
        var sequencer = Open();

        Assert.Throws<ArgumentException>(() => sequencer.Append([]));
        Assert.Throws<ArgumentException>(() =>
            sequencer.Append([new(new byte[1], []), new(new byte[65_536], [])])
        );
        Assert.Equal(1, sequencer.Append([new(new byte[65_535], [])]).Checkpoint.Size);
        LogAssert.Whole(_tiles, _store, _key.Verifier);
    }

    [Fact]
    public void A_reader_hands_out_entries_of_the_signed_tree_only()
    {
        Open().Append(Batch(0, 300));
        var reader = LogReader.Open(_store, _key.Verifier, out var head);

        Assert.Equal(300, head?.Checkpoint.Size);
        Assert.Equal(Vectors.TwoBytes(299), reader.Entry(299).ToArray());
        Assert.Equal(300, reader.Entries(0, 300).Count());
        var other = new LogReader(_store, TreeWithAnotherEnd());
        Assert.Throws<InvalidDataException>(() => other.Entry(299));
    }

    public void Dispose() => _key.Dispose();

    private static PendingEntry[] Batch(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new PendingEntry(Vectors.TwoBytes(i), []))];

    private static MerkleTree TreeWithAnotherEnd()
    {
        var tree = Vectors.TreeOf(299);
        tree.Append(MerkleTree.EmptyRoot);
        return tree;
    }

    private Sequencer Open() => Sequencer.Open(Vectors.Origin, _key, _store, _tiles);
}
