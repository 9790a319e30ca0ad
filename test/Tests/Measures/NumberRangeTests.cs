using Concord.Measures;
using CsCheck;
using Xunit;

namespace Concord.Tests.Measures;

public sealed class NumberRangeTests
{
    [Theory]
    [InlineData(1, 3, Answer.No)]
    [InlineData(2, 3, Answer.Yes)]
    [InlineData(0, 0, Answer.No)]
    public void An_exact_third_is_not_more_than_a_third(int part, int whole, Answer expected) =>
        Assert.Equal(
            expected,
            NumberRange
                .Exactly((UInt128)part)
                .ExceedsShareOf(NumberRange.Exactly((UInt128)whole), 1, 3)
        );

    [Fact]
    public void A_share_of_numbers_as_large_as_they_come_does_not_overflow()
    {
        var large = NumberRange.Exactly(UInt128.MaxValue);

        Assert.Equal(Answer.Yes, large.ExceedsShareOf(large, 1, 3));
        Assert.Equal(Answer.No, large.ExceedsShareOf(large, 3, 3));
    }

    [Fact]
    public void A_share_with_an_open_end_may_still_be_decided()
    {
        var atLeast = new NumberRange(10, null);

        Assert.Equal(Answer.Yes, atLeast.ExceedsShareOf(NumberRange.Exactly(29), 1, 3));
        Assert.Equal(Answer.Undetermined, atLeast.ExceedsShareOf(NumberRange.Exactly(30), 1, 3));
        Assert.Equal(Answer.No, new NumberRange(null, 10).ExceedsShareOf(new(30, null), 1, 3));
    }

    [Fact]
    public void A_number_is_always_at_least_nothing() =>
        Assert.Equal(Answer.Yes, NumberRange.Unknown.AtOrAbove(0));

    [Fact]
    public void Whatever_both_may_be_lies_in_the_hull_and_the_larger_is_the_larger() =>
        Gen.Select(Gen.UInt, Gen.UInt, Gen.UInt, Gen.UInt)
            .Sample(
                (a, b, c, d) =>
                {
                    var left = new NumberRange(Math.Min(a, b), Math.Max(a, b));
                    var right = new NumberRange(Math.Min(c, d), Math.Max(c, d));
                    var hull = NumberRange.Hull(left, right);

                    Assert.True(hull.Low <= left.Low && hull.High >= right.High);
                    Assert.Equal(
                        (UInt128)Math.Max(Math.Max(a, b), Math.Max(c, d)),
                        NumberRange.Larger(left, right).High
                    );
                }
            );

    [Theory]
    [InlineData(Answer.Yes, Answer.Undetermined, Answer.Undetermined, Answer.Yes)]
    [InlineData(Answer.No, Answer.Undetermined, Answer.No, Answer.Undetermined)]
    [InlineData(Answer.No, Answer.Yes, Answer.No, Answer.Yes)]
    public void And_takes_the_weaker_or_the_stronger(Answer a, Answer b, Answer and, Answer or)
    {
        Assert.Equal(and, a.And(b));
        Assert.Equal(or, a.Or(b));
        Assert.Equal(a, a.Not().Not());
    }
}
