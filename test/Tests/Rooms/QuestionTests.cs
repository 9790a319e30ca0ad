using Concord.Acts;
using Concord.Acts.Network;
using Concord.Rooms;
using Concord.Rooms.Registry;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>The authority asks a party in confidence, and the party answers.</summary>
public sealed class QuestionTests
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    [Fact]
    public void A_question_is_open_then_overdue_by_the_tick_that_passes_its_end()
    {
        var (given, question) = Asked();

        Assert.False(Record(given, question).IsLate(given.Now));
        Assert.Equal(given.Now + s_day + s_day, given.World.NextDeadline);
        given.Wait(s_day + s_day - TimeSpan.FromSeconds(1));
        Assert.False(Record(given, question).IsLate(given.Now));
        given.Tick(TimeSpan.FromSeconds(1));
        Assert.True(Record(given, question).IsLate(given.Now));
        Assert.Null(given.World.NextDeadline);
    }

    [Fact]
    public void An_answer_in_time_stays_in_time_and_one_after_it_stays_late()
    {
        var (given, question) = Asked();
        var (later, other) = Asked();
        later.Wait(s_day + s_day);
        given.File("aurora", given.Reply(question));
        later.File("aurora", later.Reply(other));
        given.Wait(s_day + s_day + s_day);

        Assert.False(Record(given, question).IsLate(given.Now));
        Assert.True(Record(later, other).IsLate(later.Now));
    }

    [Fact]
    public void A_second_answer_adds_to_the_first_and_does_not_make_it_late()
    {
        var (given, question) = Asked();
        given.File("aurora", given.Reply(question));
        given.Wait(s_day + s_day + s_day);
        given.File("aurora", given.Reply(question) with { Answer = "Five persons." });

        Assert.Equal(2, Record(given, question).Replies.Count());
        Assert.False(Record(given, question).IsLate(given.Now));
    }

    [Fact]
    public void Another_party_is_told_of_a_question_what_it_is_told_of_none()
    {
        var (given, question) = Asked();

        var asked = given.Refusal("borealis", given.Reply(question));
        var none = given.Refusal("borealis", given.Reply(question - 1));
        Assert.Equal(none.Code, asked.Code);
        Assert.Equal(none.Rule, asked.Rule);
        Assert.Equal(
            none.Detail.Replace($"{new ActId(question - 1)}", "", StringComparison.Ordinal),
            asked.Detail.Replace($"{new ActId(question)}", "", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_question_is_about_what_is_registered_to_a_party_and_due_in_the_future()
    {
        var given = Given.Parties();
        var tern = SubjectId.Of(given.Register("aurora"));
        var question = given.Question(tern, "aurora");

        Assert.Equal(
            "not-found",
            given.Answer("registrar", question with { Case = SubjectId.Of(new ModelId(1)) })
        );
        Assert.Equal("not-found", given.Answer("registrar", question with { To = new(1) }));
        Assert.Equal("not-in-future", given.Answer("registrar", question with { Due = given.Now }));
    }

    [Fact]
    public void An_outage_lets_the_time_for_an_answer_stand()
    {
        var (given, question) = Asked();
        given.Wait(s_day + s_day);
        Assert.True(Record(given, question).IsLate(given.Now));
        given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            new Outage
            {
                Joint = given.Joint(JointKind.Institutions),
                From = given.Now - TimeSpan.FromHours(6),
                To = given.Now,
                Reason = "The line was cut.",
            }
        );

        Assert.False(Record(given, question).IsLate(given.Now));
        Assert.Equal(given.Now + TimeSpan.FromHours(6), given.World.NextDeadline);
        given.File("aurora", given.Reply(question));
        Assert.False(Record(given, question).IsLate(given.Now));
    }

    [Fact]
    public void A_question_is_in_the_full_digest_and_not_in_the_public_one()
    {
        var (given, _) = Asked();
        var others = given.Log.ToList();
        var asked = (Concord.Acts.Registry.AskQuestion)others[^1].Act;
        others[^1] = others[^1] with { Act = asked with { Due = asked.Due + s_day } };
        var world = World.Empty.FoldAll(others);

        Assert.Equal(
            ViewDigests.Of(given.World, Audience.Public),
            ViewDigests.Of(world, Audience.Public)
        );
        Assert.NotEqual(
            ViewDigests.Of(given.World, Audience.Full),
            ViewDigests.Of(world, Audience.Full)
        );
    }

    private static (Given Given, long Question) Asked()
    {
        var given = Given.Parties();
        var tern = SubjectId.Of(given.Register("aurora"));
        return (given, given.File("registrar", given.Question(tern, "aurora")));
    }

    private static QuestionRecord Record(Given given, long question) =>
        given.World.Registry.Questions.All[question];
}
