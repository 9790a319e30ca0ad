using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Cose;

public sealed class PasskeyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_person_signs_by_a_passkey(bool envelope)
    {
        using var passkey = new TestPasskey();
        var payload = envelope ? Digest.Of(CoseGiven.Act).ToArray() : CoseGiven.Act;

        Assert.Null(FaultOf(passkey, passkey.Sign(CoseGiven.Header, payload, envelope)));
    }

    [Fact]
    public void Synchronised_passkeys_and_members_that_browsers_add_are_admitted()
    {
        using var passkey = new TestPasskey
        {
            Flags = 0x1D,
            Extra = ",\"other_keys_can_be_added_here\":\"do not compare this\"",
        };

        Assert.Null(FaultOf(passkey, passkey.Sign(CoseGiven.Header, CoseGiven.Act)));
    }

    public static TheoryData<string, string> Bent =>
        new()
        {
            { "present", "user-presence" },
            { "verified", "user-verification" },
            { "attested", "authenticator-data" },
            { "backup", "authenticator-data" },
            { "longer", "authenticator-data" },
            { "type", "client-type" },
            { "context", "challenge" },
            { "origin", "origin" },
            { "rp", "rp-id" },
            { "cross", "cross-origin" },
            { "top", "cross-origin" },
            { "twice", "client-data" },
            { "comma", "client-data" },
            { "number", "client-data" },
        };

    [Theory]
    [MemberData(nameof(Bent))]
    public void An_assertion_that_says_something_else_is_refused(string what, string code)
    {
        using var passkey = what switch
        {
            "present" => new TestPasskey { Flags = 0x04 },
            "verified" => new TestPasskey { Flags = 0x01 },
            "attested" => new TestPasskey { Flags = 0x45 },
            "backup" => new TestPasskey { Flags = 0x15 },
            "longer" => new TestPasskey { MoreAuthenticatorData = [0xA0] },
            "type" => new TestPasskey { Type = "webauthn.create" },
            "context" => new TestPasskey { Context = "order" },
            "origin" => new TestPasskey { AtOrigin = "https://concord.example.org" },
            "rp" => new TestPasskey { ForRelyingParty = "example" },
            "cross" => new TestPasskey { Extra = ",\"crossOrigin\":true" },
            "top" => new TestPasskey { Extra = ",\"topOrigin\":\"https://a.example\"" },
            "twice" => new TestPasskey { Extra = ",\"type\":\"webauthn.get\"" },
            "comma" => new TestPasskey { Extra = "," },
            _ => new TestPasskey { Extra = ",\"crossOrigin\":0" },
        };

        Assert.Equal(code, FaultOf(passkey, passkey.Sign(CoseGiven.Header, CoseGiven.Act))?.Code);
    }

    [Fact]
    public void An_assertion_for_another_statement_is_refused()
    {
        using var passkey = new TestPasskey();
        var other = new UnsignedStatement(
            passkey.PublicKey,
            CoseGiven.Header,
            "{}"u8.ToArray(),
            false
        );
        var unsigned = new UnsignedStatement(
            passkey.PublicKey,
            CoseGiven.Header,
            CoseGiven.Act,
            false
        );

        Assert.Equal("challenge", FaultOf(passkey, unsigned.With(passkey.Assert(other.Id)))?.Code);
    }

    [Fact]
    public void A_passkey_may_not_sign_as_plain_COSE_nor_the_other_way_round()
    {
        using var passkey = new TestPasskey();
        using var plain = CoseGiven.Signer(21);

        var asCose = plain.Sign(CoseGiven.Header, CoseGiven.Act, false);

        Assert.Equal("alg-not-of-key", FaultOf(passkey, asCose)?.Code);
        Assert.True(
            Statement.TryParse(
                passkey.Sign(CoseGiven.Header, CoseGiven.Act),
                out var statement,
                out _
            )
        );
        Assert.False(statement.Verify(plain.PublicKey, out var fault));
        Assert.Equal("alg-not-of-key", fault.Code);
    }

    [Fact]
    public void Every_flipped_bit_of_an_assertion_is_noticed()
    {
        using var passkey = new TestPasskey();
        var good = passkey.Sign(CoseGiven.Header, CoseGiven.Act);
        Assert.True(Statement.TryParse(good, out var whole, out _));
        var start = good.Length - whole.Signature.Length;

        for (var i = start * 8; i < good.Length * 8; i++)
        {
            var bad = good.ToArray();
            bad[i / 8] ^= (byte)(1 << (i % 8));
            Assert.NotNull(FaultOf(passkey, bad));
        }
    }

    [Fact]
    public void An_assertion_is_one_canonical_array_of_at_most_2_KiB()
    {
        using var passkey = new TestPasskey();
        using var large = new TestPasskey { Extra = $",\"x\":\"{new string('a', 2048)}\"" };
        var unsigned = new UnsignedStatement(
            passkey.PublicKey,
            CoseGiven.Header,
            CoseGiven.Act,
            false
        );
        var good = passkey.Assert(unsigned.Id);

        Assert.Equal("trailing-bytes", CoseGiven.FaultOf(unsigned.With([.. good, 0])).Code);
        Assert.Equal("wrong-type", CoseGiven.FaultOf(unsigned.With(good.AsSpan(1))).Code);
        Assert.Equal(
            "signature-length",
            CoseGiven.FaultOf(large.Sign(CoseGiven.Header, CoseGiven.Act)).Code
        );
        Assert.Equal("non-minimal", CoseGiven.FaultOf(unsigned.With([0x98, 3, .. good[1..]])).Code);
    }

    private static StatementFault? FaultOf(TestPasskey passkey, byte[] bytes) =>
        Statement.TryParse(bytes, out var statement, out var gate)
            ? statement.Verify(passkey.PublicKey, out var fault)
                ? null
                : fault
            : gate;
}
