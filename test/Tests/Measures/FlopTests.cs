using Concord.Measures;
using Xunit;

namespace Concord.Tests.Measures;

public sealed class FlopTests
{
    [Theory]
    [InlineData("1e26", "100000000000000000000000000")]
    [InlineData("3.8e25", "38000000000000000000000000")]
    [InlineData("12", "12")]
    [InlineData("1.2291e19", "12291000000000000000")]
    public void A_figure_is_read_exactly(string text, string digits) =>
        Assert.Equal(digits, Flop.Parse(text).ToString());

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1e37")]
    [InlineData(" 1")]
    [InlineData("")]
    public void What_is_not_a_whole_number_of_operations_is_refused(string text) =>
        Assert.False(Flop.TryParse(text, out _));

    [Fact]
    public void A_point_exactly_at_a_threshold_is_not_greater_and_not_undetermined()
    {
        var threshold = Flop.Parse("1e26");

        Assert.Equal(Answer.No, FlopRange.Exactly(threshold).GreaterThan(threshold));
        Assert.Equal(Answer.Yes, FlopRange.Exactly(threshold).AtOrAbove(threshold));
    }
}
