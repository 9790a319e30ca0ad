using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Rooms;
using Concord.Rooms.Network;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>
/// A party lets another file in its name, what it says and until when; the law takes the act for
/// the party's.
/// </summary>
public sealed class DelegationTests
{
    [Fact]
    public void What_a_delegate_files_is_the_party_s()
    {
        var given = Delegated();
        var index = For(given, given.Registration("aurora"));

        var model = given.World.Registry.Models[new(index)];
        Assert.Equal(given.Party("aurora"), model.Developer);
        Assert.Equal(
            "admitted",
            given.Answer("aurora", new Withdraw { Target = new(index), Reason = "Filed twice." })
        );
        Assert.Equal("duplicate", given.Answer("aurora", given.Registration("aurora")));
    }

    [Fact]
    public void A_delegate_signs_in_the_name_of_the_party_and_not_in_its_own()
    {
        var given = Delegated();

        Assert.Equal("not-your-party", given.Answer("borealis", given.Registration("aurora")));
        Assert.Equal("not-your-party", Answer(given, given.Registration("borealis")));
    }

    [Fact]
    public void A_delegate_files_what_is_named_and_nothing_else()
    {
        var given = Delegated();
        var tern = given.Register("aurora");

        Assert.Equal("not-delegated", Answer(given, given.Release(tern, "tern")));
        Assert.Equal(
            "issuer-mismatch",
            Answer(given, given.Registration("aurora", "Tern 2"), "delta")
        );
    }

    [Fact]
    public void A_delegate_delegates_nothing_on_and_says_nothing_about_keys()
    {
        var given = Delegated();
        var delegation = Delegation(given) with { To = given.Party("delta") };
        var revoke = new RevokeKey { Key = given.Key("aurora").Id, Reason = "It is mine now." };

        Assert.Equal("not-delegated", Answer(given, delegation));
        Assert.Equal("not-delegated", Answer(given, given.Invitation("aurora", "code")));
        Assert.Equal("not-delegated", Answer(given, revoke));
        Assert.Equal("not-your-party", given.Answer("borealis", delegation));
    }

    [Fact]
    public void It_lasts_until_its_tick_and_two_years_at_most()
    {
        var given = Delegated();
        given.Wait(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.Equal("admitted", Answer(given, given.Registration("aurora")));
        given.Tick(TimeSpan.FromSeconds(1));
        Assert.Equal("delegation-over", Answer(given, given.Registration("aurora")));

        var longer = Delegation(given) with { Until = given.Now + TimeSpan.FromDays(731) };
        Assert.Equal("admitted", given.Answer("aurora", longer));
        longer = longer with { Until = longer.Until + TimeSpan.FromSeconds(1) };
        Assert.Equal("delegation-span", given.Answer("aurora", longer));
    }

    [Fact]
    public void The_party_ends_it_at_any_time_and_what_was_filed_stays()
    {
        var given = Delegated();
        var index = For(given, given.Registration("aurora"));
        var end = Delegation(given) with { Acts = [] };

        Assert.Equal("not-your-party", given.Answer("borealis", end));
        given.File("aurora", end);
        Assert.Equal("delegation-over", Answer(given, given.Registration("aurora", "Tern 2")));
        Assert.NotNull(given.World.Registry.Models.Find(new(index)));
    }

    [Fact]
    public void What_was_never_delegated_is_not_ended()
    {
        var given = Given.Parties();

        Assert.Equal("not-found", given.Answer("aurora", Delegation(given) with { Acts = [] }));
        Assert.Equal("not-found", given.Answer("aurora", Delegation(given) with { To = new(0) }));
    }

    [Fact]
    public void A_key_of_the_delegate_that_is_revoked_or_reads_alone_files_for_nobody()
    {
        var given = Delegated();
        given.AddKey("borealis", "borealis/reader", KeyRole.Reader);
        given.AddKey("borealis", "borealis/lost", KeyRole.Filer);
        given.File(
            "borealis",
            new RevokeKey { Key = given.Key("borealis/lost").Id, Reason = "It was lost." }
        );

        var registration = given.Registration("aurora");
        Assert.Equal("key-role-missing", Answer(given, registration, "borealis/reader"));
        Assert.Equal("key-revoked", Answer(given, registration, "borealis/lost"));
    }

    [Fact]
    public void What_a_stolen_administrator_s_key_delegated_goes_with_it()
    {
        var given = Given.Parties();
        given.AddKey("aurora", "aurora/stolen", KeyRole.Administrator);
        given.AddKey("aurora", "aurora/left", KeyRole.Administrator);
        var since = given.Now;
        given.File("aurora/stolen", Delegation(given));
        given.File("aurora/left", Delegation(given) with { To = given.Party("delta") });
        given.Tick(TimeSpan.FromMinutes(1));
        var revoke = new RevokeKey { Key = given.Key("aurora/stolen").Id, Reason = "Stolen." };
        given.File("aurora", revoke with { CompromisedSince = since });
        given.File(
            "aurora",
            revoke with
            {
                Key = given.Key("aurora/left").Id,
                Reason = "Its holder left.",
            }
        );

        Assert.Equal("delegation-over", Answer(given, given.Registration("aurora")));
        Assert.Equal("admitted", Answer(given, given.Registration("aurora"), "delta"));
    }

    [Fact]
    public void A_joint_act_is_signed_by_the_party_through_its_delegate()
    {
        var given = Delegated("registry/transfer");
        var tern = given.Register("aurora");
        var terms = new TransferTerms
        {
            Salt = "AAAAAAAAAAAAAAAAAAAAAA",
            Kind = TransferKind.Sale,
            Effective = given.Now.Day,
        };
        var transfer = new Transfer
        {
            Joint = given.Joint(JointKind.Parties, 2, given.Party("aurora"), given.Party("cirrus")),
            Release = given.Publish("aurora", tern, "tern"),
            SealedPart = Concord.Ledger.Digest.Of(ActJson.Write(terms)),
        };
        given.FileAs("borealis", transfer, Issuer(given), terms);

        var joint = Assert.Single(
            given.World.Network.Joints.Values,
            one => one.InForceSince is null
        );
        var signature = Assert.Single(joint.Signatures);
        Assert.Equal(new Speaker.Party(given.Party("aurora")), signature.Speaker);
        given.File("cirrus", transfer, terms);
    }

    private static Given Delegated(string act = "registry/register-model")
    {
        var given = Given.Parties();
        given.File("aurora", Delegation(given, act));
        return given;
    }

    private static DelegateAct Delegation(Given given, string act = "registry/register-model") =>
        new()
        {
            Party = given.Party("aurora"),
            To = given.Party("borealis"),
            Acts = [act],
            Until = given.Now + TimeSpan.FromDays(30),
        };

    private static string Issuer(Given given) => $"{Given.Origin}#{given.Party("aurora")}";

    private static long For(Given given, Act act) => given.FileAs("borealis", act, Issuer(given));

    private static string Answer(Given given, Act act, string key = "borealis") =>
        Law.Judge(given.World, given.Sign(key, act, issuer: Issuer(given))) switch
        {
            Verdict.Refused refused => refused.Refusal.Code,
            Verdict.Duplicate => "duplicate",
            _ => "admitted",
        };
}
