using System.Buffers.Binary;
using System.Text;
using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Ledger;

/// <summary>Verifies a whole log from outside, with nothing of the sequencer's own state.</summary>
internal static class LogAssert
{
    /// <summary>
    /// The published checkpoint is signed, covers exactly the entries of the store, and every tile
    /// and bundle that its size asks for is there, right, and alone but for partial ones.
    /// </summary>
    public static Checkpoint Whole(
        ITileStore tiles,
        ILogStore store,
        LogKeys key,
        IEnumerable<Checkpoint>? earlier = null
    )
    {
        var note = tiles.Read("checkpoint");
        Assert.NotNull(note);
        Assert.True(
            Checkpoint.TryOpen(Encoding.UTF8.GetString(note), key, out var head, out var fault),
            fault
        );
        var entries = EntriesOf(tiles, head.Size);
        Assert.Equal(head.Root.ToArray(), NaiveTree.Root(Hashes(entries)));
        Assert.Equal(head.Size, store.ReadHead()?.Size ?? 0);
        Assert.Equal(entries, store.ReadEntries(0, head.Size).Select(e => e.ToArray()));
        CheckTiles(tiles, entries);
        CheckNothingElse(tiles, entries);
        foreach (var old in earlier ?? [])
        {
            Assert.Equal(
                old.Root.ToArray(),
                NaiveTree.Root(Hashes(entries).AsSpan(0, (int)old.Size))
            );
            AssertServed(tiles, old.Size);
        }

        return head;
    }

    private static void AssertServed(ITileStore tiles, long size)
    {
        foreach (var path in TilePath.Of(size))
        {
            Assert.True(
                tiles.Read(path.ToString()) is not null
                    || tiles.Read(path.Full.ToString()) is not null,
                $"{path} of the published size {size} is neither there nor in a full tile"
            );
        }
    }

    private static byte[][] Hashes(byte[][] entries) => [.. entries.Select(NaiveTree.Leaf)];

    private static byte[][] EntriesOf(ITileStore tiles, long size)
    {
        var entries = new List<byte[]>();
        foreach (var path in TilePath.Of(size).Where(p => p.Level == TilePath.Entries))
        {
            entries.AddRange(Split(tiles.Read(path.ToString()), path));
        }

        return [.. entries];
    }

    private static List<byte[]> Split(byte[]? bundle, TilePath path)
    {
        Assert.True(bundle is not null, $"{path} is missing");
        var entries = new List<byte[]>();
        var rest = bundle.AsSpan();
        while (rest.Length > 0)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest);
            entries.Add(rest.Slice(2, length).ToArray());
            rest = rest[(2 + length)..];
        }

        Assert.Equal(path.Width, entries.Count);
        return entries;
    }

    private static void CheckTiles(ITileStore tiles, byte[][] entries)
    {
        var level = Hashes(entries);
        for (var number = 0; level.Length > 0; number++)
        {
            var above = new List<byte[]>();
            for (var start = 0; start < level.Length; start += 256)
            {
                var hashes = level.AsSpan(start, Math.Min(256, level.Length - start)).ToArray();
                var path = new TilePath(number, start / 256, hashes.Length);
                Assert.Equal(
                    Convert.ToHexString([.. hashes.SelectMany(h => h)]),
                    Convert.ToHexString(tiles.Read(path.ToString()) ?? [])
                );
                if (hashes.Length == 256)
                {
                    above.Add(NaiveTree.Root(hashes));
                }
            }

            level = [.. above];
        }
    }

    private static void CheckNothingElse(ITileStore tiles, byte[][] entries)
    {
        var asked = TilePath.Of(entries.Length).Select(p => p.ToString()).Append("checkpoint");
        foreach (var surplus in tiles.List("").Except(asked, StringComparer.Ordinal))
        {
            Assert.True(TilePath.TryParse(surplus, out var path), surplus);
            Assert.False(path.IsFull, surplus);
            Assert.Null(tiles.Read(path.Full.ToString()));
            var widest = TilePath.Of(entries.Length).Single(p => p.Full == path.Full);
            Assert.True(path.Width < widest.Width, surplus);
            var narrow = tiles.Read(surplus);
            Assert.Equal(narrow, tiles.Read(widest.ToString())?.Take(narrow?.Length ?? 0));
        }
    }
}
