using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;
using Xunit;

namespace Concord.Tests.Rooms;

public sealed class VoidTests
{
    [Fact]
    public void What_is_voided_counts_no_more_with_the_second_institution_and_its_history_stays()
    {
        var given = Given.Parties();
        var tern = given.Register("aurora");
        var act = Void(given, new(tern.Index));

        var proposal = given.File("officer-a-1", act);
        Assert.Equal(StandingState.Registered, given.World.Registry.Models[tern].Standing.State);
        var taking = given.File("officer-b-1", act);

        var model = given.World.Registry.Models[tern];
        Assert.Equal(StandingState.Withdrawn, model.Standing.State);
        Assert.Equal(proposal, model.Standing.DecidedBy);
        Assert.Equal([taking, tern.Index], model.History.Select(one => one.Index));
        Assert.NotNull(model.Registration);
        Assert.Equal(
            "already-withdrawn",
            given.Answer("officer-a-1", act with { Reason = "Once more." })
        );
    }

    [Fact]
    public void Members_are_replaced_from_the_void_on_and_stood_otherwise_before()
    {
        var given = Given.Parties();
        var tern = given.Register("aurora", "Tern of John Doe");
        var before = given.World;

        given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            Void(given, new(tern.Index), """{"name":"Tern 1"}""")
        );

        Assert.Equal("Tern 1", given.World.Registry.Models[tern].Name);
        Assert.Equal(StandingState.Registered, given.World.Registry.Models[tern].Standing.State);
        Assert.Equal("Tern of John Doe", before.Registry.Models[tern].Name);
    }

    [Fact]
    public void Both_digests_change_from_the_index_of_the_void_on()
    {
        var given = Given.Parties();
        var tern = given.Register("aurora");
        var act = Void(given, new(tern.Index));
        given.FileJointly("officer-a-1", "officer-b-1", act);

        var log = given.Log.SkipLast(1).ToList();
        var tick = log.Last(one => one.Act is Tick) with { Index = log.Count };
        var without = World.Empty.FoldAll([.. log, tick]);
        Assert.All(
            Registry(given.World).Zip(Registry(without)),
            pair => Assert.NotEqual(pair.Second, pair.First)
        );
        Assert.Equal(Registry(World.Empty.FoldAll(given.Log)), Registry(given.World));
    }

    [Fact]
    public void What_was_made_from_what_is_voided_with_the_act_that_said_so()
    {
        var given = Given.Parties();
        var parent = given.Publish("aurora", given.Register("aurora"), "tern");
        var child = given.Publish("borealis", given.Register("borealis", "Gull 2"), "gull");
        var derivation = given.File(
            "borealis",
            given.Derivation("borealis", child, SubjectId.Of(parent))
        );
        Assert.NotEmpty(given.World.Lineage.ParentsOf(SubjectId.Of(child)));

        given.FileJointly("officer-a-1", "officer-b-1", Void(given, new(derivation)));

        Assert.Empty(given.World.Lineage.ParentsOf(SubjectId.Of(child)));
        Assert.Null(given.World.Registry.Releases[child].Derivation);
    }

    [Fact]
    public void Only_what_can_be_amended_or_withdrawn_is_voided()
    {
        var given = Given.Parties();
        var party = given.Party("aurora").Index;
        var tick = given.World.Size;
        given.Tick(TimeSpan.FromMinutes(1));

        Assert.Equal("not-voidable", given.Answer("officer-a-1", Void(given, new(party))));
        Assert.Equal("not-voidable", given.Answer("officer-a-1", Void(given, new(tick))));
        Assert.Equal("not-found", given.Answer("officer-a-1", Void(given, new(given.World.Size))));
    }

    [Theory]
    [InlineData("""{"developer":"P-0000-0000"}""", "fixed-member", "$.replacement.developer")]
    [InlineData("""{"nonsense":1}""", "unknown-member", "$.replacement.nonsense")]
    public void What_replaces_is_read_as_strictly_as_what_is_filed(
        string replacement,
        string code,
        string where
    )
    {
        var given = Given.Parties();
        var tern = given.Register("aurora");

        var refusal = given.Refusal("officer-a-1", Void(given, new(tern.Index), replacement));

        Assert.Equal(code, refusal.Code);
        Assert.Equal(where, refusal.Where);
    }

    [Fact]
    public void A_release_keeps_the_weights_of_its_own_developer_when_its_members_are_replaced()
    {
        var given = Given.Parties();
        var tern = given.Register("aurora");
        given.Publish("aurora", tern, "tern");
        var again = given.Publish("aurora", given.Register("aurora", "Tern 2"), "tern");

        given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            Void(given, new(again.Index), """{"licence":"MIT"}""")
        );

        Assert.Equal("MIT", given.World.Registry.Releases[again].Act.Licence);
    }

    [Fact]
    public void Officers_void_what_is_suspended_too()
    {
        var given = Given.Parties();
        var tern = given.Register("aurora");
        given.FileJointly("officer-a-1", "officer-b-1", given.Suspension(SubjectId.Of(tern)));
        Assert.Equal(
            "standing",
            given.Answer("aurora", new Withdraw { Target = new(tern.Index), Reason = "Gone." })
        );

        given.FileJointly("officer-a-1", "officer-b-1", Void(given, new(tern.Index)));

        Assert.Equal(StandingState.Withdrawn, given.World.Registry.Models[tern].Standing.State);
    }

    private static IEnumerable<ViewDigest> Registry(World world) =>
        Enum.GetValues<Audience>()
            .Select(audience =>
                ViewDigests.Of(world, audience).Single(one => one.View is "registry")
            )
            .ToList();

    private static VoidAct Void(Given given, ActId target, string? replacement = null) =>
        new()
        {
            Joint = given.Joint(JointKind.Institutions),
            Target = target,
            Replacement = replacement is null ? null : Given.Json(replacement),
            Reason = "It was filed in another's name.",
        };
}
