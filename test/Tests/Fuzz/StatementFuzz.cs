using Concord.Ledger;
using Concord.Tests.Cose;
using Xunit;

namespace Concord.Tests.Fuzz;

public sealed class StatementFuzz
{
    [Fact]
    public void The_gate_never_throws_and_what_it_admits_is_canonical()
    {
        using var signer = CoseGiven.Signer();
        using var passkey = new TestPasskey();
        var keys = new[] { signer.PublicKey, passkey.PublicKey };
        FuzzRun.Of(
            [
                CoseGiven.Signed(),
                CoseGiven.Signed(envelope: true),
                passkey.Sign(CoseGiven.Header, CoseGiven.Act),
            ],
            input =>
            {
                if (!Statement.TryParse(input, out var statement, out var fault))
                {
                    Assert.NotEmpty(fault.Code);
                    Assert.NotEmpty(fault.Detail);
                    return;
                }

                Assert.Equal(input, Written(statement));
                foreach (var key in keys)
                {
                    statement.Verify(key, out _);
                }
            }
        );
    }

    private static byte[] Written(Statement statement)
    {
        var kind = statement.Algorithm == Statement.WebauthnAlgorithm;
        using var signer = CoseGiven.Signer();
        using var passkey = new TestPasskey();
        var key = kind ? passkey.PublicKey : signer.PublicKey;
        var again = new UnsignedStatement(
            key,
            new(statement.Issuer, statement.Subject, statement.ContentType),
            statement.Payload,
            statement.IsEnvelope
        ).With(statement.Signature.Span);
        // A bent kid is another key's: put it back where ours stands.
        var at = again.AsSpan().IndexOf(key.Id.Thumbprint.ToArray());
        statement.Key.Thumbprint.CopyTo(again.AsSpan(at));
        return again;
    }
}
