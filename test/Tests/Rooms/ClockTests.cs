using Concord.Acts;
using Concord.Acts.Network;
using Concord.Measures;
using Xunit;

namespace Concord.Tests.Rooms;

public sealed class ClockTests
{
    [Fact]
    public void A_tick_is_later_than_the_last_by_no_more_than_two_hours()
    {
        var given = Given.Open();

        Assert.Equal("duplicate", given.Answer("tick", new Tick { Time = given.Now }));
        Assert.Equal(
            "clock-step",
            given.Answer("tick", new Tick { Time = given.Now - TimeSpan.FromSeconds(1) })
        );
        Assert.Equal(
            "admitted",
            given.Answer("tick", new Tick { Time = given.Now + TimeSpan.FromHours(2) })
        );
        Assert.Equal(
            "clock-step",
            given.Answer("tick", new Tick { Time = given.Now + new TimeSpan(2, 0, 0, 0, 1) })
        );
    }

    [Fact]
    public void A_jump_of_ten_years_is_no_tick()
    {
        var given = Given.Open();

        Assert.Equal(
            "clock-step",
            given.Answer("tick", new Tick { Time = given.Now + TimeSpan.FromDays(3_650) })
        );
    }

    [Fact]
    public void Officers_of_two_institutions_step_the_clock_after_a_stop()
    {
        var given = Given.Open();
        var resume = Resume(given, TimeSpan.FromDays(3));
        given.File("officer-a-1", resume);
        var later = given.Now + TimeSpan.FromDays(3);

        Assert.Equal("clock-step", given.Answer("tick", new Tick { Time = later }));
        Assert.Equal("institution-has-signed", given.Answer("officer-a-2", resume));
        given.File("officer-b-1", resume);
        Assert.Equal(
            "clock-step",
            given.Answer("tick", new Tick { Time = later - TimeSpan.FromHours(1) })
        );
        given.File("tick", new Tick { Time = later + TimeSpan.FromSeconds(5) });
        Assert.Equal(later + TimeSpan.FromSeconds(5), given.Now);
    }

    [Fact]
    public void A_step_that_a_tick_can_make_needs_no_officers()
    {
        var given = Given.Open();

        Assert.Equal(
            "clock-step",
            given.Answer("officer-a-1", Resume(given, TimeSpan.FromHours(1)))
        );
    }

    [Fact]
    public void A_resumption_from_another_tick_is_refused()
    {
        var given = Given.Open();
        var resume = Resume(given, TimeSpan.FromDays(1));
        given.Tick(TimeSpan.FromMinutes(1));

        Assert.Equal("clock-step", given.Answer("officer-a-1", resume));
    }

    private static ResumeClock Resume(Given given, TimeSpan step) =>
        new()
        {
            Joint = given.Joint(JointKind.Institutions),
            From = given.Now,
            To = given.Now + step,
            Reason = "The power failed.",
        };
}
