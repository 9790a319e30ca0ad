using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Ledger;

/// <summary>What a stranger who follows a log finds, and what it can prove to others.</summary>
public sealed class FollowerTests : IDisposable
{
    private readonly NoteSigner _key = Vectors.LogKey();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(5, 11)]
    [InlineData(255, 257)]
    [InlineData(256, 70_000)]
    [InlineData(69_999, 70_000)]
    public void The_nodes_of_two_sizes_give_both_roots_and_lie_in_the_tiles_of_the_later(
        int earlier,
        int later
    )
    {
        var tree = Vectors.TreeOf(later);

        var nodes = ForkProof
            .NodesOf(earlier, later)
            .Select(node =>
            {
                var tile = node.TileAt(later);
                Assert.Contains(tile, TilePath.Of(later));
                var hash = node.HashIn(Tile.Bytes(tree, tile));
                Assert.Equal(tree.Node(node.Level, node.Index), hash);
                return hash!.Value;
            })
            .ToList();

        Assert.Equal(
            (tree.Root(earlier), tree.Root(later)),
            ForkProof.RootsOf(earlier, later, nodes)
        );
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(4, 11)]
    [InlineData(7, 300)]
    [InlineData(256, 512)]
    public void Two_checkpoints_that_exclude_each_other_are_proven_and_two_that_agree_are_not(
        int earlier,
        int later
    )
    {
        var tree = Vectors.TreeOf(later);
        var other = Vectors.TreeOf(earlier - 1);
        other.Append(MerkleTree.LeafHash("another entry"u8));
        var nodes = NodesOf(tree, earlier, later);

        Assert.True(
            new ForkProof(Note(other, earlier), Note(tree, later), nodes).Proves(
                _key.Verifier,
                out var fault
            ),
            fault
        );
        Assert.False(
            new ForkProof(Note(tree, earlier), Note(tree, later), nodes).Proves(
                _key.Verifier,
                out fault
            )
        );
        Assert.Contains("begins with", fault, StringComparison.Ordinal);
        Assert.True(
            new ForkProof(Note(other, earlier), Note(tree, earlier), []).Proves(
                _key.Verifier,
                out fault
            ),
            fault
        );
    }

    [Fact]
    public void Nodes_that_do_not_give_the_later_root_prove_nothing_and_neither_does_another_key()
    {
        var tree = Vectors.TreeOf(11);
        var other = Vectors.TreeOf(4);
        other.Append(MerkleTree.LeafHash("another entry"u8));
        var nodes = NodesOf(tree, 5, 11).ToArray();
        var right = new ForkProof(Note(other, 5), Note(tree, 11), nodes);
        using var stranger = NoteSigner.FromSeed(Vectors.Origin, Vectors.WitnessSeed);

        Assert.True(right.Proves(_key.Verifier, out _));
        Assert.False(right.Proves(stranger.Verifier, out _));
        Assert.False((right with { Nodes = nodes[1..] }).Proves(_key.Verifier, out _));
        for (var i = 0; i < nodes.Length; i++)
        {
            var wrong = nodes.ToArray();
            wrong[i] = MerkleTree.EmptyRoot;
            Assert.False((right with { Nodes = wrong }).Proves(_key.Verifier, out _));
        }
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(255, 257)]
    [InlineData(600, 1_111)]
    public void A_follower_verifies_entries_and_tiles_and_goes_on_from_what_it_kept(
        int first,
        int second
    )
    {
        var tiles = Served(second);
        var tree = Vectors.TreeOf(second);
        var follower = new LogFollower(_key.Verifier);
        Grow(follower, tiles, Head(tree, first));

        Assert.True(
            LogFollower.TryResume(
                _key.Verifier,
                follower.Head!.Note,
                follower.Frontier,
                out var resumed
            )
        );
        Grow(resumed, tiles, Head(tree, second));

        Assert.Equal(second, resumed.Size);
        Assert.Equal(tree.Root(second), resumed.Head!.Checkpoint.Root);
        Assert.False(
            LogFollower.TryResume(
                _key.Verifier,
                resumed.Head.Note,
                [.. resumed.Frontier.Select(_ => MerkleTree.EmptyRoot)],
                out _
            )
        );
    }

    [Fact]
    public void A_growth_whose_entries_are_not_those_of_the_signed_root_is_not_accepted()
    {
        var tree = Vectors.TreeOf(9);
        var other = Vectors.TreeOf(8);
        other.Append(MerkleTree.LeafHash("another entry"u8));
        var follower = new LogFollower(_key.Verifier);
        var growth = follower.Grow(Head(other, 9));

        Assert.Null(growth.Add(growth.Bundles.Single(), Served(9)(growth.Bundles.Single()), Pass));

        Assert.False(growth.IsProven);
        Assert.False(follower.TryAccept(growth));
        Assert.Equal(0, follower.Size);
        Assert.Equal(9, tree.Size);
    }

    [Theory]
    [InlineData("tile/0/001", 0)]
    [InlineData("tile/1/000.p/4", 2)]
    public void A_rewritten_hash_in_a_new_tile_is_named(string path, int hash)
    {
        var served = Served(1_100);
        var follower = new LogFollower(_key.Verifier);
        var growth = follower.Grow(Head(Vectors.TreeOf(1_100), 1_100));
        var found = new List<LogFinding?>();

        foreach (var bundle in growth.Bundles)
        {
            Assert.Null(growth.Add(bundle, served(bundle), Pass));
            found.Add(growth.Check(bundle with { Level = 0 }, Read(bundle with { Level = 0 })));
        }

        found.AddRange(growth.Tiles.Select(tile => growth.Check(tile, Read(tile))));

        var wrong = Assert.Single(found.OfType<LogFinding>());
        Assert.Equal($"{path} byte {hash * Digest.Size}", wrong.Place);

        ReadOnlySpan<byte> Read(TilePath tile)
        {
            var bytes = served(tile).ToArray();
            if (tile.ToString() == path)
            {
                bytes[hash * Digest.Size] ^= 1;
            }

            return bytes;
        }
    }

    [Theory]
    [InlineData("tile/entries/001", 2)]
    [InlineData("tile/0/001", 40)]
    [InlineData("tile/0/000", 0)]
    [InlineData("tile/1/000.p/4", 3)]
    public void What_changes_after_it_was_verified_is_found_when_its_column_is_checked_again(
        string path,
        int at
    )
    {
        var served = Served(1_100);
        var follower = new LogFollower(_key.Verifier);
        Grow(follower, served, Head(Vectors.TreeOf(1_100), 1_100));

        Assert.All(
            Enumerable.Range(0, 4),
            index => Assert.Null(follower.CheckColumn(index, served))
        );
        Assert.Contains(
            Enumerable.Range(0, 4),
            index => follower.CheckColumn(index, Rewritten) is not null
        );

        ReadOnlyMemory<byte> Rewritten(TilePath tile)
        {
            var bytes = served(tile).ToArray();
            if (tile.ToString() == path)
            {
                bytes[at] ^= 1;
            }

            return bytes;
        }
    }

    public void Dispose() => _key.Dispose();

    private static void Pass(long index, ReadOnlyMemory<byte> entry) =>
        Assert.Equal(Vectors.TwoBytes((int)index), entry.ToArray());

    private static void Grow(
        LogFollower follower,
        Func<TilePath, ReadOnlyMemory<byte>> served,
        PublishedHead next
    )
    {
        var growth = follower.Grow(next);
        foreach (var path in growth.Bundles)
        {
            Assert.Null(growth.Add(path, served(path), Pass));
            var leaves = path with { Level = 0 };
            Assert.Null(growth.Check(leaves, served(leaves).Span));
        }

        Assert.All(growth.Tiles, path => Assert.Null(growth.Check(path, served(path).Span)));
        Assert.True(follower.TryAccept(growth));
    }

    private static List<Digest> NodesOf(MerkleTree tree, long earlier, long later) =>
        [.. ForkProof.NodesOf(earlier, later).Select(node => tree.Node(node.Level, node.Index))];

    // What a log with so many entries serves at every path of it.
    private static Func<TilePath, ReadOnlyMemory<byte>> Served(int size)
    {
        var tree = Vectors.TreeOf(size);
        return path =>
        {
            if (path.Level != TilePath.Entries)
            {
                return Tile.Bytes(tree, path);
            }

            var bundle = new System.Buffers.ArrayBufferWriter<byte>();
            for (var i = 0; i < path.Width; i++)
            {
                var index = (int)(path.Index * TilePath.FullWidth) + i;
                EntryBundle.Append(bundle, Vectors.TwoBytes(index));
            }

            return bundle.WrittenMemory;
        };
    }

    private PublishedHead Head(MerkleTree tree, long size) =>
        new(new(Vectors.Origin, size, tree.Root(size)), Note(tree, size));

    private string Note(MerkleTree tree, long size) =>
        new Checkpoint(Vectors.Origin, size, tree.Root(size)).Sign(_key).ToString();
}
