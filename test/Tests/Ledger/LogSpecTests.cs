using System.Security.Cryptography;
using System.Text;
using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Ledger;

/// <summary>The vectors of <c>specs/log.md</c>.</summary>
public sealed class LogSpecTests
{
    private static readonly SpecVectors s_vectors = SpecVectors.Of("log.md");

    [Fact]
    public void Hashes_are_those_of_the_page()
    {
        var leaf = MerkleTree.LeafHash([]);

        Assert.Equal(s_vectors["empty-root"], MerkleTree.EmptyRoot.ToHex());
        Assert.Equal(s_vectors["leaf-of-nothing"], leaf.ToHex());
        Assert.Equal(s_vectors["node-of-two-such-leaves"], MerkleTree.NodeHash(leaf, leaf).ToHex());
    }

    [Fact]
    public void Roots_are_those_of_the_page()
    {
        var tree = new MerkleTree();
        foreach (var entry in s_vectors["classic-leaves"].Split(','))
        {
            tree.Append(MerkleTree.LeafHash(Convert.FromHexString(entry.TrimStart('-'))));
        }

        Assert.All(
            s_vectors.Starting("classic-root-"),
            one => Assert.Equal(one.Value, tree.Root(Number(one.End)).ToHex())
        );
        Assert.All(
            s_vectors.Starting("counting-"),
            one => Assert.Equal(one.Value, Vectors.TreeOf(300).Root(Number(one.End)).ToHex())
        );
    }

    [Fact]
    public void Keys_and_the_cosigned_note_are_those_of_the_page()
    {
        using var log = Vectors.LogKey();
        using var witness = Vectors.WitnessKey();
        var note = Encoding.UTF8.GetBytes(Vectors.CosignedNote);

        Assert.Equal(s_vectors["log-vkey"], log.Verifier.ToString());
        Assert.Equal(s_vectors["witness-vkey"], witness.Verifier.ToString());
        Assert.Equal(s_vectors["note-sha256"], Convert.ToHexStringLower(SHA256.HashData(note)));
        Assert.Contains(
            Vectors.CosignedNote,
            File.ReadAllText(Path.Combine(Golden.Root, "specs", "log.md")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_edge_of_a_tree_is_that_of_the_page() =>
        Assert.Equal(
            s_vectors["tiles-70000"],
            string.Join(
                ',',
                TilePath
                    .Of(70_000)
                    .Where(path => path.Level > 0 || (path.Level == 0 && !path.IsFull))
            )
        );

    /// <summary>The example of golang.org/x/mod/sumdb/note, another author's code.</summary>
    [Fact]
    public void A_note_of_another_library_is_read_and_verifies()
    {
        const string Note =
            "If you think cryptography is the answer to your problem,\n"
            + "then you don't know what your problem is.\n\n"
            + "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSN"
            + "XgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        Assert.True(
            NoteVerifier.TryParse(
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                out var key,
                out _
            )
        );
        Assert.True(SignedNote.TryParse(Note, out var note, out _));

        Assert.True(note.TryVerify([key], out _, out var fault), fault);
    }

    private static int Number(string digits) =>
        int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
}
