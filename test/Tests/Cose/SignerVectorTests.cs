using System.Buffers.Text;
using System.Text.Json;
using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Cose;

/// <summary>
/// The vectors of <c>specs/signers.md</c>, written by another implementation
/// (<c>test/Hosts/Stranger/signer.py</c>): each statement gets the answer that stands beside it,
/// at the step that stands beside it.
/// </summary>
public sealed class SignerVectorTests
{
    private static readonly JsonElement s_file = Given.Json(
        File.ReadAllText(Path.Combine(Golden.Root, "specs", "signers.vectors.json"))
    );

    public static TheoryData<string> Names =>
        [.. s_file.GetProperty("vectors").EnumerateArray().Select(row => Text(row, "name"))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_statement_gets_the_answer_of_its_vector(string name)
    {
        var row = s_file
            .GetProperty("vectors")
            .EnumerateArray()
            .Single(one => string.Equals(Text(one, "name"), name, StringComparison.Ordinal));
        var bytes = Convert.FromHexString(Text(row, "statement"));

        if (!Statement.TryParse(bytes, out var statement, out var fault))
        {
            Assert.Equal(("gate", Text(row, "answer")), ("gate", fault.Code));
            Assert.Equal("gate", Text(row, "step"));
            return;
        }

        Assert.Equal("signature", Text(row, "step"));
        var verifies = statement.Verify(Key(Text(row, "key")), out fault);
        Assert.Equal(Text(row, "answer"), verifies ? "verifies" : fault!.Code);
    }

    [Fact]
    public void Header_id_and_challenge_are_those_of_the_vectors()
    {
        var unsigned = Unsigned("cose");

        Assert.Equal(
            Text(s_file, "protected_header"),
            Convert.ToHexStringLower(unsigned.ProtectedHeader.Span)
        );
        Assert.Equal(Text(s_file, "statement_id"), unsigned.Id.ToHex());
        Assert.Equal(unsigned.Id, Digest.Of(Convert.FromHexString(Text(s_file, "sig_structure"))));
        Assert.Equal(
            Text(s_file, "challenge"),
            WebauthnAssertion.Challenge("statement", Unsigned("webauthn").Id).ToHex()
        );
    }

    [Fact]
    public void Root_and_challenge_of_a_batch_are_those_of_the_vectors()
    {
        var batch = s_file.GetProperty("batch");
        string[] acts = [.. batch.GetProperty("acts").EnumerateArray().Select(one => $"{one}")];
        Digest[] ids = [.. acts.Select(act => Unsigned("webauthn", act).Id)];
        var root = BatchPlace.TreeOf(ids).Root(ids.Length);

        Assert.Equal(
            batch.GetProperty("ids").EnumerateArray().Select(one => $"{one}"),
            ids.Select(id => id.ToHex())
        );
        Assert.Equal(Text(batch, "root"), root.ToHex());
        Assert.Equal(Text(batch, "challenge"), BatchPlace.Challenge(ids.Length, root).ToHex());
    }

    [Theory]
    [InlineData("cose")]
    [InlineData("other")]
    [InlineData("webauthn")]
    public void A_key_has_the_thumbprint_of_the_vectors(string name) =>
        Assert.Equal(
            Text(s_file.GetProperty("keys").GetProperty(name), "thumbprint"),
            Key(name).Id.ToString()
        );

    [Fact]
    public void The_same_signature_with_the_other_s_is_the_same_statement()
    {
        var ids = s_file
            .GetProperty("vectors")
            .EnumerateArray()
            .Where(row => Text(row, "name") is "cose" or "cose-other-s" or "cose-forged")
            .Select(row =>
            {
                var bytes = Convert.FromHexString(Text(row, "statement"));
                Assert.True(Statement.TryParse(bytes, out var statement, out _));
                return statement.Id;
            });

        Assert.Single(ids.Distinct());
    }

    private static UnsignedStatement Unsigned(string key, string? act = null) =>
        new(
            Key(key),
            new(Text(s_file, "issuer"), Text(s_file, "subject"), Statement.JsonAct),
            System.Text.Encoding.UTF8.GetBytes(act ?? Text(s_file, "act")),
            envelope: false
        );

    internal static PublicKey Key(string name)
    {
        var jwk = s_file.GetProperty("keys").GetProperty(name).GetProperty("jwk");
        var x = Base64Url.DecodeFromChars(Text(jwk, "x"));
        var y = Base64Url.DecodeFromChars(Text(jwk, "y"));
        return jwk.TryGetProperty("rp_id", out var relyingParty)
            ? PublicKey.Webauthn(
                x,
                y,
                relyingParty.GetString()!,
                [.. jwk.GetProperty("origins").EnumerateArray().Select(one => one.GetString()!)]
            )
            : PublicKey.Cose(x, y);
    }

    private static string Text(JsonElement of, string member) =>
        of.GetProperty(member).GetString()!;
}
