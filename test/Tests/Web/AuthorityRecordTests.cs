using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Web.Deadlines;
using Xunit;

namespace Concord.Tests.Web;

/// <summary>How an authority does its own duties, out of its log.</summary>
public sealed class AuthorityRecordTests
{
    [Fact]
    public void A_decision_takes_as_long_as_from_its_first_signature_to_its_effect()
    {
        var given = Given.Parties();
        var founded = new AuthorityRecord(given.World).Decided.Sum(one => one.Count);
        foreach (var (name, hours) in new[] { ("Tern 1", 2), ("Tern 2", 4), ("Tern 3", 30) })
        {
            var act = given.Suspension(SubjectId.Of(given.Register("aurora", name)));
            given.File("officer-a-1", act);
            given.Wait(TimeSpan.FromHours(hours));
            given.File("officer-b-1", act);
        }

        var record = new AuthorityRecord(given.World);
        var took = Assert.Single(record.Decided, one => one.Kind == "registry/suspend/1");
        Assert.Equal(3, took.Count);
        Assert.Equal(TimeSpan.FromHours(4), took.Median);
        Assert.Equal(TimeSpan.FromHours(30), took.Longest);
        Assert.Equal(founded + 3, record.Decided.Sum(one => one.Count));
        Assert.Empty(record.Waits);
    }

    [Fact]
    public void What_lacks_a_signature_or_a_decision_waits_since_it_was_filed()
    {
        var given = Given.Parties();
        var tern = SubjectId.Of(given.Register("aurora"));
        var suspension = given.FileJointly("officer-a-1", "officer-b-1", given.Suspension(tern));
        var appealed = given.Now;
        var appeal = given.File("aurora", given.Appeal("aurora", suspension));
        given.Wait(TimeSpan.FromDays(1));
        var proposed = given.Now;
        var gull = SubjectId.Of(given.Register("aurora", "Gull 1"));
        var proposal = given.File("officer-a-1", given.Suspension(gull));
        given.Wait(TimeSpan.FromDays(30));

        var waits = new AuthorityRecord(given.World).Waits;

        Assert.Equal([new ActId(appeal), new ActId(proposal)], waits.Select(one => one.Id));
        Assert.Equal([appealed, proposed], waits.Select(one => one.Since));
        Assert.True(waits[0].Due <= given.Now);
        Assert.Equal((1, 2), waits[1].Signed);
        Assert.Equal((0, 0, 1, 1), new AuthorityRecord(given.World).Appeals);
        given.FileJointly(
            "officer-c-1",
            "officer-a-2",
            given.Decision(appeal, AppealOutcome.SetAside)
        );
        var record = new AuthorityRecord(given.World);
        Assert.Equal((0, 1, 0, 1), record.Appeals);
        var took = Assert.Single(record.Decided, one => one.Kind == "network/appeal/1");
        Assert.Equal(1, took.Late);
    }

    [Theory]
    [InlineData(20, "less than a minute")]
    [InlineData(60, "1 minute")]
    [InlineData(7_260, "2 hours 1 minute")]
    [InlineData(180_000, "2 days 2 hours")]
    public void A_time_is_said_in_two_units(int seconds, string words) =>
        Assert.Equal(words, DecisionTimes.Say(TimeSpan.FromSeconds(seconds)));
}
