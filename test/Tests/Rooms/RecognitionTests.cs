using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>Which standing and which closure follow from what weights show.</summary>
public sealed class RecognitionTests
{
    [Fact]
    public void A_closure_follows_evidence_only_when_asked_and_only_what_both_sides_stated()
    {
        var (given, parent, child) = Related();
        given.File("delta", given.Compared("delta", child, parent));
        var (from, made) = (SubjectId.Of(parent), SubjectId.Of(child));
        var all = Descent.AllRelations;

        Assert.DoesNotContain(made, Descent.Closure(given.World, from, all));
        Assert.Contains(made, Descent.Closure(given.World, from, all, Counting.Bar));
        Assert.DoesNotContain(made, Descent.Closure(given.World, from, all, -100_000));
    }

    [Fact]
    public void Nobody_is_drawn_into_a_closure_by_what_others_say_of_their_weights()
    {
        var (given, parent, child) = Strangers();
        given.File("aurora", given.Print("aurora", parent, Prints.Of(1)));
        given.File("delta", given.Print("delta", child, Prints.Of(1, variant: 1)));
        given.File("delta", given.Compared("delta", child, parent));

        Assert.DoesNotContain(
            SubjectId.Of(child),
            Descent.Closure(given.World, SubjectId.Of(parent), Descent.AllRelations, Counting.Bar)
        );
        Assert.Equal("undeclared-origin", Assert.Single(given.World.Registry.Findings!).Code);
    }

    [Fact]
    public void A_found_copy_has_the_standing_of_what_it_was_made_from_and_is_never_good()
    {
        var (given, parent, _) = Strangers();
        given.File("aurora", given.Print("aurora", parent, Prints.Of(1)));
        var found = given.Found("cirrus", parent, "a file", Prints.Of(1, variant: 2));
        Assert.Null(Recognition.StandingOf(given.World, found.Files[0]));

        var act = given.File("cirrus", found, Given.Place);

        foreach (var digest in found.Files.Append(found.Weights!.Value))
        {
            var standing = Recognition.StandingOf(given.World, digest)!;
            Assert.Equal(SubjectId.Of(parent), standing.Subject);
            Assert.Equal(StandingState.Registered, standing.Own.State);
            Assert.False(standing.IsGood);
            Assert.Equal(act, standing.By!.Act.Index);
        }

        given.FileJointly("officer-a-1", "officer-b-1", given.Suspension(SubjectId.Of(parent)));
        Assert.True(Recognition.StandingOf(given.World, found.Files[0])!.IsBarred);
    }

    [Fact]
    public void A_found_copy_that_was_only_said_to_be_one_is_unknown()
    {
        var (given, parent, _) = Strangers();
        given.File("aurora", given.Print("aurora", parent, Prints.Of(1)));
        var found = given.Found("cirrus", parent, "a file", Prints.Of(2));

        given.File("cirrus", found, Given.Place);

        Assert.Null(Recognition.StandingOf(given.World, found.Files[0]));
    }

    [Fact]
    public void Weights_have_the_standing_of_the_release_whose_developer_stated_them()
    {
        var (given, parent, _) = Strangers();
        given.File("aurora", given.Print("aurora", parent, Prints.Of(1)));
        var weights = Recognition.DigestOf(Prints.Of(1));

        var standing = Recognition.StandingOf(given.World, weights)!;
        Assert.True(standing.IsGood);
        Assert.Null(standing.By);
    }

    [Fact]
    public void Who_states_the_weights_of_what_is_suspended_does_not_cover_it()
    {
        var (given, parent, child) = Strangers();
        given.File("borealis", given.Print("borealis", child, Prints.Of(1)));
        given.File("aurora", given.Print("aurora", parent, Prints.Of(1)));
        var weights = Recognition.DigestOf(Prints.Of(1));
        Assert.Equal(SubjectId.Of(child), Recognition.StandingOf(given.World, weights)!.Subject);

        given.FileJointly("officer-a-1", "officer-b-1", given.Suspension(SubjectId.Of(parent)));

        Assert.True(Recognition.StandingOf(given.World, weights)!.IsBarred);
    }

    [Fact]
    public void A_found_file_stands_in_the_closure_of_what_it_was_made_from()
    {
        var (given, parent, _) = Strangers();
        given.File("aurora", given.Print("aurora", parent, Prints.Of(1)));
        var found = given.Found("cirrus", parent, "a file", Prints.Of(1, variant: 2));
        given.File("cirrus", found, Given.Place);
        var closure = Descent.Closure(
            given.World,
            SubjectId.Of(parent),
            Descent.AllRelations,
            Counting.Bar
        );

        Assert.Equal(
            found.Files,
            Descent.FilesOf(given.World, closure, Descent.AllRelations, Counting.Bar)
        );
    }

    /// <summary>Two releases without fingerprints.</summary>
    private static (Given Given, ReleaseId Parent, ReleaseId Child) Strangers()
    {
        var given = Given.Parties();
        var parent = given.Publish("aurora", given.Register("aurora"), "tern");
        var child = given.Publish("borealis", given.Register("borealis", "Gull 2"), "gull");
        return (given, parent, child);
    }

    /// <summary>Two releases whose fingerprints are those of relatives.</summary>
    private static (Given Given, ReleaseId Parent, ReleaseId Child) Related()
    {
        var (given, parent, child) = Strangers();
        given.File("aurora", given.Print("aurora", parent, Prints.Of(1)));
        given.File("borealis", given.Print("borealis", child, Prints.Of(1, variant: 1)));
        return (given, parent, child);
    }
}
