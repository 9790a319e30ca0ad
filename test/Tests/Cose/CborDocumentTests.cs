using System.Text;
using System.Text.Json;
using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Cose;

public sealed class CborDocumentTests
{
    [Theory]
    [InlineData("{}", "a0")]
    [InlineData("[]", "80")]
    [InlineData("\"ü\"", "62c3bc")]
    [InlineData("{\"bb\":1,\"a\":[true,false,null,-1]}", "a2616184f5f4f620626262 01")]
    [InlineData(
        "[0,23,24,255,256,65536,4294967296]",
        "870017181818ff1901001a000100001b0000000100000000"
    )]
    public void A_document_has_one_encoding(string json, string hex)
    {
        var cbor = CborDocument.FromJson(Encoding.UTF8.GetBytes(json));

        Assert.Equal(
            hex.Replace(" ", "", StringComparison.Ordinal),
            Convert.ToHexStringLower(cbor)
        );
        Assert.True(CborDocument.TryToJson(cbor, out var back, out _));
        Assert.Equal(cbor, CborDocument.FromJson(back));
    }

    [Theory]
    [InlineData("1801", "non-minimal")]
    [InlineData("190001", "non-minimal")]
    [InlineData("9f01ff", "indefinite-length")]
    [InlineData("bfff", "indefinite-length")]
    [InlineData("7f6161ff", "indefinite-length")]
    [InlineData("a2616200616101", "map-order")]
    [InlineData("a2626262006161 01", "map-order")]
    [InlineData("a2616100616101", "duplicate-label")]
    [InlineData("a10001", "wrong-type")]
    [InlineData("4101", "wrong-type")]
    [InlineData("c001", "wrong-type")]
    [InlineData("f90014", "wrong-type")]
    [InlineData("f814", "wrong-type")]
    [InlineData("fa00000000", "wrong-type")]
    [InlineData("f7", "wrong-type")]
    [InlineData("1bffffffffffffffff", "wrong-type")]
    [InlineData("61ff", "not-utf-8")]
    [InlineData("0000", "trailing-bytes")]
    [InlineData("82 00", "truncated")]
    [InlineData("9b7fffffffffffffff", "truncated")]
    [InlineData("", "truncated")]
    [InlineData("1c", "malformed-cbor")]
    public void What_is_not_that_encoding_is_refused(string hex, string code)
    {
        var cbor = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.False(CborDocument.TryToJson(cbor, out _, out var fault));
        Assert.Equal(code, fault.Code);
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        var most = Enumerable.Repeat((byte)0x81, CborDocument.MaxDepth).Append((byte)0x00);

        Assert.True(CborDocument.TryToJson(most.ToArray(), out _, out _));
        Assert.False(CborDocument.TryToJson([0x81, .. most], out _, out var fault));
        Assert.Equal("too-deep", fault.Code);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e2")]
    [InlineData("9223372036854775808")]
    public void Numbers_that_are_not_integers_of_64_bits_have_no_encoding(string json) =>
        Assert.Throws<NotSupportedException>(() =>
            CborDocument.FromJson(Encoding.UTF8.GetBytes(json))
        );

    [Fact]
    public void A_doubled_member_has_no_encoding() =>
        Assert.ThrowsAny<JsonException>(() =>
            CborDocument.FromJson("""{"a":1,"a":2}"""u8.ToArray())
        );
}
