using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>
/// What a key in other hands has signed is contested, and is confirmed or voided one by one.
/// </summary>
public sealed class ConfirmationTests
{
    [Fact]
    public void Who_filed_a_contested_act_confirms_it_once()
    {
        var (given, model, at) = Contested();

        Assert.True(DoubtOf(given, model.Index, at)!.IsOpen);
        var index = given.File("aurora", Confirmation(given, model));
        var doubt = DoubtOf(given, model.Index, at)!;
        Assert.False(doubt.IsOpen);
        Assert.Equal(new ActId(index), doubt.ConfirmedBy);
        Assert.Equal("already-settled", given.Answer("aurora", Confirmation(given, model, "Yes.")));
    }

    [Fact]
    public void A_contested_act_counts_like_any_other_until_it_is_void()
    {
        var (given, model, at) = Contested();
        Assert.Equal(StandingState.Registered, StandingOf(given, model));

        var end = Void(given, model);
        given.File("officer-a-1", end);
        Assert.Null(DoubtOf(given, model.Index, at)!.VoidedBy);
        given.File("officer-b-1", end);
        Assert.Equal(StandingState.Withdrawn, StandingOf(given, model));
        Assert.NotNull(DoubtOf(given, model.Index, at)!.VoidedBy);
        Assert.Equal("already-settled", given.Answer("aurora", Confirmation(given, model)));
    }

    [Fact]
    public void What_nobody_contests_is_not_confirmed()
    {
        var given = Given.Parties();
        given.AddKey("aurora", "aurora/stolen", KeyRole.Filer);
        var model = given.Register("aurora/stolen", given.Registration("aurora"));
        Assert.Equal("not-contested", given.Answer("aurora", Confirmation(given, model)));

        given.File("aurora", Loss(given, "aurora/stolen", since: null));
        Assert.Equal("not-contested", given.Answer("aurora", Confirmation(given, model)));
    }

    [Fact]
    public void What_was_signed_before_the_key_was_in_other_hands_is_not_contested()
    {
        var given = Given.Parties();
        given.AddKey("aurora", "aurora/stolen", KeyRole.Filer);
        var before = given.Now;
        var model = given.Register("aurora/stolen", given.Registration("aurora"));
        given.Tick(TimeSpan.FromMinutes(1));
        given.File("aurora", Loss(given, "aurora/stolen", given.Now));

        Assert.Null(DoubtOf(given, model.Index, before));
    }

    [Fact]
    public void Nobody_confirms_what_another_has_filed_or_other_words()
    {
        var (given, model, _) = Contested();
        var act = Confirmation(given, model);

        Assert.Equal("not-found", given.Answer("borealis", act));
        Assert.Equal("not-found", given.Answer("officer-a-1", act));
        Assert.Equal("not-found", given.Answer("registrar", act));
        Assert.Equal("not-permitted", given.Answer("root-1", act));
        Assert.Equal(
            "not-found",
            given.Answer("aurora", act with { ActDigest = Digest.Of("other words"u8) })
        );
        Assert.Equal(
            "not-found",
            given.Answer("aurora", act with { Target = new(model.Index + 1) })
        );
        given.AddKey("aurora", "aurora/filer", KeyRole.Filer);
        Assert.Equal("key-role-missing", given.Answer("aurora/filer", act));
        Assert.Equal("key-revoked", given.Answer("aurora/stolen", act));
    }

    [Fact]
    public void A_confirmation_by_a_key_in_other_hands_confirms_nothing()
    {
        var (given, model, at) = Contested();
        given.AddKey("aurora", "aurora/second", KeyRole.Administrator);
        var before = given.Now;
        given.File("aurora/second", Confirmation(given, model, "We meant it."));
        Assert.NotNull(DoubtOf(given, model.Index, at)!.ConfirmedBy);

        given.File("aurora", Loss(given, "aurora/second", before));
        Assert.True(DoubtOf(given, model.Index, at)!.IsOpen);
        var index = given.File("aurora", Confirmation(given, model, "We did mean it."));
        Assert.Equal(new ActId(index), DoubtOf(given, model.Index, at)!.ConfirmedBy);
    }

