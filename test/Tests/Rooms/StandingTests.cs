using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;
using Xunit;

namespace Concord.Tests.Rooms;

public sealed class StandingTests
{
    [Fact]
    public void The_table_of_standing_is_as_it_was_agreed()
    {
        var lines = StandingTable.Steps.Select(step =>
            $"{step.From} × {step.Act.Name} → {step.To}"
        );

        Golden.Matches("Rooms/standing.golden.txt", string.Join('\n', lines) + "\n");
    }

    [Fact]
    public void One_officer_alone_changes_no_standing()
    {
        var given = Given.Parties();
        var model = SubjectId.Of(given.Register("aurora"));
        given.File("officer-a-1", given.Suspension(model));

        Assert.Equal(StandingState.Registered, StateOf(given, model));
        Assert.Equal("duplicate", given.Answer("officer-a-1", given.Suspension(model)));
    }

    [Fact]
    public void Two_persons_of_one_institution_are_two_officers()
    {
        var given = Given.Parties();
        var model = SubjectId.Of(given.Register("aurora"));
        given.FileJointly("officer-a-1", "officer-a-2", given.Suspension(model));

        Assert.Equal(StandingState.Suspended, StateOf(given, model));
    }

    [Fact]
    public void A_certificate_lapses_by_the_tick_that_passes_its_end()
    {
        var given = Given.Parties();
        var model = SubjectId.Of(given.Register("aurora"));
        given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            given.Certificate(model, TimeSpan.FromHours(3))
        );

        Assert.Equal(StandingState.Certified, StateOf(given, model));
        Assert.NotNull(given.World.NextDeadline);
        given.Tick(TimeSpan.FromHours(2));
        Assert.Equal(StandingState.Certified, StateOf(given, model));
        given.Tick(TimeSpan.FromHours(1));
        Assert.Equal(StandingState.Registered, StateOf(given, model));
        Assert.Null(given.World.NextDeadline);
    }

    [Fact]
    public void A_restoration_returns_to_what_was_suspended()
    {
        var given = Given.Parties();
        var model = SubjectId.Of(given.Register("aurora"));
        given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            given.Certificate(model, TimeSpan.FromDays(3))
        );
        given.FileJointly("officer-a-1", "officer-b-1", given.Suspension(model));
        given.FileJointly(
            "officer-a-1",
            "officer-c-1",
            new Restore
            {
                Joint = given.Joint(JointKind.Officers),
                Target = model,
                Reason = "It was filed.",
            }
        );

        Assert.Equal(StandingState.Certified, StateOf(given, model));
    }

    [Fact]
    public void What_nobody_registered_has_no_standing_to_change()
    {
        var given = Given.Parties();
        var report = SubjectId.Of(new ModelId(given.File("delta", given.Report())));

        Assert.Equal("standing", given.Answer("officer-a-1", given.Suspension(report)));
    }

    [Fact]
    public void A_suspended_parent_marks_what_was_made_from_it()
    {
        var given = Given.Parties();
        var parent = given.Publish("aurora", given.Register("aurora"), "tern");
        var child = given.Publish("borealis", given.Register("borealis", "Gull 2"), "gull");
        given.File("borealis", given.Derivation("borealis", child, SubjectId.Of(parent)));
        given.FileJointly("officer-a-1", "officer-b-1", given.Suspension(SubjectId.Of(parent)));

        var standing = Descent.StandingOf(given.World, SubjectId.Of(child));
        Assert.False(standing?.IsBarred);
        Assert.Equal([SubjectId.Of(parent)], standing?.MarkedBy);
    }

    [Fact]
    public void A_suspended_model_marks_what_was_made_from_its_releases_and_not_itself()
    {
        var given = Given.Parties();
        var model = given.Register("aurora");
        var parent = given.Publish("aurora", model, "tern");
        var child = given.Publish("borealis", given.Register("borealis", "Gull 2"), "gull");
        given.File("borealis", given.Derivation("borealis", child, SubjectId.Of(parent)));
        given.FileJointly("officer-a-1", "officer-b-1", given.Suspension(SubjectId.Of(model)));

        var standing = Descent.StandingOf(given.World, SubjectId.Of(child));
        Assert.Equal([SubjectId.Of(parent)], standing?.MarkedBy);
        var own = Descent.StandingOf(given.World, SubjectId.Of(parent));
        Assert.True(own?.IsBarred);
        Assert.Empty(own!.MarkedBy);
    }

    [Fact]
    public void A_suspended_model_is_not_deployed_and_not_sold()
    {
        var given = Given.Parties();
        var model = given.Register("aurora");
        var release = given.Publish("aurora", model, "tern");
        given.FileJointly("officer-a-1", "officer-b-1", given.Suspension(SubjectId.Of(model)));

        Assert.Equal("standing", given.Answer("cirrus", Deployment(given, release)));
        Assert.Equal(
            "standing",
            given.Answer("aurora", Sale(given, release, "aurora", "cirrus"), Terms())
        );
    }

    [Fact]
    public void A_sale_takes_effect_when_the_buyer_has_signed_and_the_buyer_may_sell_on()
    {
        var given = Given.Parties();
        var release = given.Publish("aurora", given.Register("aurora"), "tern");
        var onward = Sale(given, release, "cirrus", "borealis");

        Assert.Equal("not-the-holder", given.Answer("cirrus", onward, Terms()));
        given.File("aurora", Sale(given, release, "aurora", "cirrus"), Terms());
        Assert.Equal("not-the-holder", given.Answer("cirrus", onward, Terms()));
        given.File("cirrus", Sale(given, release, "aurora", "cirrus"), Terms());
        Assert.Equal("admitted", given.Answer("cirrus", onward, Terms()));
        Assert.Single(given.World.Registry.Transfers);
    }

    private static StandingState StateOf(Given given, SubjectId subject) =>
        Descent.StandingOf(given.World, subject)!.Own.State;

    private static Deploy Deployment(Given given, ReleaseId release) =>
        new()
        {
            Salt = "AAAAAAAAAAAAAAAAAAAAAA",
            Release = release,
            Host = given.Party("cirrus"),
            Service = "api.example",
            Country = "FR",
            Purpose = "Translation",
            UsersMagnitude = 3,
            From = given.Now.Day,
        };

    private static TransferTerms Terms() =>
        new()
        {
            Salt = "AAAAAAAAAAAAAAAAAAAAAA",
            Kind = TransferKind.Sale,
            Effective = new DateOnly(2026, 12, 1),
        };

    private static Transfer Sale(Given given, ReleaseId release, string from, string to) =>
        new()
        {
            Joint = given.Joint(JointKind.Parties, 2, given.Party(from), given.Party(to)),
            Release = release,
            SealedPart = Digest.Of(ActJson.Write(Terms())),
        };
}
