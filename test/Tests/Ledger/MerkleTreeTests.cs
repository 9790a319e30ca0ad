using Concord.Ledger;
using CsCheck;
using Xunit;

namespace Concord.Tests.Ledger;

public sealed class MerkleTreeTests
{
    private static readonly string[] s_classicLeaves =
    [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];

    [Fact]
    public void An_empty_tree_has_the_digest_of_nothing_as_its_root()
    {
        Assert.Equal(
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            MerkleTree.EmptyRoot.ToBase64()
        );
        Assert.Equal(MerkleTree.EmptyRoot, new MerkleTree().Root(0));
    }

    [Fact]
    public void Leaves_and_nodes_are_hashed_under_different_prefixes()
    {
        var leaf = MerkleTree.LeafHash([]);

        Assert.Equal(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            leaf.ToHex()
        );
        Assert.Equal(
            "fe43d66afa4a9a5c4f9c9da89f4ffb52635c8f342e7ffb731d68e36c5982072a",
            MerkleTree.NodeHash(leaf, leaf).ToHex()
        );
    }

    [Theory]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void The_classic_leaves_give_the_classic_roots(int size, string root)
    {
        var tree = new MerkleTree();
        foreach (var leaf in s_classicLeaves)
        {
            tree.Append(MerkleTree.LeafHash(Convert.FromHexString(leaf)));
        }

        Assert.Equal(root, tree.Root(size).ToHex());
    }

    [Theory]
    [InlineData(255, "115aacf69b00576a4c29f4630d7f4ec44f548f8eb260e760f0ca688e03face9b")]
    [InlineData(256, "16284532241f522a3fba7a0ae0863cb456ad381219176c2d424516ac230e3110")]
    [InlineData(257, "56dafde5bb3a6d3100c0a5a4a40f1e3eedfb0bd82b6f38a927fb7fe427f87e8b")]
    public void Roots_around_the_first_full_tile_are_the_published_ones(int size, string root) =>
        Assert.Equal(root, Vectors.TreeOf(300).Root(size).ToHex());

    [Fact]
    public void Every_proof_of_every_size_to_100_is_that_of_the_definition_and_verifies()
    {
        const int Largest = 100;
        var tree = Vectors.TreeOf(Largest);
        var leaves = Leaves(Largest);
        for (var size = 1; size <= Largest; size++)
        {
            var root = tree.Root(size);
            Assert.Equal(NaiveTree.Root(leaves.AsSpan(0, size)), root.ToArray());
            for (var index = 0; index < size; index++)
            {
                var path = tree.InclusionProof(index, size);
                Assert.Equal(Hex(NaiveTree.Path(index, leaves.AsSpan(0, size))), Hex(path));
                Assert.True(Proofs.VerifyInclusion(tree.Leaf(index), index, size, path, root));
            }

            for (var from = 0; from <= size; from++)
            {
                var proof = tree.ConsistencyProof(from, size);
                Assert.Equal(Hex(NaiveTree.Consistency(from, leaves.AsSpan(0, size))), Hex(proof));
                Assert.True(
                    Proofs.VerifyConsistency(from, tree.Root(from), size, root, proof),
                    $"{from} to {size}"
                );
            }
        }
    }

    [Fact]
    public void Sampled_proofs_up_to_70000_verify_and_no_other_index_size_root_or_path_does()
    {
        const int Largest = 70_000;
        var tree = LargeTree.Value;
        Gen.Select(
                Gen.Int[1, Largest],
                Gen.Int[0, Largest - 1],
                Gen.Int[0, Largest],
                Gen.Int[0, 63]
            )
            .Where((size, index, from, _) => index < size && from <= size)
            .Sample(
                (size, index, from, spoil) =>
                {
                    var root = tree.Root(size);
                    var leaf = tree.Leaf(index);
                    var path = tree.InclusionProof(index, size);
                    Assert.True(Proofs.VerifyInclusion(leaf, index, size, path, root));
                    Assert.False(Proofs.VerifyInclusion(leaf, index + 1, size, path, root));
                    Assert.False(Proofs.VerifyInclusion(leaf, index, size, path, leaf) && size > 1);
                    Assert.False(Proofs.VerifyInclusion(leaf, index, size, [.. path, root], root));
                    if (path.Length > 0)
                    {
                        Assert.False(Proofs.VerifyInclusion(leaf, index, size, path[1..], root));
                        path[spoil % path.Length] = MerkleTree.EmptyRoot;
                        Assert.False(Proofs.VerifyInclusion(leaf, index, size, path, root));
                    }

                    CheckConsistency(tree, from, size, spoil);
                },
                iter: 4_000
            );
    }

