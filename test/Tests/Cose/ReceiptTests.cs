using System.Formats.Cbor;
using System.Security.Cryptography.Cose;
using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Cose;

public sealed class ReceiptTests
{
    private const string Origin = "concord.example/log";
    private const int Size = 11;

    [Fact]
    public void Every_entry_has_a_receipt_that_verifies_and_the_root_is_signed_once()
    {
        var tree = Tree();
        using var key = CoseGiven.Signer(9);
        var root = new ReceiptSigner(key, Origin).SignRoot(Size, tree.Root(Size));

        for (var i = 0; i < Size; i++)
        {
            var bytes = root.Receipt(i, tree.InclusionProof(i, Size));

            Assert.True(Receipt.TryParse(bytes, out var receipt, out _));
            Assert.True(receipt.Verify(key.PublicKey, Entry(i), out var led, out _));
            Assert.Equal(tree.Root(Size), led);
            Assert.Equal(Origin, receipt.Issuer);
            Assert.Equal((Size, i), (receipt.TreeSize, receipt.Index));
            Assert.False(receipt.Verify(key.PublicKey, Entry(i + 1), out _, out var other));
            Assert.Equal("bad-signature", other.Code);
        }
    }

    [Fact]
    public void A_stock_COSE_library_verifies_our_receipts()
    {
        var tree = Tree();
        using var signer = CoseGiven.Signer(9);
        using var key = signer.PublicKey.ToECDsa();
        var root = new ReceiptSigner(signer, Origin).SignRoot(Size, tree.Root(Size));

        var message = CoseMessage.DecodeSign1(root.Receipt(4, tree.InclusionProof(4, Size)));

        Assert.True(message.VerifyDetached(key, tree.Root(Size).ToArray()));
        Assert.Equal(1, message.ProtectedHeaders[new CoseHeaderLabel(395)].GetValueAsInt32());
    }

