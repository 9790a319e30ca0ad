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
}
