using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Rooms;
using Concord.Rooms.Registry;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>A party has others than the deciders decide again.</summary>
public sealed class AppealTests
{
    private static readonly TimeSpan s_month = TimeSpan.FromDays(30);

    [Fact]
    public void A_suspension_that_is_set_aside_gives_back_what_was()
    {
        var (given, tern, suspension) = Suspended(certified: true);
        var appeal = given.File("aurora", given.Appeal("aurora", suspension));
        Assert.Equal(StandingState.Suspended, Standing(given, tern).State);

        var decision = Decide(given, appeal, AppealOutcome.SetAside);

        var standing = Standing(given, tern);
        Assert.Equal(StandingState.Certified, standing.State);
        Assert.Equal(["Two vaults."], standing.Conditions);
        Assert.Equal(decision, standing.DecidedBy);
        Assert.Equal(AppealOutcome.SetAside, given.World.Network.Appeals.All[appeal].Outcome);
        var history = given.World.Registry.Models[tern].History.Select(one => one.Index);
        Assert.Contains(appeal, history);
    }

    [Fact]
    public void A_suspension_that_is_upheld_stays_and_nothing_more_is_decided_on_it()
    {
        var (given, tern, suspension) = Suspended();
        var appeal = given.File("aurora", given.Appeal("aurora", suspension));
        Decide(given, appeal, AppealOutcome.Upheld);

        Assert.Equal(StandingState.Suspended, Standing(given, tern).State);
        Assert.Equal(suspension, Standing(given, tern).DecidedBy);
        Assert.Equal(
            "already-decided",
            given.Answer("officer-c-1", given.Decision(appeal, AppealOutcome.SetAside))
        );
        Assert.Equal(
            "already-appealed",
            given.Answer(
                "aurora",
                given.Appeal("aurora", suspension) with
                {
                    Grounds = "Once more.",
                }
            )
        );
    }

    [Fact]
    public void To_ask_for_a_stay_stays_nothing_and_officers_who_had_no_part_may()
    {
        var (given, tern, suspension) = Suspended();
        var appeal = given.File(
            "aurora",
            given.Appeal("aurora", suspension) with
            {
                AsksStay = true,
            }
        );
        Assert.Equal(StandingState.Suspended, Standing(given, tern).State);

        var stay = Decide(given, appeal, AppealOutcome.Stayed);
        Assert.Equal(StandingState.Registered, Standing(given, tern).State);
        Assert.Equal(stay, Standing(given, tern).DecidedBy);
        Assert.Equal(
            "already-stayed",
            given.Answer(
                "officer-c-1",
                given.Decision(appeal, AppealOutcome.Stayed) with
                {
                    Reason = "Once more.",
                }
            )
        );
        Decide(given, appeal, AppealOutcome.Upheld);
        Assert.Equal(StandingState.Suspended, Standing(given, tern).State);
        Assert.Equal(suspension, Standing(given, tern).DecidedBy);
    }

