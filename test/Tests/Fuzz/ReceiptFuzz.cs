using Concord.Ledger;
using Concord.Tests.Cose;
using Xunit;

namespace Concord.Tests.Fuzz;

public sealed class ReceiptFuzz
{
    [Fact]
    public void No_bent_receipt_throws_or_proves_another_entry()
    {
        var tree = new MerkleTree();
        for (var i = 0; i < 9; i++)
        {
            tree.Append(MerkleTree.LeafHash([(byte)i]));
        }

        using var signer = CoseGiven.Signer();
        var root = new ReceiptSigner(signer, "concord.example/log").SignRoot(9, tree.Root(9));
        var receipt = root.Receipt(3, tree.InclusionProof(3, 9));
        Assert.True(Statement.TryParse(CoseGiven.Signed(), out var statement, out _));
        FuzzRun.Of(
            [
                receipt,
                root.Consistency(5, tree.ConsistencyProof(5, 9)),
                new TransparentStatement(statement, [receipt]).ToArray(),
            ],
            input =>
            {
                if (Receipt.TryParse(input, out var read, out _))
                {
                    Assert.False(read.Verify(signer.PublicKey, [99], out _, out _));
                    if (read.Verify(signer.PublicKey, [3], out var led, out _))
                    {
                        Assert.Equal(tree.Root(9), led);
                    }
                }

                if (ConsistencyReceipt.TryParse(input, out var grown, out _))
                {
                    Assert.False(grown.Verify(signer.PublicKey, tree.Root(4), tree.Root(9), out _));
                }

                Assert.True(
                    TransparentStatement.TryParse(input, out _, out var why) || why is not null
                );
            }
        );
    }
}
