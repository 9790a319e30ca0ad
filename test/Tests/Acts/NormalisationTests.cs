using System.Text;
using Concord.Acts;
using Xunit;

namespace Concord.Tests.Acts;

public sealed class NormalisationTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("caf\u00E9")]
    [InlineData("x\u0302")]
    [InlineData("\u1EC7")]
    [InlineData("\uD55C\uAD6D\uC5B4")]
    [InlineData("\u6A21\u578B")]
    [InlineData("\u0915\u093C")]
    [InlineData("\uD83D\uDE80")]
    public void A_composed_text_is_admitted(string text) => Assert.True(Admits(text));

    [Theory]
    [InlineData("cafe\u0301")]
    [InlineData("\u212B")]
    [InlineData("e\u0323\u0331")]
    [InlineData("\u00E9\u0323")]
    [InlineData("e\u0301\u0323")]
    [InlineData("\u1112\u1161\u11AB")]
    [InlineData("\uD558\u11AB")]
    [InlineData("\u0958")]
    [InlineData("\uF900")]
    [InlineData("\u0344")]
    [InlineData("a\u0301\u0300\u0316")]
    public void A_text_that_could_be_written_otherwise_is_refused(string text) =>
        Assert.False(Admits(text));

    [Fact]
    public void More_marks_on_a_letter_than_any_language_has_are_refused() =>
        Assert.False(Admits("x" + new string('\u0302', 31)));

    private static bool Admits(string reason)
    {
        var act =
            $$"""{"act":"registry/withdraw/1","target":"{{new ActId(3)}}","reason":"{{reason}}"}""";
        var admitted = ActJson.TryParse(Encoding.UTF8.GetBytes(act), out _, out var fault);

        Assert.True(admitted || fault?.Rule is "not-normalised", fault?.ToString());
        return admitted;
    }
}