    [Fact]
    public void Every_flipped_bit_of_a_receipt_is_noticed()
    {
        var tree = Tree();
        using var signer = CoseGiven.Signer(9);
        var root = new ReceiptSigner(signer, Origin).SignRoot(Size, tree.Root(Size));
        var good = root.Receipt(4, tree.InclusionProof(4, Size));

        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var bad = good.ToArray();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            var holds =
                Receipt.TryParse(bad, out var receipt, out _)
                && receipt.Verify(signer.PublicKey, Entry(4), out _, out _);
            Assert.False(holds, $"bit {bit}");
        }
    }

    [Fact]
    public void A_receipt_is_read_wrapped_and_bare()
    {
        var tree = Tree();
        using var signer = CoseGiven.Signer(9);
        var root = new ReceiptSigner(signer, Origin).SignRoot(Size, tree.Root(Size));
        var writer = new CborWriter();
        writer.WriteByteString(root.Receipt(0, tree.InclusionProof(0, Size)));

        Assert.True(Receipt.TryParse(writer.Encode(), out var receipt, out _));
        Assert.True(receipt.Verify(signer.PublicKey, Entry(0), out _, out _));
    }

    [Fact]
    public void No_receipt_is_issued_at_size_1_and_an_empty_path_is_read()
    {
        var tree = new MerkleTree();
        tree.Append(MerkleTree.LeafHash(Entry(0)));
        using var signer = CoseGiven.Signer(9);
        var receipts = new ReceiptSigner(signer, Origin);
        var atTwo = receipts.SignRoot(2, tree.Root(1)).Receipt(0, []);

        Assert.Throws<ArgumentOutOfRangeException>(() => receipts.SignRoot(1, tree.Root(1)));
        Assert.True(Receipt.TryParse(atTwo, out var receipt, out _));
        Assert.False(receipt.Verify(signer.PublicKey, Entry(0), out _, out var fault));
        Assert.Equal("path-length", fault.Code);
    }

    [Fact]
    public void A_receipt_of_another_key_is_refused()
    {
        var tree = Tree();
        using var signer = CoseGiven.Signer(9);
        using var other = CoseGiven.Signer(8);
        var root = new ReceiptSigner(signer, Origin).SignRoot(Size, tree.Root(Size));

        Assert.True(
            Receipt.TryParse(root.Receipt(4, tree.InclusionProof(4, Size)), out var receipt, out _)
        );
        Assert.False(receipt.Verify(other.PublicKey, Entry(4), out _, out var fault));
        Assert.Equal("wrong-key", fault.Code);
    }

    [Fact]
    public void A_consistency_receipt_ties_every_earlier_checkpoint_to_a_later_one()
    {
        var tree = Tree();
        using var signer = CoseGiven.Signer(9);
        var root = new ReceiptSigner(signer, Origin).SignRoot(Size, tree.Root(Size));

        for (var from = 1; from < Size; from++)
        {
            var bytes = root.Consistency(from, tree.ConsistencyProof(from, Size));

            Assert.True(ConsistencyReceipt.TryParse(bytes, out var receipt, out _));
            Assert.True(receipt.Verify(signer.PublicKey, tree.Root(from), tree.Root(Size), out _));
            Assert.False(
                receipt.Verify(signer.PublicKey, MerkleTree.EmptyRoot, tree.Root(Size), out _)
            );
            Assert.False(Receipt.TryParse(bytes, out _, out _));
        }
    }

    [Fact]
    public void A_transparent_statement_holds_the_entry_and_its_receipts()
    {
        var tree = new MerkleTree();
        var entry = CoseGiven.Signed();
        tree.Append(MerkleTree.LeafHash("first"u8));
        tree.Append(MerkleTree.LeafHash(entry));
        using var signer = CoseGiven.Signer(9);
        using var author = CoseGiven.Signer();
        using var stock = author.PublicKey.ToECDsa();
        var root = new ReceiptSigner(signer, Origin).SignRoot(2, tree.Root(2));
        var receipt = root.Receipt(1, tree.InclusionProof(1, 2));
        Assert.True(Statement.TryParse(entry, out var statement, out _));

        var file = new TransparentStatement(statement, [receipt]).ToArray();

        Assert.True(TransparentStatement.TryParse(file, out var whole, out _));
        Assert.Equal(entry, whole.Statement.Bytes.ToArray());
        Assert.Equal(receipt, Assert.Single(whole.Receipts).ToArray());
        Assert.True(CoseMessage.DecodeSign1(file).VerifyEmbedded(stock));
        Assert.False(Statement.TryParse(file, out _, out var fault));
        Assert.Equal("unprotected-not-empty", fault.Code);
        Assert.True(Receipt.TryParse(whole.Receipts[0].Span, out var read, out _));
        Assert.True(read.Verify(signer.PublicKey, whole.Statement.Bytes.Span, out _, out _));
    }

    [Fact]
    public void A_transparent_statement_may_hold_receipts_that_are_not_wrapped()
    {
        var tree = Tree();
        using var signer = CoseGiven.Signer(9);
        var root = new ReceiptSigner(signer, Origin).SignRoot(Size, tree.Root(Size));
        var receipt = root.Receipt(4, tree.InclusionProof(4, Size));
        var entry = CoseGiven.Signed();
        var message = CoseMessage.DecodeSign1(entry);
        var header = new CborWriter(CborConformanceMode.Lax);
        header.WriteStartArray(1);
        header.WriteEncodedValue(receipt);
        header.WriteEndArray();
        message.UnprotectedHeaders.Add(
            new CoseHeaderLabel(394),
            CoseHeaderValue.FromEncodedValue(header.Encode())
        );

        Assert.True(
            TransparentStatement.TryParse(message.Encode(), out var whole, out var fault),
            fault?.Detail
        );
        Assert.Equal(receipt, Assert.Single(whole.Receipts).ToArray());
        Assert.Equal(entry, whole.Statement.Bytes.ToArray());
    }

    private static MerkleTree Tree()
    {
        var tree = new MerkleTree();
        for (var i = 0; i < Size; i++)
        {
            tree.Append(MerkleTree.LeafHash(Entry(i)));
        }

        return tree;
    }

    private static byte[] Entry(int i) => [(byte)i, 0x2A];
}
