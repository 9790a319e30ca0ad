using Concord.Ledger;
using Concord.Tests.Cose;
using Xunit;

namespace Concord.Tests.Fuzz;

public sealed class PasskeyFuzz
{
    [Fact]
    public void No_bent_assertion_throws_or_verifies()
    {
        using var passkey = new TestPasskey();
        var id = Digest.Of("statement"u8);
        var good = passkey.Assert(id);
        FuzzRun.Of(
            [good],
            input =>
            {
                var fault = WebauthnAssertion.Check(input, passkey.PublicKey, "statement", id);
                Assert.Equal(good.AsSpan().SequenceEqual(input), fault is null);
            }
        );
    }

    [Fact]
    public void No_bent_place_in_a_batch_throws_or_verifies()
    {
        using var passkey = new TestPasskey();
        Digest[] ids = [.. Enumerable.Range(0, 21).Select(i => Digest.Of([(byte)i]))];
        var fields = passkey.AssertAll(ids);
        foreach (var i in (int[])[0, 7, 20])
        {
            FuzzRun.Of(
                [fields[i]],
                input =>
                {
                    var key = passkey.PublicKey;
                    var fault = WebauthnAssertion.Check(input, key, "statement", ids[i]);
                    Assert.Equal(fields[i].AsSpan().SequenceEqual(input), fault is null);
                }
            );
        }
    }
}
