using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;
using Concord.Tests.Rulebooks;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>
/// Open derivatives have duties of their own: what they are measured against, and that no way of
/// cutting a modification up, passing it on or tangling its lineage gets round them.
/// </summary>
public sealed class DerivativeTests
{
    [Fact]
    public void A_derivative_is_measured_against_its_parent()
    {
        var (given, root) = Root();
        var made = Modified(given, "borealis", "Gull 2", root, "1e22");

        Assert.Equal("fine tune", Fact(given, made, "relation"));
        Assert.Equal("10²² FLOP", Fact(given, made, "mod_flop[any]"));
        Assert.Equal("2 × 10²⁵ to 3 × 10²⁵ FLOP", Fact(given, made, "parent_flop[any]"));
        Assert.Equal("yes", Fact(given, made, "parent_class.t1"));
        Assert.Equal("no", Fact(given, made, "actor_is_provider_of_parent"));
        Assert.Equal(Answer.No, Duty(given, made, "register-model"));
        Assert.Equal(Answer.No, Duty(given, made, "register-derivative-full"));
        Assert.Equal(Answer.Yes, Duty(given, made, "register-derivative-light"));
    }

    [Fact]
    public void A_light_derivative_passes_its_root_on()
    {
        var (given, root) = Root();
        var light = Modified(given, "borealis", "Gull 2", root, "1e22");
        var next = Modified(given, "ember", "Heron 3", light, "1e22");

        // More than a third of Gull's own 10²², and nothing beside the root.
        Assert.Equal("2 × 10²⁵ to 3 × 10²⁵ FLOP", Fact(given, next, "parent_flop[any]"));
        Assert.Equal("yes", Fact(given, next, "parent_class.t1"));
        Assert.Equal(Answer.No, Duty(given, next, "register-derivative-full"));
        Assert.Equal(Answer.Yes, Duty(given, next, "register-derivative-light"));
    }

    [Fact]
    public void Successive_modifications_by_one_maker_add_up()
    {
        var (given, root) = Root();
        // A third of the root is between 6.7e24 and 1e25: neither of the two is more, both are.
        var first = Modified(given, "borealis", "Gull 2", root, "6e24");
        var second = Modified(given, "borealis", "Gull 3", first, "6e24");

        Assert.Equal(Answer.No, Duty(given, first, "register-derivative-full"));
        Assert.Equal("1.2 × 10²⁵ FLOP", Fact(given, second, "mod_flop[any]"));
        Assert.Equal("no", Fact(given, second, "actor_is_provider_of_parent"));
        Assert.Equal(Answer.Yes, Duty(given, second, "register-derivative-full"));
    }

