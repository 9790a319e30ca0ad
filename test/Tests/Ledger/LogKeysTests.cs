using System.Text;
using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Ledger;

/// <summary>Which key of a log may sign which tree, and who believes it.</summary>
public sealed class LogKeysTests : IDisposable
{
    private const int Rounds = 400;

    private readonly NoteSigner[] _keys =
    [
        .. Enumerable.Range(0, 4).Select(_ => NoteSigner.Generate(Vectors.Origin)),
    ];

    [Fact]
    public void A_checkpoint_counts_when_a_known_key_that_may_sign_its_size_has_signed_it()
    {
        var random = new Random(11);
        var (accepted, refused) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var known = _keys
                .Where(_ => random.Next(2) == 0)
                .Select(key => new LogKey(
                    key.Verifier,
                    random.Next(20),
                    random.Next(2) == 0 ? null : random.Next(20)
                ))
                .ToList();
            var signers = _keys.Where(_ => random.Next(2) == 0).ToList();
            if (known.Count == 0 || signers.Count == 0)
            {
                continue;
            }

            var size = random.Next(1, 20);
            var note = new Checkpoint(Vectors.Origin, size, Digest.Of([1]))
                .Sign(signers)
                .ToString();
            var expected = known.Exists(key =>
                signers.Exists(signer => signer.Verifier.Equals(key.Verifier))
                && size >= key.From
                && (key.Until is null || size < key.Until)
            );

            var actual = Checkpoint.TryOpen(note, new LogKeys(known), out _, out var fault);

            Assert.True(expected == actual, $"{fault} at {size}");
            (accepted, refused) = expected ? (accepted + 1, refused) : (accepted, refused + 1);
        }

        Assert.True(accepted > 50 && refused > 50, $"{accepted} and {refused}");
    }

    [Fact]
    public void A_line_of_a_known_key_that_does_not_verify_spoils_the_note_whoever_else_signed()
    {
        var one = new Checkpoint(Vectors.Origin, 5, Digest.Of([1])).Sign(_keys[0], _keys[1]);
        var other = new Checkpoint(Vectors.Origin, 6, Digest.Of([1])).Sign(_keys[0]);
        var mixed = one with { Signatures = [one.Signatures[1], other.Signatures[0]] };
        var keys = LogKeys.Of(_keys[0].Verifier, _keys[1].Verifier);

        Assert.True(Checkpoint.TryOpen(one.ToString(), keys, out _, out _));
        Assert.False(Checkpoint.TryOpen(mixed.ToString(), keys, out _, out var fault));
        Assert.Contains("does not verify", fault, StringComparison.Ordinal);
        Assert.True(Checkpoint.TryOpen(mixed.ToString(), _keys[1].Verifier, out _, out _));
    }

    [Fact]
    public void Keys_of_two_logs_are_no_log()
    {
        using var other = NoteSigner.Generate("another.example/log");

        Assert.Throws<ArgumentException>(() => LogKeys.Of(_keys[0].Verifier, other.Verifier));
        Assert.Throws<ArgumentException>(() => LogKeys.Of());
    }

    /// <summary>
    /// A log whose keys take over from each other, with restarts in between and crashes at every
    /// effect: every checkpoint has just the signatures that its batch was given.
    /// </summary>
    [Fact]
    public void A_log_changes_its_keys_over_restarts_and_crashes_and_stays_one_log()
    {
        var random = new Random(12);
        var (store, tiles) = (new MemoryLogStore(), new MemoryTiles());
        var faulty = new FaultyStores(store, tiles);
        var all = LogKeys.Of(_keys.Select(key => key.Verifier));
        var sequencer = Sequencer.Open(Vectors.Origin, [_keys[0]], all, faulty, faulty);
        var kept = new List<Checkpoint>();
        var failures = 0;
        for (var i = 0; i < 60; i++)
        {
            var step = i / 10;
            NoteSigner[] signers =
                step % 2 == 0 ? [_keys[step / 2]] : [_keys[step / 2], _keys[(step / 2) + 1]];
            if (random.Next(5) == 0)
            {
                faulty.FailOnce((Effect)random.Next(5), random.Next(2) == 0);
            }

            var size = sequencer.Tree.Size;
            var fault = Record.Exception(() => sequencer.Append(Batch((int)size, 7), signers));
            failures += fault is null ? 0 : 1;
            if (fault is not null || random.Next(4) == 0)
            {
                sequencer = Sequencer.Open(Vectors.Origin, signers, all, faulty, faulty);
            }

            var head = sequencer.Head!;
            Assert.True(SignedNote.TryParse(head.Note, out var note, out _));
            if (fault is null)
            {
                Assert.True(note.TryVerify(all.Verifiers, out var by, out _));
                Assert.Equal(signers.Select(key => key.Verifier), by);
            }

            kept.Add(LogAssert.Whole(tiles, store, all, kept));
        }

        Assert.True(failures > 0);
        Assert.Equal(
            Encoding.UTF8.GetString(tiles.Read(ITileStore.CheckpointPath)!),
            sequencer.PublishedNote
        );
    }

    [Fact]
    public void A_log_that_is_opened_without_the_keys_of_its_head_signs_nothing()
    {
        var (store, tiles) = (new MemoryLogStore(), new MemoryTiles());
        Sequencer
            .Open(Vectors.Origin, [_keys[0]], _keys[0].Verifier, store, tiles)
            .Append(Batch(0, 3));

        Assert.Throws<PenRefusedException>(() =>
            Sequencer.Open(Vectors.Origin, _keys[1], store, tiles)
        );
        Assert.Throws<ArgumentException>(() =>
            Sequencer.Open(Vectors.Origin, _keys[0], store, tiles).Append(Batch(3, 1), [])
        );
    }

    [Fact]
    public void A_fork_is_proven_by_whichever_keys_signed_its_two_sides()
    {
        var (earlier, later) = (
            new Checkpoint(Vectors.Origin, 4, Digest.Of([1])).Sign(_keys[0]).ToString(),
            new Checkpoint(Vectors.Origin, 4, Digest.Of([2])).Sign(_keys[1]).ToString()
        );
        var proof = new ForkProof(earlier, later, []);

        Assert.True(proof.Proves(LogKeys.Of(_keys[0].Verifier, _keys[1].Verifier), out _));
        Assert.False(proof.Proves(_keys[0].Verifier, out _));
    }

    public void Dispose()
    {
        foreach (var key in _keys)
        {
            key.Dispose();
        }
    }

    private static PendingEntry[] Batch(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new PendingEntry(Vectors.TwoBytes(i), []))];
}