    [Fact]
    public void Sampled_roots_and_proofs_up_to_70000_are_those_of_the_definition()
    {
        var tree = LargeTree.Value;
        var leaves = Leaves(70_000);
        int[] sizes = [255, 256, 257, 4_095, 65_535, 65_536, 65_537, 69_999, 70_000];
        foreach (var size in sizes)
        {
            var all = leaves.AsSpan(0, size);
            Assert.Equal(NaiveTree.Root(all), tree.Root(size).ToArray());
            foreach (var at in (ReadOnlySpan<int>)[0, size / 3, size - 1])
            {
                Assert.Equal(Hex(NaiveTree.Path(at, all)), Hex(tree.InclusionProof(at, size)));
                Assert.Equal(
                    Hex(NaiveTree.Consistency(at, all)),
                    Hex(tree.ConsistencyProof(at, size))
                );
            }
        }
    }

    [Fact]
    public void Every_root_of_every_size_to_70000_is_that_of_a_code_of_its_own()
    {
        var tree = LargeTree.Value;
        var stack = new List<byte[]>();
        for (var size = 1; size <= 70_000; size++)
        {
            stack.Add(NaiveTree.Leaf(Vectors.TwoBytes(size - 1)));
            for (var rest = size - 1; (rest & 1) == 1; rest >>= 1)
            {
                stack[^2] = NaiveTree.Node(stack[^2], stack[^1]);
                stack.RemoveAt(stack.Count - 1);
            }

            var root = stack[^1];
            for (var i = stack.Count - 2; i >= 0; i--)
            {
                root = NaiveTree.Node(stack[i], root);
            }

            Assert.Equal(root, tree.Root(size).ToArray());
        }
    }

    [Fact]
    public void A_truncated_tree_grows_again_as_if_nothing_had_been()
    {
        var tree = Vectors.TreeOf(700);
        for (var i = 700; i < 1_000; i++)
        {
            tree.Append(MerkleTree.LeafHash([0xFF]));
        }

        Assert.NotEqual(Vectors.TreeOf(1_000).Root(1_000), tree.Root(1_000));
        tree.Truncate(700);
        for (var i = 700; i < 1_300; i++)
        {
            tree.Append(MerkleTree.LeafHash(Vectors.TwoBytes(i)));
        }

        Assert.Equal(Vectors.TreeOf(1_300).Root(1_300), tree.Root(1_300));
        Assert.Equal(Vectors.TreeOf(1_000).Root(1_000), tree.Root(1_000));
        Assert.Equal(Vectors.TreeOf(1_000).InclusionProof(3, 1_000), tree.InclusionProof(3, 1_000));
    }

    [Fact]
    public void A_size_that_was_never_reached_has_no_root_and_no_proof()
    {
        var tree = Vectors.TreeOf(10);

        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Root(11));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Root(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.InclusionProof(10, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.ConsistencyProof(5, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Node(1, 5));
    }

    internal static Lazy<MerkleTree> LargeTree { get; } = new(() => Vectors.TreeOf(70_000));

    private static void CheckConsistency(MerkleTree tree, int from, int size, int spoil)
    {
        var old = tree.Root(from);
        var root = tree.Root(size);
        var proof = tree.ConsistencyProof(from, size);
        Assert.True(Proofs.VerifyConsistency(from, old, size, root, proof));
        Assert.False(Proofs.VerifyConsistency(from, root, size, root, proof) && old != root);
        Assert.False(Proofs.VerifyConsistency(from, old, size, root, [.. proof, root]));
        if (proof.Length > 0)
        {
            Assert.False(Proofs.VerifyConsistency(from, old, size, root, proof[1..]));
            proof[spoil % proof.Length] = MerkleTree.EmptyRoot;
            Assert.False(Proofs.VerifyConsistency(from, old, size, root, proof));
        }
    }

    private static byte[][] Leaves(int count) =>
        [.. Enumerable.Range(0, count).Select(i => NaiveTree.Leaf(Vectors.TwoBytes(i)))];

    private static string[] Hex(IEnumerable<byte[]> hashes) =>
        [.. hashes.Select(Convert.ToHexStringLower)];

    private static string[] Hex(IEnumerable<Digest> hashes) => [.. hashes.Select(h => h.ToHex())];
}
