using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Rulebooks;
using Xunit;

namespace Concord.Tests.Rulebooks;

/// <summary>
/// An authority that could not be reached moves what is due by the rules that it made, and no law.
/// </summary>
public sealed class OutageClockTests
{
    private static readonly OutageRecord s_night = Outage(
        "2026-04-15T12:00:00Z",
        "2026-04-16T06:00:00Z"
    );

    [Fact]
    public void A_time_in_days_that_ran_in_an_outage_ends_with_a_later_day()
    {
        var due = Due("concord-default", "renew", "2026-05-01T12:00:00Z", s_night);

        Assert.Equal("2027-01-16", due.At.ToString());
        Assert.Equal(TimeSpan.FromDays(1), due.Moved);
        Assert.Equal(Books.At("2027-01-17T00:00:00Z"), due.Ends);
    }

    [Fact]
    public void Several_outages_add_up_before_the_day_is_rounded()
    {
        var day = Outage("2026-06-01T00:00:00Z", "2026-06-01T06:00:00Z");

        Assert.Equal(
            "2027-01-16",
            Due("concord-default", "renew", "2026-07-01T12:00:00Z", s_night, day).At.ToString()
        );
    }

    [Fact]
    public void What_began_after_an_outage_or_ended_before_it_is_not_moved()
    {
        var before = Outage("2026-01-01T00:00:00Z", "2026-01-09T00:00:00Z");
        var after = Outage("2027-01-16T00:00:00Z", "2027-01-18T00:00:00Z");
        var due = Due("concord-default", "renew", "2026-05-01T12:00:00Z", before, after);

        Assert.Equal("2027-01-15", due.At.ToString());
        Assert.Equal(TimeSpan.Zero, due.Moved);
    }

    [Fact]
    public void Of_a_rhythm_the_time_that_fell_into_the_outage_comes_after_it()
    {
        const string Duty = "internal-use-summary";

        Assert.Equal("2026-04-16", At("2026-04-16T12:00:00Z"));
        Assert.Equal("2026-07-15", At("2026-04-17T12:00:00Z"));
        Assert.Equal("2026-04-15", At("2026-04-02T12:00:00Z"));

        string? At(string now) => Due("concord-default", Duty, now, s_night).At.ToString();
    }

    [Fact]
    public void A_statute_is_not_the_authoritys_to_move()
    {
        var with = Due("eu-ai-act", "notify-systemic", "2026-11-12T12:00:00Z", s_november);

        Assert.NotNull(with.Ends);
        Assert.Equal(TimeSpan.Zero, with.Moved);
        Assert.Equal(Due("eu-ai-act", "notify-systemic", "2026-11-12T12:00:00Z"), with);
    }

    [Fact]
    public void Whoever_is_given_more_time_is_told_why()
    {
        var duty = Duty("concord-default", "renew", "2026-05-01T12:00:00Z", s_night);

        Assert.Contains(
            duty.Explanation.Notes,
            note => note.StartsWith("The authority could not be reached", StringComparison.Ordinal)
        );
    }

    private static readonly OutageRecord s_november = Outage(
        "2026-11-11T00:00:00Z",
        "2026-11-12T00:00:00Z"
    );

    private static OutageRecord Outage(string from, string to) =>
        new(Books.At(from), Books.At(to), 1);

    private static Due Due(string book, string id, string at, params OutageRecord[] outages) =>
        Duty(book, id, at, outages).Due;

    private static DutyAnswer Duty(
        string book,
        string id,
        string at,
        params OutageRecord[] outages
    ) =>
        Evaluation
            .Of(
                Books.Read(book),
                Books.Facts(
                    ("modality.out", "text"),
                    ("market[EU]", "intended"),
                    ("flop[any].planned", "4e25"),
                    ("flop_known_at", "2026-11-10"),
                    ("flop[concord].so_far", "2e26"),
                    ("certificate_issued_on", "2026-01-15"),
                    ("qualified_on[concord]", "2026-01-15"),
                    ("internal_use", "yes")
                ),
                Books.At(at),
                new(2026, 1, 1),
                outages
            )
            .Duties.Single(duty => string.Equals(duty.Duty.Id, id, StringComparison.Ordinal));
}
