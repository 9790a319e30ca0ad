using System.Buffers;
using Concord.Ledger;
using CsCheck;
using Xunit;

namespace Concord.Tests.Ledger;

public sealed class TileTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 999, 256, "tile/0/999")]
    [InlineData(0, 1_000, 256, "tile/0/x001/000")]
    [InlineData(3, 1_234_067, 256, "tile/3/x001/x234/067")]
    [InlineData(0, 1_234, 17, "tile/0/x001/234.p/17")]
    [InlineData(TilePath.Entries, 5, 1, "tile/entries/005.p/1")]
    [InlineData(63, 0, 255, "tile/63/000.p/255")]
    public void A_tile_has_one_name(int level, long index, int width, string name)
    {
        var path = new TilePath(level, index, width);

        Assert.Equal(name, path.ToString());
        Assert.True(TilePath.TryParse(name, out var parsed));
        Assert.Equal(path, parsed);
    }

    [Theory]
    [InlineData("tile/64/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/00")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/07")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p/7.p/7")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/data/000")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("Tile/0/000")]
    [InlineData("checkpoint")]
    [InlineData("")]
    [InlineData(null)]
    public void No_other_text_is_the_name_of_a_tile(string? name) =>
        Assert.False(TilePath.TryParse(name, out _));

    [Fact]
    public void A_tree_of_70000_has_the_tiles_of_the_specification()
    {
        var tiles = TilePath.Of(70_000).Where(p => p.Level != TilePath.Entries).ToList();

        Assert.Equal(273, tiles.Count(p => p is { Level: 0, IsFull: true }));
        Assert.Equal(
            "tile/0/273.p/112 tile/1/000 tile/1/001.p/17 tile/2/000.p/1",
            string.Join(' ', tiles.Where(p => p.Level > 0 || !p.IsFull))
        );
    }

    [Fact]
    public void A_tree_of_256_has_a_full_tile_and_one_hash_above_it() =>
        Assert.Equal(
            "tile/entries/000 tile/0/000 tile/1/000.p/1",
            string.Join(' ', TilePath.Of(256))
        );

    [Fact]
    public void A_tree_without_entries_has_no_tiles() => Assert.Empty(TilePath.Of(0));

    [Fact]
    public void What_is_new_between_two_sizes_is_what_the_smaller_one_lacks() =>
        Gen.Select(Gen.Int[0, 70_000], Gen.Int[0, 70_000])
            .Where((from, to) => from <= to)
            .Sample(
                (from, to) =>
                    Assert.Equal(
                        TilePath.Of(to).Except(TilePath.Of(from)).ToHashSet(),
                        TilePath.New(from, to).ToHashSet()
                    ),
                iter: 100
            );

    [Fact]
    public void Every_tile_of_every_size_to_70000_holds_the_roots_below_it()
    {
        var tree = MerkleTreeTests.LargeTree.Value;
        var checkedWidths = new HashSet<TilePath>();
        foreach (var path in TilePath.Of(70_000).Where(p => p.Level != TilePath.Entries))
        {
            var tile = Tile.Bytes(tree, path);
            Assert.Equal(path.Width * Digest.Size, tile.Length);
            for (var i = 0; i < path.Width; i++)
            {
                Assert.Equal(
                    RootBelow(tree, path.Level, (path.Index * 256) + i),
                    Tile.HashAt(tile, i)
                );
            }
        }

        // A narrower tile of the same place is the beginning of the wider one, whatever the size.
        for (var size = 1; size <= 70_000; size += size < 600 ? 1 : 97)
        {
            foreach (var path in TilePath.Of(size).Where(p => p is { IsFull: false, Level: >= 0 }))
            {
                if (checkedWidths.Add(path))
                {
                    var wide = Tile.Bytes(tree, path with { Width = path.Width });
                    Assert.Equal(
                        RootBelow(tree, path.Level, (path.Index * 256) + path.Width - 1),
                        Tile.HashAt(wide, path.Width - 1)
                    );
                }
            }
        }
    }

    [Fact]
    public void A_bundle_gives_back_its_entries_and_nothing_shorter_longer_or_other_is_one() =>
        Gen
            .Byte.Array[0, 300]
            .Array[1, 256]
            .Sample(
                entries =>
                {
                    var bundle = new ArrayBufferWriter<byte>();
                    foreach (var entry in entries)
                    {
                        EntryBundle.Append(bundle, entry);
                    }

                    var bytes = bundle.WrittenMemory;
                    Assert.True(EntryBundle.TryParse(bytes, entries.Length, out var read, out _));
                    Assert.Equal(entries, read.Select(e => e.ToArray()));
                    Assert.False(EntryBundle.TryParse(bytes[..^1], entries.Length, out _, out _));
                    Assert.False(
                        EntryBundle.TryParse(
                            (byte[])[.. bytes.Span, 0],
                            entries.Length,
                            out _,
                            out var fault
                        )
                    );
                    Assert.Contains(
                        "1 bytes follow the last entry",
                        fault,
                        StringComparison.Ordinal
                    );
                    Assert.False(EntryBundle.TryParse(bytes, entries.Length + 1, out _, out _));
                },
                iter: 100
            );

    [Fact]
    public void An_entry_of_65535_bytes_is_the_largest()
    {
        var bundle = new ArrayBufferWriter<byte>();

        EntryBundle.Append(bundle, new byte[65_535]);

        Assert.Equal(65_537, bundle.WrittenCount);
        Assert.Throws<ArgumentException>(() => EntryBundle.Append(bundle, new byte[65_536]));
    }

    private static Digest RootBelow(MerkleTree tree, int level, long index)
    {
        if (level == 0)
        {
            return tree.Leaf(index);
        }

        var hashes = Enumerable
            .Range(0, 256)
            .Select(i => RootBelow(tree, level - 1, (index * 256) + i))
            .ToArray();
        while (hashes.Length > 1)
        {
            hashes = [.. hashes.Chunk(2).Select(pair => MerkleTree.NodeHash(pair[0], pair[1]))];
        }

        return hashes[0];
    }
}
