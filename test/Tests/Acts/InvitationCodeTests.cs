using Concord.Acts;
using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Acts;

public sealed class InvitationCodeTests
{
    private const string Code = "00041-06105-0R3GG-28A1C-60T3G-F";

    [Fact]
    public void A_code_is_its_bytes_in_letters_that_nobody_mistakes()
    {
        Assert.Equal(Code, InvitationCode.Of(Bytes()));
        Assert.Equal("7ZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-Z", InvitationCode.Of(Ones()));
    }

    [Theory]
    [InlineData("00041-06105-0R3GG-28A1C-60T3G-F")]
    [InlineData("00041061050r3gg28a1c60t3gf\n")]
    [InlineData("ooo4l o6io5 oR3GG 28AlC 6oT3G F")]
    public void However_it_is_written_it_makes_the_same_key(string written)
    {
        using var key = InvitationCode.SignerOf(written);
        using var same = InvitationCode.SignerOf(Code);

        Assert.Equal(same!.PublicKey.Id, key!.PublicKey.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00041-06105-0R3GG-28A1C-60T3G-FW")]
    [InlineData("00041-06105-0R3GG-28A1C-60T3G-U")]
    [InlineData("00041-06105-0R3GG-28A1C-60T3G-Ä")]
    public void What_is_no_code_makes_no_key(string written) =>
        Assert.Null(InvitationCode.SignerOf(written));

    [Fact]
    public void The_key_has_the_scalar_that_the_specification_gives()
    {
        using var key = InvitationCode.SignerOf(Code);
        using var known = StatementSigner.FromScalar(
            Convert.FromHexString(
                "84dce2a0dc2d6cc5d68322a2f245899471c738f2b9a723f6802cafab1e4f266f"
            )
        );

        Assert.Equal(known.PublicKey.Id, key!.PublicKey.Id);
    }

    [Fact]
    public void Another_code_makes_another_key()
    {
        using var key = InvitationCode.SignerOf(Code);
        using var other = InvitationCode.SignerOf(Code.Replace('F', 'G'));

        Assert.NotEqual(key!.PublicKey.Id, other!.PublicKey.Id);
    }

    private static byte[] Bytes() => [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    private static byte[] Ones() => [.. Enumerable.Repeat((byte)0xFF, 16)];
}
