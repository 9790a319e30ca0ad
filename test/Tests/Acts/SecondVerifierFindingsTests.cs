using System.Text.Json;
using Concord.Acts;
using Concord.Ledger;
using Concord.Tests.Cose;
using Xunit;

namespace Concord.Tests.Acts;

/// <summary>
/// What the second verifier found that Concord let pass although its own specifications refuse it.
/// </summary>
public sealed class SecondVerifierFindingsTests
{
    private static readonly JsonElement s_findings = Given
        .Json(
            File.ReadAllText(
                Path.Combine(Golden.Root, "test", "Hosts", "Python", "tests", "findings.json")
            )
        )
        .GetProperty("findings");

    public static TheoryData<string> Statements =>
        [
            .. s_findings
                .EnumerateArray()
                .Where(one => one.TryGetProperty("statement", out _))
                .Select(one => one.GetProperty("name").GetString()!),
        ];

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_statement_that_was_let_pass_is_refused(string name)
    {
        var finding = s_findings
            .EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == name);
        var bytes = Convert.FromHexString(finding.GetProperty("statement").GetString()!);
        var key = SignerVectorTests.Key(finding.GetProperty("key").GetString()!);

        Assert.Equal(finding.GetProperty("answer").GetString(), FaultOf(finding, bytes, key));
    }

    // The passkey's vector is an act of no type: only its signature is judged.
    private static string? FaultOf(JsonElement finding, byte[] bytes, PublicKey key)
    {
        if (finding.GetProperty("step").GetString() == "signature")
        {
            Assert.True(Statement.TryParse(bytes, out var statement, out _));
            statement.Verify(key, out var forged);
            return forged?.Code;
        }

        Opening.TryOpen(new Received(bytes, null, null, []), _ => key, out _, out var fault);
        return fault?.Code;
    }
}
