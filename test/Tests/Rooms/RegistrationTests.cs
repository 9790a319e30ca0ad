using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Measures;
using Concord.Rooms.Registry;
using Xunit;

namespace Concord.Tests.Rooms;

public sealed class RegistrationTests
{
    [Fact]
    public void Nobody_is_refused_for_registering_below_a_threshold()
    {
        var given = Given.Parties();
        var act = given.Registration("aurora");

        Assert.Equal(
            "admitted",
            given.Answer(
                "aurora",
                act with
                {
                    TrainingCompute =
                    [
                        act.TrainingCompute[0] with
                        {
                            Low = Flop.Parse("1"),
                            High = Flop.Parse("1e3"),
                        },
                    ],
                }
            )
        );
    }

    [Fact]
    public void Two_models_of_one_developer_have_names_that_read_apart()
    {
        var given = Given.Parties();
        given.Register("aurora", "Tern 1");

        Assert.Equal("homonym", given.Answer("aurora", given.Registration("aurora", "TERN-1")));
        Assert.Equal(
            "admitted",
            given.Answer("borealis", given.Registration("borealis", "TERN-1"))
        );
        Assert.Equal(
            "admitted",
            given.Answer("aurora", given.Registration("aurora", "Tern 1") with { Version = "b" })
        );
    }

    [Fact]
    public void A_registration_that_answers_a_report_takes_over_its_page()
    {
        var given = Given.Parties();
        var report = new ModelId(given.File("delta", given.Report()));

        var model = new ModelId(
            given.File(
                "aurora",
                given.Registration("aurora", "Osprey 7") with
                {
                    Answers = [report],
                }
            )
        );

        Assert.Equal(model, given.World.Registry.Canonical(report));
        Assert.Equal([report], given.World.Registry.Models[model].Answers);
    }

    [Fact]
    public void A_report_answered_by_two_developers_is_a_finding_and_both_are_shown()
    {
        var given = Given.Parties();
        var report = new ModelId(given.File("delta", given.Report()));
        var first = given.File(
            "aurora",
            given.Registration("aurora", "Osprey 7") with
            {
                Answers = [report],
            }
        );

        var second = given.File(
            "borealis",
            given.Registration("borealis", "Osprey 7") with
            {
                Answers = [report],
            }
        );

        var finding = Assert.Single(given.World.Registry.Findings!);
        Assert.Equal("report-answered-twice", finding.Code);
        Assert.Equal(SubjectId.Of(new ModelId(second)), finding.Subject);
        Assert.Equal(SubjectId.Of(new ModelId(first)), finding.Other);
        Assert.Equal(new ModelId(first), given.World.Registry.Canonical(report));
    }

    [Fact]
    public void What_is_stated_as_past_is_not_dated_after_the_last_tick()
    {
        var given = Given.Parties();
        var act = given.Registration("aurora") with
        {
            Training = new()
            {
                State = TrainingState.Finished,
                FinishedOn = given.Now.Day.AddDays(1),
            },
        };

        var refusal = given.Refusal("aurora", act);
        Assert.Equal("dated-after-tick", refusal.Code);
        Assert.Equal("$.training.finished_on", refusal.Where);
    }

    [Fact]
    public void An_unknown_counting_profile_is_named_with_those_there_are()
    {
        var given = Given.Parties();
        var act = given.Registration("aurora");
        act = act with { TrainingCompute = [act.TrainingCompute[0] with { Profile = "eu.guess" }] };

        var refusal = given.Refusal("aurora", act);
        Assert.Equal("unknown-profile", refusal.Code);
        Assert.Equal("$.training_compute[0].profile", refusal.Where);
        Assert.Contains("eu.cumulative", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_release_is_declared_of_a_registered_model_by_its_developer()
    {
        var given = Given.Parties();
        var report = new ModelId(given.File("delta", given.Report()));
        var model = given.Register("aurora");

        Assert.Equal("not-registered", given.Answer("aurora", given.Release(report, "w")));
        Assert.Equal("not-your-party", given.Answer("borealis", given.Release(model, "w")));
        Assert.Equal("not-found", given.Answer("aurora", given.Release(new(9_999), "w")));
    }

    [Fact]
    public void The_weights_of_another_are_not_released_as_ones_own()
    {
        var given = Given.Parties();
        var release = given.Publish("aurora", given.Register("aurora"), "tern");
        var copy = given.Release(given.Register("borealis", "Gull 2"), "tern");

        var refusal = given.Refusal("borealis", copy);
        Assert.Equal("weights-known", refusal.Code);
        Assert.Contains(release.ToString(), refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_amendment_changes_what_it_names_and_the_history_stays()
    {
        var given = Given.Parties();
        var model = given.Register("aurora");
        given.File(
            "aurora",
            new Amend
            {
                Target = new(model.Index),
                Changes = Given.Json("""{"parameters": 70000000000, "name": "Tern One"}"""),
                Reason = "Named anew.",
            }
        );

        var record = given.World.Registry.Models[model];
        Assert.Equal("Tern One", record.Name);
        Assert.Equal(70_000_000_000, record.Registration?.Parameters);
        Assert.Equal(2, record.History.Count());
        Assert.NotNull(given.World.Registry.Names.Find("ternone"));
    }

    [Theory]
    [InlineData("""{"developer": "P-0000-0000"}""", "fixed-member", "$.changes.developer")]
    [InlineData("""{"parameters": "many"}""", null, "$.changes.parameters")]
    [InlineData("""{"colour": "red"}""", null, "$.changes.colour")]
    [InlineData("""{"name": null}""", null, "$.changes.name")]
    public void A_changed_act_is_read_as_strictly_as_a_filed_one(
        string changes,
        string? code,
        string path
    )
    {
        var given = Given.Parties();
        var model = given.Register("aurora");

        var refusal = given.Refusal(
            "aurora",
            new Correct
            {
                Target = new(model.Index),
                Changes = Given.Json(changes),
                Reason = "A slip.",
            }
        );
        Assert.Equal(code ?? refusal.Code, refusal.Code);
        Assert.Equal(path, refusal.Where);
    }

    [Fact]
    public void What_is_withdrawn_is_withdrawn_once_and_changes_no_more()
    {
        var given = Given.Parties();
        var model = given.Register("aurora");
        var withdraw = new Withdraw { Target = new(model.Index), Reason = "Never trained." };
        given.File("aurora", withdraw);

        Assert.Equal(StandingState.Withdrawn, given.World.Registry.Models[model].Standing.State);
        Assert.Equal(
            "already-withdrawn",
            given.Answer("aurora", withdraw with { Reason = "Again." })
        );
    }
}