    [Fact]
    public void An_institution_answers_for_a_signature_of_its_officer()
    {
        var given = Given.Parties();
        var model = given.Register("aurora");
        var act = given.Suspension(SubjectId.Of(model));
        var before = given.Now;
        var signature = given.FileJointly("officer-a-1", "officer-b-1", act);
        given.File("officer-a-2", Loss(given, "officer-a-1", before));
        var confirm = Confirmation(given, signature, act, "officer-a-1");

        Assert.Equal("not-found", given.Answer("officer-b-2", confirm));
        Assert.Equal("not-contested", given.Answer("officer-b-2", Of("officer-b-1", 1)));
        Assert.Equal("not-contested", given.Answer("officer-a-2", Of("officer-b-1", 0)));
        given.File("officer-a-2", confirm);
        var joint = given.World.Network.Joints[Digest.Of(ActBytes.Write(act))];
        Assert.NotNull(Assert.Single(given.World.Network.DoubtsOf(joint)).ConfirmedBy);
        Assert.Equal(StandingState.Suspended, StandingOf(given, model));

        Confirm Of(string key, int later) => Confirmation(given, signature + later, act, key);
    }

    [Fact]
    public void Of_two_persons_who_decided_one_is_not_the_other_s_voice()
    {
        var given = Given.Parties();
        var act = given.Suspension(SubjectId.Of(given.Register("aurora")));
        var before = given.Now;
        var signature = given.FileJointly("officer-a-1", "officer-a-2", act);
        given.File("officer-a-2", Loss(given, "officer-a-1", before));

        Assert.Equal(
            "has-signed",
            given.Answer("officer-a-2", Confirmation(given, signature, act, "officer-a-1"))
        );
    }

    [Fact]
    public void A_signature_on_what_is_not_in_force_is_given_anew()
    {
        var given = Given.Parties();
        var act = given.Suspension(SubjectId.Of(given.Register("aurora")));
        var before = given.Now;
        var signature = given.File("officer-a-1", act);
        given.File("officer-a-2", Loss(given, "officer-a-1", before));

        Assert.Equal(
            "not-in-force",
            given.Answer("officer-a-2", Confirmation(given, signature, act, "officer-a-1"))
        );
    }

    [Fact]
    public void The_authority_confirms_what_its_own_key_has_signed_by_the_next()
    {
        var given = Given.Parties();
        var before = given.Now;
        var act = given.Admission("echo", "Echo Works", PartyRole.Developer);
        var index = given.File("registrar", act);
        given.File("root-1", Loss(given, "registrar", before));
        var body = given.KeySet(2);
        given.FileJointly(
            "root-1",
            "root-2",
            new KeySet
            {
                Joint = given.Joint(JointKind.Roots),
                Previous = given.World.Network.KeySetDigest,
                Body = body with
                {
                    AuthorityKeys =
                    [
                        .. body.AuthorityKeys.Where(key => key.Purpose != KeyPurpose.Registrar),
                        new() { Purpose = KeyPurpose.Registrar, Key = given.Key("registrar-2") },
                    ],
                },
            }
        );
        var confirm = Confirmation(given, index, act, "registrar");

        Assert.Equal("not-permitted", given.Answer("tick", confirm));
        var by = given.File("registrar-2", confirm);
        Assert.Equal(
            new ActId(by),
            given.World.Network.DoubtOf(index, given.Key("registrar").Id, before)?.ConfirmedBy
        );
    }

    private static (Given Given, ModelId Model, Instant At) Contested()
    {
        var given = Given.Parties();
        given.AddKey("aurora", "aurora/stolen", KeyRole.Filer);
        var at = given.Now;
        var model = given.Register("aurora/stolen", given.Registration("aurora"));
        given.File("aurora", Loss(given, "aurora/stolen", at));
        return (given, model, at);
    }

    private static RevokeKey Loss(Given given, string key, Instant? since) =>
        new()
        {
            Key = given.Key(key).Id,
            Reason = "It was stolen.",
            CompromisedSince = since,
        };

    private static Confirm Confirmation(
        Given given,
        ModelId model,
        string reason = "We meant it."
    ) =>
        Confirmation(given, model.Index, given.Registration("aurora"), "aurora/stolen") with
        {
            Reason = reason,
        };

    private static Confirm Confirmation(Given given, long target, Act act, string key) =>
        new()
        {
            Target = new(target),
            ActDigest = Digest.Of(ActBytes.Write(act)),
            Key = given.Key(key).Id,
            Reason = "The minutes of that day have it.",
        };

    private static VoidAct Void(Given given, ModelId model) =>
        new()
        {
            Joint = given.Joint(JointKind.Institutions),
            Target = new(model.Index),
            Reason = "A thief filed it.",
        };

    private static Doubt? DoubtOf(Given given, long index, Instant at) =>
        given.World.Network.DoubtOf(index, given.Key("aurora/stolen").Id, at);

    private static StandingState StandingOf(Given given, ModelId model) =>
        given.World.Registry.Models[model].Standing.AsOf(given.Now).State;
}
