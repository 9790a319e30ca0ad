using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Cose;

/// <summary>One touch of a passkey signs many statements, each for itself, and none else.</summary>
public sealed class BatchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(21)]
    public void Each_statement_of_a_batch_verifies_by_itself(int count)
    {
        using var passkey = new TestPasskey();
        var (statements, fields) = Batch(passkey, count);

        for (var i = 0; i < count; i++)
        {
            Assert.Null(FaultOf(passkey, statements[i].With(fields[i])));
        }
    }

    [Fact]
    public void The_largest_batch_fits_the_bound_of_the_field()
    {
        using var passkey = new TestPasskey { Extra = $",\"x\":\"{new string('a', 1_100)}\"" };
        Digest[] ids =
        [
            .. Enumerable
                .Range(0, BatchPlace.Most)
                .Select(i => Digest.Of(BitConverter.GetBytes(i))),
        ];
        var tree = BatchPlace.TreeOf(ids);
        var (data, client, signature) = passkey.Answer(
            BatchPlace.Challenge(ids.Length, tree.Root(ids.Length))
        );
        foreach (var i in (int[])[0, 77_777, ids.Length - 1])
        {
            var path = tree.InclusionProof(i, ids.Length);
            var field = WebauthnAssertion.Compose(
                data,
                client,
                signature,
                new(i, ids.Length, path)
            );

            Assert.Equal(17, path.Length);
            Assert.InRange(field.Length, 1_800, WebauthnAssertion.MaxBytes);
            Assert.Null(WebauthnAssertion.Check(field, passkey.PublicKey, "statement", ids[i]));
        }
    }

    [Fact]
    public void No_field_of_a_batch_is_one_for_another_statement()
    {
        using var passkey = new TestPasskey();
        const int Count = 11;
        var (statements, fields) = Batch(passkey, Count);
        var outside = Of(passkey, Count);

        for (var i = 0; i < Count; i++)
        {
            Assert.Equal("challenge", FaultOf(passkey, outside.With(fields[i]))?.Code);
            for (var j = 0; j < Count; j++)
            {
                Assert.Equal(i == j, FaultOf(passkey, statements[j].With(fields[i])) is null);
            }
        }
    }

    [Fact]
    public void A_place_has_one_path_and_a_path_one_place()
    {
        using var passkey = new TestPasskey();
        const int Count = 6;
        Digest[] ids = [.. Enumerable.Range(0, Count).Select(i => Of(passkey, i).Id)];
        var tree = BatchPlace.TreeOf(ids);
        var root = tree.Root(Count);
        var (data, client, signature) = passkey.Answer(BatchPlace.Challenge(Count, root));

        var admitted = 0;
        for (var i = 0; i < Count; i++)
        {
            var path = tree.InclusionProof(i, Count);
            for (var count = 1; count <= 2 * Count; count++)
            {
                for (var index = 0; index < count; index++)
                {
                    var field = WebauthnAssertion.Compose(
                        data,
                        client,
                        signature,
                        new(index, count, path)
                    );
                    var fault = WebauthnAssertion.Check(
                        field,
                        passkey.PublicKey,
                        "statement",
                        ids[i]
                    );
                    Assert.Equal((index, count) == (i, Count), fault is null);
                    admitted += fault is null ? 1 : 0;
                }
            }
        }

        Assert.Equal(Count, admitted);
    }

    [Fact]
    public void What_is_asked_for_another_purpose_is_signed_alone()
    {
        using var passkey = new TestPasskey();
        var id = Digest.Of("x"u8);
        var field = passkey.AssertAll([id])[0];

        Assert.Null(WebauthnAssertion.Check(field, passkey.PublicKey, "statement", id));
        Assert.Equal(
            "challenge",
            WebauthnAssertion.Check(field, passkey.PublicKey, "order", id)?.Code
        );
    }

    private static (UnsignedStatement[] Statements, byte[][] Fields) Batch(
        TestPasskey passkey,
        int count
    )
    {
        UnsignedStatement[] all = [.. Enumerable.Range(0, count).Select(i => Of(passkey, i))];
        return (all, passkey.AssertAll([.. all.Select(one => one.Id)]));
    }

    private static UnsignedStatement Of(TestPasskey passkey, int number) =>
        new(
            passkey.PublicKey,
            CoseGiven.Header,
            System.Text.Encoding.UTF8.GetBytes($"{{\"number\":{number}}}"),
            envelope: false
        );

    private static StatementFault? FaultOf(TestPasskey passkey, byte[] bytes) =>
        Statement.TryParse(bytes, out var statement, out var gate)
            ? statement.Verify(passkey.PublicKey, out var fault)
                ? null
                : fault
            : gate;
}
