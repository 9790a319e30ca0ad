using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Ledger;

public sealed class TlogProofTests
{
    [Fact]
    public void The_proof_of_an_entry_is_a_text_that_verifies_offline()
    {
        using var key = Vectors.LogKey();
        var proof = ProofOf(key, 3, 7);

        Assert.True(TlogProof.TryParse(proof.ToString(), out var read, out _));
        Assert.Equal(proof.ToString(), read.ToString());
        Assert.True(
            read.Verify(Vectors.TwoBytes(3), key.Verifier, out var checkpoint, out var fault),
            fault
        );
        Assert.Equal(7, checkpoint.Size);
        Assert.False(read.Verify(Vectors.TwoBytes(4), key.Verifier, out _, out fault));
        Assert.Contains("another entry", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_vector_of_a_proof_in_a_tree_of_three_is_written_byte_for_byte()
    {
        using var key = Vectors.LogKey();

        Assert.Equal(
            "c2sp.org/tlog-proof@v1\nindex 2\n"
                + Vectors.TreeOf(3).Root(2).ToBase64()
                + "\n\nconcord.example/log\n3\n"
                + Vectors.TreeOf(3).Root(3).ToBase64()
                + "\n\n"
                + key.Sign(new Checkpoint(Vectors.Origin, 3, Vectors.TreeOf(3).Root(3)).Text)
                + "\n",
            ProofOf(key, 2, 3).ToString()
        );
    }

    [Fact]
    public void Extra_data_is_carried_and_authenticated_by_nothing()
    {
        using var key = Vectors.LogKey();
        var proof = ProofOf(key, 0, 1) with { Extra = new byte[] { 1, 2, 3 } };

        Assert.StartsWith(
            "c2sp.org/tlog-proof@v1\nextra AQID\nindex 0\n\n",
            proof.ToString(),
            StringComparison.Ordinal
        );
        Assert.True(TlogProof.TryParse(proof.ToString(), out var read, out _));
        Assert.Equal([1, 2, 3], read.Extra?.ToArray());
        Assert.True(read.Verify(Vectors.TwoBytes(0), key.Verifier, out _, out _));
    }

    [Fact]
    public void Every_byte_of_a_proof_counts()
    {
        using var key = Vectors.LogKey();
        var text = ProofOf(key, 3, 7).ToString();
        for (var i = 0; i < text.Length; i++)
        {
            var changed = text.ToCharArray();
            changed[i] ^= (char)1;
            Assert.False(
                TlogProof.TryParse(new string(changed), out var proof, out _)
                    && proof.Verify(Vectors.TwoBytes(3), key.Verifier, out _, out _),
                $"character {i}"
            );
        }
    }

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 0\n\nnote")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 00\n\nnote")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex\n\nnote")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra !\nindex 0\n\nnote")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra AQID\n\nnote")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\nshort\n\nnote")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\n")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_not_exactly_a_proof_is_refused_with_a_reason(string? text)
    {
        Assert.False(TlogProof.TryParse(text, out _, out var fault));
        Assert.NotEmpty(fault);
    }

    private static TlogProof ProofOf(NoteSigner key, int index, int size)
    {
        var tree = Vectors.TreeOf(size);
        var checkpoint = new Checkpoint(key.Name, size, tree.Root(size));
        return TlogProof.Of(tree, index, new(checkpoint, checkpoint.Sign(key).ToString()));
    }
}
