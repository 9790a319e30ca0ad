using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;
using CsCheck;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>An authority that could not be reached takes no time from a party.</summary>
public sealed class OutageTests
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [Fact]
    public void A_certificate_that_lapsed_in_an_outage_stands_for_as_long_as_it_had_left()
    {
        var given = Given.Parties();
        var model = Certified(given, TimeSpan.FromMinutes(150));
        given.Tick(2 * s_hour);
        given.Tick(2 * s_hour);
        Assert.Equal(StandingState.Registered, StateOf(given, model));

        Assert.Equal("admitted", Say(given, 2 * s_hour, s_hour));
        Assert.Equal(StandingState.Registered, StateOf(given, model));
        State(given, 2 * s_hour, s_hour);

        // Half an hour was left when it began, and an hour has passed since it ended.
        Assert.Equal(StandingState.Registered, StateOf(given, model));
        State(given, s_hour, TimeSpan.Zero);
        Assert.Equal(StandingState.Certified, StateOf(given, model));
        Assert.Equal(TimeSpan.FromMinutes(30), given.World.NextDeadline - given.Now);
        given.Tick(TimeSpan.FromMinutes(30));
        Assert.Equal(StandingState.Registered, StateOf(given, model));
    }

    [Fact]
    public void What_began_in_an_outage_is_moved_by_the_rest_of_it_and_what_began_after_not()
    {
        var given = Given.Parties();
        var began = given.Now;
        given.Tick(s_hour);
        var during = Certified(given, 5 * s_hour);
        given.Tick(s_hour);
        var after = Certified(given, 5 * s_hour, "Tern 2");
        State(given, 2 * s_hour, TimeSpan.Zero);

        Assert.Equal(began + (7 * s_hour), UntilOf(given, during));
        Assert.Equal(began + (7 * s_hour), UntilOf(given, after));
    }

    [Fact]
    public void A_suspension_ends_when_it_said_and_the_certificate_under_it_runs_longer()
    {
        var given = Given.Parties();
        var model = Certified(given, 10 * s_hour);
        var until = given.Now + (3 * s_hour);
        given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            given.Suspension(model) with
            {
                Until = until,
            }
        );
        given.Tick(2 * s_hour);
        State(given, 2 * s_hour, TimeSpan.Zero);

        Assert.Equal(until, UntilOf(given, model));
        Assert.Equal(StandingState.Suspended, StateOf(given, model));
        given.Tick(s_hour);
        Assert.Equal(StandingState.Certified, StateOf(given, model));
        Assert.Equal(given.Now + (9 * s_hour), UntilOf(given, model));
    }

    [Fact]
    public void A_certificate_that_lapsed_before_a_suspension_does_not_come_back()
    {
        var given = Given.Parties();
        var model = Certified(given, s_hour);
        given.Tick(2 * s_hour);
        given.FileJointly("officer-a-1", "officer-b-1", given.Suspension(model));
        State(given, 2 * s_hour, TimeSpan.Zero);
        given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            new Restore
            {
                Joint = given.Joint(JointKind.Officers),
                Target = model,
                Reason = "The evaluation was filed.",
            }
        );

        Assert.Equal(StandingState.Registered, StateOf(given, model));
    }

    [Fact]
    public void An_outage_is_over_and_recent_and_follows_the_last()
    {
        var given = Given.Parties();
        given.Tick(2 * s_hour);

        Assert.Equal("outage-span", Say(given, s_hour, -s_hour));
        Assert.Equal("outage-span", Say(given, TimeSpan.FromDays(30) + s_hour, s_hour));
        Assert.Equal("admitted", Say(given, TimeSpan.FromDays(30), s_hour));
        State(given, 2 * s_hour, s_hour);
        Assert.Equal("outage-order", Say(given, TimeSpan.FromMinutes(61), TimeSpan.Zero));
        Assert.Equal("outage-order", Say(given, 4 * s_hour, 3 * s_hour));
        Assert.Equal("admitted", Say(given, s_hour, TimeSpan.Zero));
    }

    // The second was proposed before the first took effect.
    [Fact]
    public void Of_two_proposals_that_overlap_one_takes_effect()
    {
        var given = Given.Parties();
        given.Tick(2 * s_hour);
        var late = Outage(given, s_hour, TimeSpan.Zero);
        given.File("officer-a-1", late);
        State(given, 2 * s_hour, TimeSpan.FromMinutes(30));

        Assert.Equal("outage-order", given.Answer("officer-b-1", late));
        Assert.Single(given.World.Network.Outages);
    }

    [Fact]
    public void Time_left_is_never_less_and_never_more_than_the_outage_longer()
    {
        var moment = Gen.Int[0, 1_000].Select(hours => new Instant(0) + (hours * s_hour));
        Gen.Select(moment, moment, moment, Gen.Int[1, 100])
            .Sample(
                (since, until, from, hours) =>
                {
                    if (since >= until)
                    {
                        return;
                    }

                    var outage = new OutageRecord(from, from + (hours * s_hour), 1);
                    var tolled = outage.Toll(since, until);
                    var moved = tolled - until;

                    Assert.InRange(moved, TimeSpan.Zero, hours * s_hour);
                    Assert.True(
                        until <= from || since >= outage.To || tolled > outage.To,
                        "what ran in it ends after it"
                    );
                    Assert.True(since > from || until <= from || moved == hours * s_hour);
                }
            );
    }

    [Fact]
    public void No_end_is_moved_beyond_the_last_moment_that_an_act_can_name()
    {
        var last = new Instant(253_402_300_799_999);
        var outage = new OutageRecord(new(0), new Instant(0) + s_hour, 1);

        Assert.Equal(last, outage.Toll(new(0), last));
        Assert.Equal("9999-12-31T23:59:59.999Z", last.ToString());
    }

    private static Outage Outage(Given given, TimeSpan from, TimeSpan to) =>
        new()
        {
            Joint = given.Joint(JointKind.Institutions),
            From = given.Now - from,
            To = given.Now - to,
            Reason = "The line was cut.",
        };

    private static string Say(Given given, TimeSpan from, TimeSpan to) =>
        given.Answer("officer-a-1", Outage(given, from, to));

    private static void State(Given given, TimeSpan from, TimeSpan to) =>
        given.FileJointly("officer-a-1", "officer-b-1", Outage(given, from, to));

    private static SubjectId Certified(Given given, TimeSpan lasts, string? name = null)
    {
        var model = SubjectId.Of(
            name is null ? given.Register("aurora") : given.Register("aurora", name)
        );
        given.FileJointly("officer-a-1", "officer-b-1", given.Certificate(model, lasts));
        return model;
    }

    private static StandingState StateOf(Given given, SubjectId subject) =>
        given.World.Registry.StandingOf(subject)!.AsOf(given.Now).State;

    private static Instant? UntilOf(Given given, SubjectId subject) =>
        given.World.Registry.StandingOf(subject)!.AsOf(given.Now).Until;
}
