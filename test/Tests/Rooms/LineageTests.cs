using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Xunit;

namespace Concord.Tests.Rooms;

public sealed class LineageTests
{
    [Fact]
    public void A_parent_that_is_not_in_the_register_is_refused()
    {
        var (given, _, child) = ParentAndChild();

        var refusal = given.Refusal(
            "borealis",
            given.Derivation("borealis", child, SubjectId.Of(new ReleaseId(9_999)))
        );
        Assert.Equal("not-found", refusal.Code);
        Assert.Equal("$.parents[0]", refusal.Where);
    }

    [Fact]
    public void Nothing_is_made_from_itself()
    {
        var (given, _, child) = ParentAndChild();
        var model = given.World.Registry.Releases[child].Act.Model;

        Assert.Equal(
            "self-parent",
            given.Answer("borealis", given.Derivation("borealis", child, SubjectId.Of(child)))
        );
        Assert.Equal(
            "self-parent",
            given.Answer("borealis", given.Derivation("borealis", child, SubjectId.Of(model)))
        );
    }

    [Fact]
    public void Nothing_is_made_from_what_was_made_from_it()
    {
        var (given, parent, child) = ParentAndChild();
        given.File("borealis", given.Derivation("borealis", child, SubjectId.Of(parent)));
        var childModel = given.World.Registry.Releases[child].Act.Model;

        Assert.Equal(
            "cycle",
            given.Answer("aurora", given.Derivation("aurora", parent, SubjectId.Of(child)))
        );
        Assert.Equal(
            "cycle",
            given.Answer("aurora", given.Derivation("aurora", parent, SubjectId.Of(childModel)))
        );
    }

    [Fact]
    public void A_merge_has_several_parents_and_stands_in_the_closure_of_each()
    {
        var (given, parent, child) = ParentAndChild();
        var other = given.Publish("aurora", given.Register("aurora", "Heron 1"), "heron");
        given.File(
            "borealis",
            given.Derivation("borealis", child, SubjectId.Of(parent), SubjectId.Of(other)) with
            {
                Relation = Relation.Merge,
            }
        );

        Assert.All(
            new[] { parent, other },
            one =>
                Assert.Contains(
                    SubjectId.Of(child),
                    Descent.Closure(given.World, SubjectId.Of(one), Descent.AllRelations)
                )
        );
    }

    [Fact]
    public void A_closure_follows_the_chosen_relations_alone()
    {
        var (given, parent, child) = ParentAndChild();
        given.File("borealis", given.Derivation("borealis", child, SubjectId.Of(parent)));
        var copies = new HashSet<Relation> { Relation.Copy, Relation.Quantisation };

        Assert.DoesNotContain(
            SubjectId.Of(child),
            Descent.Closure(given.World, SubjectId.Of(parent), copies)
        );
    }

    [Fact]
    public void A_registration_that_answers_a_report_takes_over_its_place()
    {
        var given = Given.Parties();
        var root = new ModelId(given.File("delta", given.Report("Osprey 7")));
        var made = new ModelId(
            given.File(
                "delta",
                given.Report(
                    "Osprey 7 chat",
                    new ReportedParent { Name = "Osprey 7", Model = root }
                )
            )
        );

        var model = new ModelId(
            given.File("aurora", given.Registration("aurora", "Osprey 7") with { Answers = [root] })
        );

        Assert.Contains(
            SubjectId.Of(made),
            Descent.Closure(given.World, SubjectId.Of(model), Descent.AllRelations)
        );
        Assert.Empty(given.World.Lineage.ChildrenOf(SubjectId.Of(root)));
    }

    [Fact]
    public void A_withdrawn_declaration_leaves_no_edge()
    {
        var (given, parent, child) = ParentAndChild();
        var act = given.File("borealis", given.Derivation("borealis", child, SubjectId.Of(parent)));
        given.File("borealis", new Withdraw { Target = new(act), Reason = "It was another." });

        Assert.Empty(given.World.Lineage.ChildrenOf(SubjectId.Of(parent)));
        Assert.Null(given.World.Registry.Releases[child].Derivation);
    }

    [Fact]
    public void A_chain_and_a_fan_of_a_hundred_thousand_reports_are_walked()
    {
        var given = Given.Parties();
        var world = given.World;
        var root = world.Size;
        for (var i = 0; i < 100_000; i++)
        {
            var parent = i == 0 ? (ModelId?)null : new ModelId(i < 50_000 ? root + i - 1 : root);
            world = world.Fold(Reported(given, world.Size, parent));
        }

        var closure = Descent.Closure(world, SubjectId.Of(new ModelId(root)), Descent.AllRelations);
        Assert.Equal(100_000, closure.Count);
        Assert.Equal(
            49_999,
            Descent.Ancestors(world, SubjectId.Of(new ModelId(root + 49_999))).Count()
        );
    }

    private static Logged Reported(Given given, long index, ModelId? parent)
    {
        var act = given.Report(
            $"Model {index}",
            parent is { } id ? [new ReportedParent { Name = "base", Model = id }] : []
        );
        return new(
            index,
            Digest.Of(BitConverter.GetBytes(index)),
            given.Key("delta").Id,
            given.World.Network.IssuerOf(
                new Concord.Rooms.Network.Speaker.Party(given.Party("delta"))
            ),
            ActTable.Of(act),
            act,
            Digest.Of(BitConverter.GetBytes(index)),
            null
        );
    }

    private static (Given Given, ReleaseId Parent, ReleaseId Child) ParentAndChild()
    {
        var given = Given.Parties();
        var parent = given.Publish("aurora", given.Register("aurora"), "tern");
        var child = given.Publish("borealis", given.Register("borealis", "Gull 2"), "gull");
        return (given, parent, child);
    }
}
