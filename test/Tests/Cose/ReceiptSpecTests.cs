using System.Security.Cryptography.Cose;
using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Cose;

/// <summary>The vectors of <c>specs/receipts.md</c>.</summary>
public sealed class ReceiptSpecTests
{
    private static readonly SpecVectors s_vectors = SpecVectors.Of("receipts.md");

    private static PublicKey Key =>
        PublicKey.Cose(s_vectors.Bytes("receipt-key-x"), s_vectors.Bytes("receipt-key-y"));

    [Fact]
    public void The_receipt_key_is_that_of_the_page()
    {
        using var signer = CoseGiven.Signer(9);

        Assert.Equal(Key, signer.PublicKey);
        Assert.Equal(s_vectors["receipt-key-kid"], Key.Id.ToString());
    }

    [Fact]
    public void The_receipt_of_the_page_verifies_with_ours_and_with_a_stock_library()
    {
        var bytes = s_vectors.Bytes("receipt");
        using var stock = Key.ToECDsa();

        Assert.True(Receipt.TryParse(bytes, out var receipt, out var fault), fault?.Detail);
        Assert.True(receipt.Verify(Key, s_vectors.Bytes("entry-4"), out var root, out _));
        Assert.Equal(s_vectors["root-11"], root.ToHex());
        Assert.Equal(s_vectors["origin"], receipt.Issuer);
        Assert.Equal((11, 4), (receipt.TreeSize, receipt.Index));
        Assert.True(
            CoseMessage.DecodeSign1(bytes).VerifyDetached(stock, s_vectors.Bytes("root-11"))
        );
    }

    [Fact]
    public void The_consistency_receipt_of_the_page_verifies()
    {
        Assert.True(
            ConsistencyReceipt.TryParse(
                s_vectors.Bytes("consistency-receipt"),
                out var receipt,
                out var fault
            ),
            fault?.Detail
        );
        Assert.Equal((5, 11), (receipt.From, receipt.To));
        Assert.True(
            receipt.Verify(
                Key,
                new(s_vectors.Bytes("root-5")),
                new(s_vectors.Bytes("root-11")),
                out _
            )
        );
    }

    [Fact]
    public void What_we_write_is_the_page_but_for_the_signature()
    {
        var tree = new MerkleTree();
        for (var i = 0; i < 11; i++)
        {
            tree.Append(MerkleTree.LeafHash([(byte)i, 0x2A]));
        }

        using var signer = CoseGiven.Signer(9);
        var receipts = new ReceiptSigner(signer, s_vectors["origin"]);
        var root = receipts.Restore(11, tree.Root(11), s_vectors.Bytes("signature"));

        Assert.Equal(s_vectors["leaf-4"], tree.Leaf(4).ToHex());
        Assert.Equal(
            s_vectors["receipt"],
            Convert.ToHexStringLower(root.Receipt(4, tree.InclusionProof(4, 11)))
        );
        Assert.Equal(
            s_vectors["consistency-receipt"],
            Convert.ToHexStringLower(root.Consistency(5, tree.ConsistencyProof(5, 11)))
        );
        foreach (var part in (string[])["protected", "inclusion-proof", "signature"])
        {
            Assert.Contains(s_vectors[part], s_vectors["receipt"], StringComparison.Ordinal);
        }

        Assert.Contains(
            s_vectors["protected"],
            s_vectors["sig-structure"],
            StringComparison.Ordinal
        );
    }
}
