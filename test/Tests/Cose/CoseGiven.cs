using System.Security.Cryptography;
using System.Text;
using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Cose;

/// <summary>Fixed keys and statements; scalars of one repeated byte are for tests alone.</summary>
internal static class CoseGiven
{
    public const string Issuer = "sandbox-3f9a.concord.invalid/log#P-0000-13KX";

    public static readonly StatementHeader Header = new(
        Issuer,
        "registry/register-model",
        Statement.JsonAct
    );

    public static byte[] Act => Encoding.UTF8.GetBytes("""{"act":"registry/example/1"}""");

    public static StatementSigner Signer(byte fill = 1)
    {
        var scalar = new byte[32];
        scalar.AsSpan().Fill(fill);
        return StatementSigner.FromScalar(scalar);
    }

    public static byte[] Signed(bool envelope = false)
    {
        using var signer = Signer();
        return signer.Sign(Header, envelope ? SHA256.HashData(Act) : Act, envelope);
    }

    public static StatementFault FaultOf(byte[] bytes)
    {
        Assert.False(Statement.TryParse(bytes, out var statement, out var fault));
        Assert.Null(statement);
        return fault;
    }
}