    [Fact]
    public void What_is_stayed_is_neither_withdrawn_nor_lost_by_another_decision()
    {
        var (given, tern, suspension) = Suspended();
        var appeal = given.File("aurora", given.Appeal("aurora", suspension));
        Decide(given, appeal, AppealOutcome.Stayed);
        var withdraw = new Withdraw { Target = new(tern.Index), Reason = "It is no more." };

        Assert.Equal("standing", given.Answer("aurora", withdraw));
        given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            given.Certificate(SubjectId.Of(tern), s_month)
        );
        Assert.Equal(StandingState.Certified, Standing(given, tern).State);
        Decide(given, appeal, AppealOutcome.Upheld);
        Assert.Equal(StandingState.Suspended, Standing(given, tern).State);
        given.FileJointly("officer-a-1", "officer-b-1", Restoration(given, tern));
        Assert.Equal(StandingState.Certified, Standing(given, tern).State);
    }

    [Fact]
    public void A_later_suspension_holds_while_the_earlier_is_set_aside()
    {
        var (given, tern, suspension) = Suspended();
        var appeal = given.File("aurora", given.Appeal("aurora", suspension));
        Decide(given, appeal, AppealOutcome.Stayed);
        var later = given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            given.Suspension(SubjectId.Of(tern)) with
            {
                Reason = "Something else.",
            }
        );
        Decide(given, appeal, AppealOutcome.SetAside);

        Assert.Equal(later, Standing(given, tern).DecidedBy);
        given.FileJointly("officer-a-1", "officer-b-1", Restoration(given, tern));
        Assert.Equal(StandingState.Registered, Standing(given, tern).State);
        Assert.Null(Standing(given, tern).Stayed);
    }

    [Fact]
    public void Conditions_that_are_set_aside_fall_and_the_certificate_stands()
    {
        var given = Given.Parties();
        var tern = given.Register("aurora");
        var certificate = Certify(given, tern);
        var appeal = given.File("aurora", given.Appeal("aurora", certificate));
        Assert.Equal(
            "nothing-to-stay",
            given.Answer("officer-c-1", given.Decision(appeal, AppealOutcome.Stayed))
        );
        Decide(given, appeal, AppealOutcome.SetAside);

        Assert.Equal(StandingState.Certified, Standing(given, tern).State);
        Assert.Empty(Standing(given, tern).Conditions);
    }

    [Fact]
    public void Nobody_decides_on_what_they_signed()
    {
        var (given, _, suspension) = Suspended();
        var appeal = given.File("aurora", given.Appeal("aurora", suspension));
        var decision = given.Decision(appeal, AppealOutcome.Upheld);

        Assert.Equal("involved", given.Answer("officer-a-1", decision));
        Assert.Equal("involved", given.Answer("officer-b-1", decision));
        Assert.Equal("admitted", given.Answer("officer-c-1", decision));
    }

    [Fact]
    public void Another_person_of_an_institution_that_was_involved_fills_a_place_that_is_missing()
    {
        var (given, _, suspension) = Suspended();
        var appeal = given.File("aurora", given.Appeal("aurora", suspension));
        var decision = given.Decision(appeal, AppealOutcome.Upheld);
        given.File("officer-a-2", decision);

        // Two are needed, one institution had no part: it cannot be done without that one.
        Assert.Equal("involved", given.Answer("officer-b-2", decision));
        given.File("officer-c-1", decision);
        Assert.NotNull(given.World.Network.Appeals.All[appeal].DecidedBy);
    }

    [Fact]
    public void Where_enough_institutions_had_no_part_none_that_had_decides()
    {
        var given = Given.Parties();
        var tern = given.Register("aurora");
        var suspension = given.FileJointly(
            "officer-b-1",
            "officer-b-2",
            given.Suspension(SubjectId.Of(tern))
        );
        var appeal = given.File("aurora", given.Appeal("aurora", suspension));
        var decision = given.Decision(appeal, AppealOutcome.SetAside);

        Assert.Equal("involved", given.Answer("officer-b-1", decision));
        Assert.Equal("involved", given.Answer("officer-b-2", decision));
        given.FileJointly("officer-a-1", "officer-c-1", decision);
        Assert.Equal(StandingState.Registered, Standing(given, tern).State);
    }

    [Fact]
    public void An_appeal_is_by_the_developer_of_what_was_decided_on()
    {
        var (given, _, suspension) = Suspended();

        Assert.Equal(
            "not-permitted",
            given.Answer("borealis", given.Appeal("borealis", suspension))
        );
        Assert.Equal(
            "not-your-party",
            given.Answer("borealis", given.Appeal("aurora", suspension))
        );
        Assert.Equal("not-found", given.Answer("aurora", given.Appeal("aurora", suspension - 1)));
    }

    [Fact]
    public void A_decision_is_appealed_within_thirty_days_which_an_outage_lengthens()
    {
        var (given, _, suspension) = Suspended();
        var appeal = given.Appeal("aurora", suspension);
        Assert.Equal(given.Now + s_month, given.World.NextDeadline);
        given.Wait(s_month - TimeSpan.FromSeconds(1));
        Assert.Equal("admitted", given.Answer("aurora", appeal));
        given.Tick(TimeSpan.FromSeconds(1));
        Assert.Equal("appeal-period-over", given.Answer("aurora", appeal));
        given.FileJointly("officer-a-1", "officer-b-1", Outage(given, TimeSpan.FromHours(5)));

        Assert.Equal("admitted", given.Answer("aurora", appeal));
        Assert.Equal(given.Now + TimeSpan.FromHours(5), given.World.NextDeadline);
    }

    [Fact]
    public void The_key_set_gives_the_periods()
    {
        var given = Given.Parties();
        var set = given.KeySet(2);
        var periods = new AppealPeriods { FilingDays = 7, DecisionDays = 14 };
        given.FileJointly(
            "root-1",
            "root-2",
            new KeySet
            {
                Joint = given.Joint(JointKind.Roots),
                Previous = given.World.Network.KeySetDigest,
                Body = set with { Thresholds = set.Thresholds with { Appeals = periods } },
            }
        );
        var tern = given.Register("aurora");
        var suspension = given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            given.Suspension(SubjectId.Of(tern))
        );

        Assert.Equal(given.Now + TimeSpan.FromDays(7), given.World.NextDeadline);
        var appeal = given.File("aurora", given.Appeal("aurora", suspension));
        Assert.Equal(
            given.Now + TimeSpan.FromDays(14),
            given.World.Network.Appeals.All[appeal].Due
        );
    }

    [Fact]
    public void A_decision_that_is_missing_is_late_by_a_tick_and_frees_nobody()
    {
        var (given, tern, suspension) = Suspended();
        var appeal = given.File("aurora", given.Appeal("aurora", suspension));
        given.Wait(s_month);

        Assert.True(given.World.Network.Appeals.All[appeal].IsLate(given.Now));
        Assert.Equal(StandingState.Suspended, Standing(given, tern).State);
        Decide(given, appeal, AppealOutcome.SetAside);
        Assert.True(given.World.Network.Appeals.All[appeal].IsLate(given.Now));
        Assert.Equal(StandingState.Registered, Standing(given, tern).State);
        Assert.Null(given.World.NextDeadline);
    }

    [Fact]
    public void The_public_makes_the_same_digests_of_an_appeal_without_its_sealed_part()
    {
        var (given, _, suspension) = Suspended();
        var appeal = given.File(
            "aurora",
            given.Appeal("aurora", suspension),
            new AppealGrounds { Salt = "AAAAAAAAAAAAAAAAAAAAAA", Grounds = "A customer's name." }
        );
        Decide(given, appeal, AppealOutcome.SetAside);
        var outside = World.Empty.FoldAll(
            given.Log.Select(entry => entry with { SealedPart = null })
        );

        Assert.Equal(
            ViewDigests.Of(given.World, Audience.Public),
            ViewDigests.Of(outside, Audience.Public)
        );
    }

    private static (Given Given, ModelId Tern, long Suspension) Suspended(bool certified = false)
    {
        var given = Given.Parties();
        var tern = given.Register("aurora");
        if (certified)
        {
            Certify(given, tern);
        }

        var suspension = given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            given.Suspension(SubjectId.Of(tern))
        );
        return (given, tern, suspension);
    }

    private static long Certify(Given given, ModelId tern) =>
        given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            given.Certificate(SubjectId.Of(tern), TimeSpan.FromDays(300)) with
            {
                Conditions = ["Two vaults."],
            }
        );

    private static long Decide(Given given, long appeal, AppealOutcome outcome) =>
        given.FileJointly("officer-c-1", "officer-a-2", given.Decision(appeal, outcome));

    private static Standing Standing(Given given, ModelId tern) =>
        given.World.Registry.Models[tern].Standing.AsOf(given.Now);

    private static Restore Restoration(Given given, ModelId tern) =>
        new()
        {
            Joint = given.Joint(JointKind.Officers),
            Target = SubjectId.Of(tern),
            Reason = "It was filed.",
        };

    private static Outage Outage(Given given, TimeSpan span) =>
        new()
        {
            Joint = given.Joint(JointKind.Institutions),
            From = given.Now - span,
            To = given.Now,
            Reason = "The line was cut.",
        };
}
