using Concord.Authority.Witnesses;
using Concord.Measures;
using CsCheck;
using Xunit;

namespace Concord.Tests.Witnesses;

/// <summary>How clocks are compared across a network, and which of several counts.</summary>
public sealed class ClockOffsetTests
{
    private static readonly Instant s_start = new(1_780_000_000_000);
    private static readonly TimeSpan s_leeway = TimeSpan.FromSeconds(60);

    private static readonly Gen<TimeSpan> s_span = Gen.Int[-200_000, 200_000]
        .Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds));

    private static readonly Gen<ClockOffset> s_offset = Gen.Select(
        s_span,
        Gen.Int[0, 4_000],
        (least, width) => new ClockOffset(least, least + TimeSpan.FromMilliseconds(width))
    );

    [Fact]
    public void The_truth_lies_between_the_bounds_wherever_in_the_round_trip_the_witness_signed() =>
        Gen.Select(s_span, Gen.Int[0, 1_000], Gen.Int[0, 1_000])
            .Sample(
                (ahead, there, back) =>
                {
                    var signed = s_start + TimeSpan.FromMilliseconds(there) + ahead;
                    var told = new Instant(signed.UnixMilliseconds / 1_000 * 1_000);
                    var waited = TimeSpan.FromMilliseconds(there + back);

                    var offset = ClockOffset.Of(told, s_start + waited, waited);

                    Assert.InRange(ahead, offset.Least, offset.Most);
                    Assert.Equal(waited + TimeSpan.FromSeconds(2), offset.Most - offset.Least);
                }
            );

    // What a monitor checks: a tick before the cosignature, and both by the clocks of their own.
    [Fact]
    public void A_tick_by_a_clock_that_agrees_is_no_more_than_a_minute_after_its_cosignature() =>
        Gen.Select(s_span, Gen.Int[0, 1_000], Gen.Int[0, 1_000], Gen.Int[0, 3_000])
            .Sample(
                (ahead, there, back, later) =>
                {
                    var told = Told(s_start + TimeSpan.FromMilliseconds(there) + ahead);
                    var waited = TimeSpan.FromMilliseconds(there + back);
                    if (!ClockOffset.Of(told, s_start + waited, waited).IsWithin(s_leeway))
                    {
                        return;
                    }

                    var tick = s_start + waited + TimeSpan.FromMilliseconds(later);
                    Assert.True(tick <= Told(tick + ahead) + s_leeway);
                    Assert.True(tick >= Told(tick + ahead) - s_leeway);
                }
            );

    [Fact]
    public void More_than_half_that_agree_decide_whatever_the_others_say() =>
        s_offset
            .Array[1, 7]
            .Sample(offsets =>
            {
                var within = offsets.Count(one => one.IsWithin(s_leeway));
                var early = offsets.Count(one => one.Most < -s_leeway);
                var late = offsets.Count(one => one.Least > s_leeway);
                var median = ClockOffset.Median(offsets);

                Assert.True(2 * within <= offsets.Length || median.IsWithin(s_leeway));
                Assert.True(2 * early <= offsets.Length || !median.IsWithin(s_leeway));
                Assert.True(2 * late <= offsets.Length || !median.IsWithin(s_leeway));
            });

    // A tie is no agreement.
    [Fact]
    public void Half_that_disagree_hold_deadlines_up() =>
        Gen.Int[1, 4]
            .Sample(half =>
            {
                var right = Enumerable.Repeat(new ClockOffset(default, default), half);
                var year = TimeSpan.FromDays(365);
                var wrong = Enumerable.Repeat(new ClockOffset(year, year), half);
                Assert.False(ClockOffset.Median([.. right, .. wrong]).IsWithin(s_leeway));
            });

    [Fact]
    public void The_order_of_witnesses_is_nothing_and_a_common_shift_shifts_the_median() =>
        Gen.Select(s_offset.Array[1, 7], s_span)
            .Sample(
                (offsets, by) =>
                {
                    var median = ClockOffset.Median(offsets);
                    Assert.Equal(median, ClockOffset.Median([.. offsets.Reverse()]));
                    Assert.Equal(
                        new(median.Least + by, median.Most + by),
                        ClockOffset.Median([
                            .. offsets.Select(one => new ClockOffset(
                                one.Least + by,
                                one.Most + by
                            )),
                        ])
                    );
                }
            );

    private static Instant Told(Instant signed) => new(signed.UnixMilliseconds / 1_000 * 1_000);
}
