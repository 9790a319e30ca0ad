using Concord.Authority.Web;
using Concord.Measures;
using CsCheck;
using Xunit;

namespace Concord.Tests.Web;

public sealed class FigureTests
{
    [Theory]
    [InlineData("7.929e24", "7.93", "24")]
    [InlineData("3.8e25", "3.8", "25")]
    public void A_figure_is_a_mantissa_and_a_real_superscript(
        string flop,
        string mantissa,
        string power
    ) =>
        Assert.Equal(
            $"<span class=\"c-num\">{mantissa} × 10<sup><span class=\"govuk-visually-hidden\">"
                + $" to the power </span>{power}</sup></span>",
            new Markup().Figure(Flop.Parse(flop)).ToString()
        );

    [Fact]
    public void A_power_of_ten_has_no_mantissa() =>
        Assert.Equal(
            "<span class=\"c-num\">10<sup><span class=\"govuk-visually-hidden\">"
                + " to the power </span>25</sup></span>",
            new Markup().Figure(Flop.Parse("1e25")).ToString()
        );

    [Fact]
    public void Ranges_are_rounded_outwards()
    {
        var range = FlopRange.Between(Flop.Parse("2.643e24"), Flop.Parse("2.3787e25"));
        Assert.Equal("2.6 × 10 to the power 24 to 2.4 × 10 to the power 25", Read(range));
        Assert.Equal(
            "9.9 × 10 to the power 24 to 10 to the power 26",
            Read(FlopRange.Between(Flop.Parse("9.99e24"), Flop.Parse("9.99e25")))
        );
    }

    [Fact]
    public void Rounding_outwards_never_makes_a_range_narrower() =>
        Gen.Double[0, 36]
            .Sample(power =>
            {
                // As a double ten to the power 36, the most there is, is a little more.
                var count = UInt128.Min((UInt128)Math.Pow(10, power), Flop.Max.Count);
                var flop = Flop.Of(count);
                var (down, up) = (Back(Figures.Down(flop)), Back(Figures.Up(flop)));
                return down <= flop && flop <= up;
            });

    [Fact]
    public void An_unknown_end_is_said()
    {
        Assert.Equal("range not known", Read(FlopRange.Unknown));
        Assert.Equal("at least 10 to the power 25", Read(FlopRange.AtLeast(Flop.Parse("1e25"))));
        Assert.Equal("at most 10 to the power 25", Read(FlopRange.AtMost(Flop.Parse("1e25"))));
    }

    [Theory]
    [InlineData(70_000_000_000, "70 billion")]
    [InlineData(1_760_000_000_000, "1.76 trillion")]
    [InlineData(999_999, "999,999")]
    public void Parameters_are_counted_in_words(long count, string words) =>
        Assert.Equal(words, Figures.Large(count));

    [Fact]
    public void What_a_party_files_cannot_become_an_element()
    {
        const string Hostile = "<img src=x onerror=alert(1)>\"'";
        var markup = new Markup().Leaf("p", Hostile, ("title", Hostile)).ToString();
        Assert.DoesNotContain("<img", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("\"'", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", Markup.Of($"{Hostile}").ToString(), StringComparison.Ordinal);
    }

    private static string Read(FlopRange range) => Reading.Words(Figures.Range(range));

    private static Flop Back(Markup markup)
    {
        var words = Reading.Words(markup).Split(" to the power ");
        return words switch
        {
            ["10", var power] => Flop.Parse($"1e{power}"),
            [var head, var power] => Flop.Parse($"{head.Split(' ')[0]}e{power}"),
            _ => Flop.Parse(words[0]),
        };
    }
}
