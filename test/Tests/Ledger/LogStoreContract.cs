using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Ledger;

/// <summary>What every log store keeps to, run over each of them.</summary>
public abstract class LogStoreContract
{
    private protected abstract ILogStore Store { get; }

    [Fact]
    public void A_new_store_has_no_head_and_no_entries()
    {
        Assert.Null(Store.ReadHead());
        Assert.Empty(Store.ReadEntries(0, 0));
        Assert.Throws<InvalidDataException>(() => Store.ReadEntries(0, 1).ToList());
    }

    [Fact]
    public void What_is_committed_is_read_back()
    {
        var generation = Store.Claim();
        var content = "document"u8.ToArray();
        var head = new LogHead(2, Digest.Of([2]), "note 2\n");

        Store.Commit(
            new(
                generation,
                null,
                head,
                [
                    new(new byte[] { 1 }, [(Digest.Of(content), content)]),
                    new(ReadOnlyMemory<byte>.Empty, []),
                ]
            )
        );

        Assert.Equal(head, Store.ReadHead());
        Assert.Equal(
            [
                [1],
                [],
            ],
            Store.ReadEntries(0, 2).Select(e => e.ToArray())
        );
        Assert.Equal(content, Store.ReadContent(Digest.Of(content))?.ToArray());
        Assert.Null(Store.ReadContent(Digest.Of([9])));
        Assert.Throws<InvalidDataException>(() => Store.ReadEntries(1, 3).ToList());
    }

    [Fact]
    public void A_commit_on_another_head_stores_nothing()
    {
        var generation = Store.Claim();
        var first = Commit(generation, null, 1, 1);

        Assert.Throws<LogConflictException>(() => Commit(generation, null, 1, 7));
        Assert.Throws<LogConflictException>(() =>
            Commit(generation, first with { Root = Digest.Of([8]) }, 2, 7)
        );
        Assert.Throws<LogConflictException>(() =>
            Commit(generation, first with { Size = 0 }, 2, 7)
        );
        Assert.Equal(first, Store.ReadHead());
        Assert.Throws<InvalidDataException>(() => Store.ReadEntries(0, 2).ToList());
    }

    [Fact]
    public void The_pen_of_an_older_generation_writes_nothing_more()
    {
        var old = Store.Claim();
        var first = Commit(old, null, 1, 1);
        var now = Store.Claim();

        Assert.True(now > old);
        Assert.Throws<LogConflictException>(() => Commit(old, first, 2, 2));
        Assert.Equal(first, Store.ReadHead());
        Assert.Equal(2, Commit(now, first, 2, 3).Size);
    }

    [Fact]
    public void The_same_content_twice_is_kept_once_and_no_hindrance()
    {
        var generation = Store.Claim();
        var content = "same"u8.ToArray();
        PendingEntry Carrying(byte entry) => new(new[] { entry }, [(Digest.Of(content), content)]);

        var head = new LogHead(2, Digest.Of([2]), "note");
        Store.Commit(new(generation, null, head, [Carrying(1), Carrying(2)]));
        Store.Commit(new(generation, head, new(3, Digest.Of([3]), "note"), [Carrying(3)]));

        Assert.Equal(content, Store.ReadContent(Digest.Of(content))?.ToArray());
        Assert.Equal(3, Store.ReadEntries(0, 3).Count());
    }

    [Fact]
    public void Long_ranges_and_large_entries_come_in_their_order()
    {
        var generation = Store.Claim();
        var entries = Enumerable
            .Range(0, 3_000)
            .Select(i => new byte[i % 1_000 == 0 ? 65_535 : 2])
            .ToList();
        for (var i = 0; i < entries.Count; i++)
        {
            entries[i][0] = (byte)i;
            entries[i][1] = (byte)(i >> 8);
        }

        Store.Commit(
            new(
                generation,
                null,
                new(entries.Count, Digest.Of([1]), "note"),
                [.. entries.Select(e => new PendingEntry(e, []))]
            )
        );

        Assert.Equal(entries, Store.ReadEntries(0, 3_000).Select(e => e.ToArray()));
        Assert.Equal(
            entries[1_023..1_026],
            Store.ReadEntries(1_023, 1_026).Select(e => e.ToArray())
        );
    }

    private LogHead Commit(long generation, LogHead? expected, long size, byte entry)
    {
        var next = new LogHead(size, Digest.Of([entry]), $"note {entry}");
        Store.Commit(new(generation, expected, next, [new(new[] { entry }, [])]));
        return next;
    }
}

public sealed class MemoryLogStoreTests : LogStoreContract
{
    private protected override ILogStore Store { get; } = new MemoryLogStore();
}