    [Fact]
    public void A_full_derivative_is_an_original_of_its_own()
    {
        var (given, root) = Root();
        var full = Modified(given, "borealis", "Gull 2", root, "1.2e25");
        var next = Modified(given, "ember", "Heron 3", full, "1e22");

        Assert.Equal(Answer.Yes, Duty(given, full, "register-derivative-full"));
        Assert.Equal("yes", Fact(given, next, "parent_class.t1"));
        Assert.DoesNotContain(
            "root",
            string.Join(' ', Reading(given, next, "parent_flop[any]").Notes),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Whoever_removes_safeguards_registers_in_full_however_little_it_took()
    {
        var (given, root) = Root();
        var made = Modified(given, "borealis", "Gull 2", root, "1e20", removed: true);

        Assert.Equal(Answer.Yes, Duty(given, made, "register-derivative-full"));
        Assert.Equal(Answer.No, Duty(given, made, "register-derivative-light"));
    }

    [Fact]
    public void A_merge_brings_the_compute_of_all_its_parents_along()
    {
        var (given, root) = Root();
        var other = Original(given, "aurora", "Heron 1");
        var model = given.Register("borealis", Bare(given, "borealis", "Gull 2"));
        var release = given.Publish("borealis", model, "gull");
        given.File(
            "borealis",
            given.Derivation("borealis", release, SubjectId.Of(root), SubjectId.Of(other)) with
            {
                Relation = Relation.Merge,
            }
        );

        var sheet = FactSheets.Of(given.World, model, Audience.Public);
        var read = Evaluation.Read(
            Books.Read("eu-ai-act"),
            "own_flop[eu.cumulative].so_far",
            sheet,
            given.Now
        );
        Assert.Equal("4 × 10²⁵ to 6.01 × 10²⁵ FLOP", Explanations.Say(read.Value, "FLOP"));
    }

    [Fact]
    public void A_suspended_parent_marks_every_child_and_no_sibling()
    {
        var (given, root) = Root();
        var light = Modified(given, "borealis", "Gull 2", root, "1e22");
        var next = Modified(given, "ember", "Heron 3", light, "1e22");
        var sibling = Original(given, "aurora", "Plover 1");
        given.FileJointly("officer-a-1", "officer-b-1", given.Suspension(SubjectId.Of(root)));

        foreach (var made in (ModelId[])[light, next])
        {
            Assert.Contains(
                SubjectId.Of(root),
                Descent.StandingOf(given.World, SubjectId.Of(made))!.MarkedBy
            );
        }

        Assert.Empty(Descent.StandingOf(given.World, SubjectId.Of(sibling))!.MarkedBy);
    }

    [Fact]
    public void A_correction_ties_no_report_to_itself_or_into_a_circle()
    {
        var given = Default();
        var root = new ModelId(given.File("delta", given.Report("Osprey 7")));
        var made = new ModelId(
            given.File(
                "delta",
                given.Report("Osprey 8", new ReportedParent { Name = "Osprey 7", Model = root })
            )
        );

        Assert.Equal("self-parent", given.Answer("delta", Base(root, root)));
        Assert.Equal("cycle", given.Answer("delta", Base(root, made)));
    }

    [Fact]
    public void A_registration_that_answers_both_ends_of_a_line_is_judged_and_walked()
    {
        var given = Default();
        var first = new ModelId(given.File("delta", given.Report("Osprey 7")));
        var middle = new ModelId(
            given.File(
                "delta",
                given.Report("Osprey 8", new ReportedParent { Name = "Osprey 7", Model = first })
            )
        );
        var last = new ModelId(
            given.File(
                "delta",
                given.Report("Osprey 9", new ReportedParent { Name = "Osprey 8", Model = middle })
            )
        );

        var model = given.Register(
            "aurora",
            given.Registration("aurora", "Osprey 7") with
            {
                Answers = [first, last],
            }
        );

        // What sources say goes in a circle: each is judged once.
        Assert.NotEmpty(FactSheets.Of(given.World, model, Audience.Public).Statements);
        Assert.NotEmpty(FactSheets.Of(given.World, middle, Audience.Public).Statements);
        Assert.Empty(Descent.StandingOf(given.World, SubjectId.Of(model))!.MarkedBy);
    }

    [Fact]
    public void A_model_has_the_same_facts_whichever_were_asked_for_before()
    {
        var given = Default();
        var world = given.World;
        var ids = new List<ModelId>();
        for (var i = 0; i < 200; i++)
        {
            var parents = ids.TakeLast(i % 5 == 0 ? 1 : 1 + (i % 3)).ToList();
            ids.Add(new(world.Size));
            world = world.Fold(Reported(given, world.Size, parents, i % 7 == 0 ? "3e24" : null));
        }

        var (up, down) = (new FactReader(world), new FactReader(world));
        var fromAbove = ids.ToDictionary(id => id, id => Told(up.Of(id, Audience.Public)));
        foreach (var id in ids.AsEnumerable().Reverse())
        {
            Assert.Equal(fromAbove[id], Told(down.Of(id, Audience.Public)));
            Assert.Equal(fromAbove[id], Told(FactSheets.Of(world, id, Audience.Public)));
        }
    }

    [Fact]
    public void The_facts_of_a_whole_chain_and_lattice_cost_no_more_than_its_models()
    {
        var given = Default();
        var world = given.World;
        var ids = new List<ModelId>();
        for (var i = 0; i < 10_000; i++)
        {
            var parents = ids.TakeLast(i < 5_000 ? 1 : 2).ToList();
            ids.Add(new(world.Size));
            world = world.Fold(Reported(given, world.Size, parents, null));
        }

        var reader = new FactReader(world);
        Assert.All(
            ids.AsEnumerable().Reverse(),
            id => Assert.NotEmpty(reader.Of(id, Audience.Public).Statements)
        );
    }

    private static List<string> Told(FactSheet sheet) =>
        [.. sheet.Statements.Select(one => $"{one.Fact} {one.Value} {one.Source}")];

    private static Correct Base(ModelId report, ModelId parent) =>
        new()
        {
            Target = new(report.Index),
            Changes = Given.Json($$"""{"base_models":[{"name":"base","model":"{{parent}}"}]}"""),
            Reason = "It was made from another.",
        };

    [Fact]
    public void A_lattice_of_reports_without_totals_is_read_once_a_model()
    {
        const int layers = 60;
        var given = Default();
        var world = given.World;
        ModelId[] below = [];
        for (var layer = 0; layer < layers; layer++)
        {
            var now = new ModelId[2];
            for (var i = 0; i < now.Length; i++)
            {
                now[i] = new(world.Size);
                world = world.Fold(Reported(given, world.Size, below, layer == 0 ? "1e24" : null));
            }

            below = now;
        }

        // 2⁵⁹ paths lead to the roots.
        var sheet = FactSheets.Of(world, below[0], Audience.Public);
        Assert.False(sheet.Read("flop[any].so_far", world.At).IsUnknown);
        Assert.False(sheet.Read("parent_class.t1", world.At).IsUnknown);
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_and_a_wide_lattice_are_walked_and_judged()
    {
        var given = Default();
        var world = given.World;
        var root = world.Size;
        const int half = 50_000;
        for (var i = 0; i < half; i++)
        {
            ModelId[] parents = i == 0 ? [] : [new(root + i - 1)];
            world = world.Fold(Reported(given, world.Size, parents, null));
        }

        // Each of the other half stands on the two before it.
        for (var i = 0; i < half; i++)
        {
            world = world.Fold(
                Reported(given, world.Size, [new(world.Size - 1), new(world.Size - 2)], null)
            );
        }

        var last = new ModelId(world.Size - 1);
        Assert.Equal((2 * half) - 1, Descent.Ancestors(world, SubjectId.Of(last)).Count());
        Assert.Equal(
            2 * half,
            Descent.Closure(world, SubjectId.Of(new ModelId(root)), Descent.AllRelations).Count
        );
        Assert.Empty(Descent.StandingOf(world, SubjectId.Of(last))!.MarkedBy);
        Assert.NotEmpty(FactSheets.Of(world, last, Audience.Public).Statements);
        Assert.NotEmpty(FactSheets.Of(world, new(root + half - 1), Audience.Public).Statements);
    }

    private static Given Default()
    {
        var given = Given.Parties();
        given.Adopt("concord-default");
        given.Admit("ember", "Ember Works", PartyRole.Developer);
        return given;
    }

    private static (Given Given, ModelId Root) Root()
    {
        var given = Default();
        return (given, Original(given, "aurora", "Tern 1"));
    }

    private static ModelId Original(Given given, string party, string name)
    {
        var model = given.Register(party, name);
        given.Publish(party, model, name);
        return model;
    }

    private static RegisterModel Bare(Given given, string party, string name) =>
        given.Registration(party, name) with
        {
            TrainingCompute = [],
        };

    /// <summary>Another's model, modified and given out with open weights.</summary>
    private static ModelId Modified(
        Given given,
        string party,
        string name,
        ModelId parent,
        string flop,
        bool removed = false
    )
    {
        var model = given.Register(party, Bare(given, party, name));
        var release = given.Publish(party, model, name);
        given.File(
            party,
            given.Derivation(party, release, SubjectId.Of(parent)) with
            {
                ComputeLow = Flop.Parse(flop),
                ComputeHigh = Flop.Parse(flop),
                SafeguardsRemoved = removed,
                CapabilityRaised = false,
            }
        );
        return model;
    }

    private static Logged Reported(
        Given given,
        long index,
        IReadOnlyList<ModelId> parents,
        string? total
    )
    {
        var act = given.Report(
            $"Model {index}",
            [.. parents.Select(id => new ReportedParent { Name = "base", Model = id })]
        ) with
        {
            Developers = [$"Maker {index % 7}"],
            TrainingCompute = total is null ? null : Compute(total),
            FinetuneCompute = Compute("1e20"),
        };
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

    private static ReportedCompute Compute(string figure) =>
        new()
        {
            Figure = Flop.Parse(figure),
            Confidence = "Confident",
            Source = 0,
        };

    private static FactReading Reading(Given given, ModelId model, string fact) =>
        FactSheets.Of(given.World, model, Audience.Public).Read(fact, given.Now);

    private static string Fact(Given given, ModelId model, string fact) =>
        Explanations.Say(Reading(given, model, fact).Value, Vocabulary.Find(fact)?.Unit);

    private static Answer Duty(Given given, ModelId model, string id) =>
        Evaluation
            .Of(
                Books.Read("concord-default"),
                FactSheets.Of(given.World, model, Audience.Public),
                given.Now
            )
            .Duties.Single(d => string.Equals(d.Duty.Id, id, StringComparison.Ordinal))
            .Answer;
}
