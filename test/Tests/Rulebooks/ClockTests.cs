using Concord.Rooms.Rulebooks;
using Xunit;

namespace Concord.Tests.Rulebooks;

/// <summary>Zones and calendars are data of rulebooks; the machine's are never asked.</summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData("2026-03-29T00:59:00Z", 60)]
    [InlineData("2026-03-29T01:00:00Z", 120)]
    [InlineData("2026-10-25T00:59:00Z", 120)]
    [InlineData("2026-10-25T01:00:00Z", 60)]
    public void Brussels_turns_its_clocks_at_one_utc(string at, int minutes) =>
        Assert.Equal(
            minutes,
            Books.Read("eu-ai-act").Zones["Europe/Brussels"].OffsetMinutes(Books.At(at))
        );

    [Theory]
    [InlineData("2027-03-14T06:59:00Z", -300)]
    [InlineData("2027-03-14T07:00:00Z", -240)]
    [InlineData("2027-11-07T05:59:00Z", -240)]
    [InlineData("2027-11-07T06:00:00Z", -300)]
    public void New_York_turns_its_clocks_at_two_local(string at, int minutes) =>
        Assert.Equal(
            minutes,
            Books.Read("new-york-raise").Zones["America/New_York"].OffsetMinutes(Books.At(at))
        );

    [Fact]
    public void A_day_begins_and_ends_in_its_zone()
    {
        var zone = Books.Read("eu-ai-act").Zones["Europe/Brussels"];

        Assert.Equal(Books.At("2026-11-23T23:00:00Z"), zone.StartOf(new(2026, 11, 24)));
        Assert.Equal(Books.At("2026-07-01T22:00:00Z"), zone.EndOf(new(2026, 7, 1)));
        Assert.Equal(new DateOnly(2026, 11, 24), zone.DayOf(Books.At("2026-11-23T23:30:00Z")));
    }

    [Fact]
    public void A_chinese_working_day_may_be_a_saturday()
    {
        var calendar = Books.Read("china-genai").Calendars["CN"];

        Assert.True(calendar.IsWorkingDay(new(2026, 10, 10)));
        Assert.False(calendar.IsWorkingDay(new(2026, 10, 6)));
        Assert.False(calendar.Knows(new(2027, 1, 4)));
    }

    [Fact]
    public void A_deadline_passes_at_the_end_of_its_day()
    {
        var due = Duty("notify-systemic", "2026-11-24T12:00:00Z").Due;

        Assert.Equal(Books.At("2026-11-24T23:00:00Z"), due.Ends);
        Assert.False(due.HasPassed(Books.At("2026-11-24T22:59:59Z")));
        Assert.True(due.HasPassed(Books.At("2026-11-24T23:00:00Z")));
    }

    [Fact]
    public void A_deadline_that_depends_on_unknown_holidays_is_a_range()
    {
        var facts = Books.Facts(
            ("modality.out", "text"),
            ("offered_to_public[CN]", "yes"),
            ("opinion_attributes", "yes"),
            ("service_start", "2026-12-28")
        );
        var due = Evaluation
            .Of(Books.Read("china-genai"), facts, Books.At("2026-12-28T12:00:00Z"))
            .Duties.Single(d => d.Duty.Id == "algorithm-filing")
            .Due;

        Assert.Equal(DueKind.Undetermined, due.Kind);
        Assert.Equal("2027-01-11", due.Earliest.ToString());
        Assert.True(due.Latest > due.Earliest);
        Assert.Contains("2027", due.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_month_ends_on_its_last_day_when_it_has_no_such_day()
    {
        var facts = Books.Facts(
            ("flop[concord].so_far", "2e25"),
            ("certificate_issued_on", "2024-02-29")
        );
        var due = Evaluation
            .Of(Books.Read("concord-default"), facts, Books.At("2024-12-28T12:00:00Z"))
            .Duties.Single(d => d.Duty.Id == "renew")
            .Due;

        Assert.Equal("2025-02-28", due.At.ToString());
    }

    private static DutyAnswer Duty(string id, string at) =>
        Evaluation
            .Of(
                Books.Read("eu-ai-act"),
                Books.Facts(
                    ("modality.out", "text"),
                    ("market[EU]", "intended"),
                    ("flop[any].planned", "4e25"),
                    ("flop_known_at", "2026-11-10")
                ),
                Books.At(at)
            )
            .Duties.Single(d => string.Equals(d.Duty.Id, id, StringComparison.Ordinal));
}
