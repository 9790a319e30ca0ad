using Concord.Acts;
using Concord.Acts.Network;
using Concord.Rooms;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>
/// An administrator invites; whoever has the code adds a key of their own, once, and what they show
/// for it is of no use to anybody else.
/// </summary>
public sealed class InvitationTests
{
    [Fact]
    public void Who_has_the_code_adds_a_key_of_their_own_once()
    {
        var (given, invitation) = Invited();
        Join(given, given.Joining(invitation, "code", "new"));

        Assert.Equal("admitted", given.Answer("new", given.Registration("aurora")));
        Assert.Equal(
            "invitation-not-open",
            Answer(given, given.Joining(invitation, "code", "second"), "second")
        );
    }

    [Fact]
    public void What_is_shown_for_one_key_adds_no_other()
    {
        var (given, invitation) = Invited();
        var seen = given.Joining(invitation, "code", "new");
        var stolen = given.Joining(invitation, "guess", "thief") with
        {
            Invitation = seen.Invitation,
        };

        Assert.Equal("invitation-not-open", Answer(given, stolen, "thief"));
        Assert.Equal("admitted", Answer(given, seen, "new"));
    }

    [Fact]
    public void A_key_that_adds_itself_signs_itself()
    {
        var (given, invitation) = Invited();
        var joining = given.Joining(invitation, "code", "new");

        Assert.Equal("not-permitted", given.Answer("aurora", joining));
        Assert.Equal("not-permitted", given.Answer("borealis", joining));
    }

    [Fact]
    public void A_wrong_code_a_wrong_party_and_no_invitation_are_told_the_same()
    {
        var (given, invitation) = Invited();
        var right = given.Joining(invitation, "code", "new");
        var elsewhere = right with { Party = given.Party("borealis") };
        var nowhere = right with { Invitation = right.Invitation! with { Invite = new(0) } };
        var told = new[] { given.Joining(invitation, "guess", "new"), elsewhere, nowhere }
            .Select(act => Refused(given, act, "new").ToString())
            .ToHashSet();

        Assert.Contains("invitation-not-open", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_open_until_its_tick_and_for_thirty_days_at_most()
    {
        var (given, invitation) = Invited();
        given.Wait(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal("admitted", Answer(given, given.Joining(invitation, "code", "new"), "new"));
        given.Tick(TimeSpan.FromSeconds(1));
        Assert.Equal(
            "invitation-not-open",
            Answer(given, given.Joining(invitation, "code", "new"), "new")
        );

        var longer = given.Invitation("aurora", "other");
        longer = longer with { Until = given.Now + TimeSpan.FromDays(30) };
        Assert.Equal("admitted", given.Answer("aurora", longer));
        longer = longer with { Until = longer.Until + TimeSpan.FromSeconds(1) };
        Assert.Equal("invitation-span", given.Answer("aurora", longer));
    }

    [Fact]
    public void It_is_withdrawn_by_ending_the_key_of_its_code_by_the_party_alone()
    {
        var (given, invitation) = Invited();
        var end = new RevokeKey { Key = given.Key("code").Id, Reason = "She has left." };

        Assert.Equal("not-found", given.Answer("borealis", end));
        Assert.Equal("not-found", given.Answer("officer-a-1", end));
        given.File("aurora", end);
        Assert.Equal(
            "invitation-not-open",
            Answer(given, given.Joining(invitation, "code", "new"), "new")
        );
        Assert.Equal("not-found", given.Answer("aurora", end with { Reason = "Again." }));
    }

    [Fact]
    public void It_ends_with_the_key_of_the_administrator_who_invited()
    {
        var given = Given.Parties();
        given.AddKey("aurora", "aurora/second", KeyRole.Administrator);
        var revoked = given.File("aurora/second", given.Invitation("aurora", "first"));
        given.File(
            "aurora",
            new RevokeKey { Key = given.Key("aurora/second").Id, Reason = "It was stolen." }
        );
        given.AddKey("aurora", "aurora/third", KeyRole.Administrator);
        var demoted = given.File("aurora/third", given.Invitation("aurora", "second"));
        given.File(
            "aurora",
            new GrantRole
            {
                Party = given.Party("aurora"),
                Key = given.Key("aurora/third").Id,
                Role = KeyRole.Filer,
            }
        );

        Assert.Equal(
            "invitation-not-open",
            Answer(given, given.Joining(revoked, "first", "new"), "new")
        );
        Assert.Equal(
            "invitation-not-open",
            Answer(given, given.Joining(demoted, "second", "new"), "new")
        );
    }

    [Fact]
    public void A_key_is_added_for_the_holder_and_in_the_role_of_the_invitation()
    {
        var (given, invitation) = Invited();
        var above = given.Joining(invitation, "code", "new", KeyRole.Administrator);
        var right = given.Joining(invitation, "code", "new");
        var other = right with { Key = right.Key with { Holder = "chief of staff" } };

        Assert.Equal("not-as-invited", Answer(given, above, "new"));
        Assert.Equal("not-as-invited", Answer(given, other, "new"));
    }

    [Fact]
    public void One_purpose_one_key_holds_for_codes_and_for_who_joins()
    {
        var (given, invitation) = Invited();

        Assert.Equal(
            "key-in-use",
            given.Answer("aurora", given.Invitation("aurora", "code") with { Holder = "desk" })
        );
        Assert.Equal("key-in-use", given.Answer("aurora", given.Invitation("aurora", "delta")));
        Assert.Equal(
            "key-in-use",
            Answer(given, given.Joining(invitation, "code", "code"), "code")
        );
        Assert.Equal(
            "key-in-use",
            Answer(given, given.Joining(invitation, "code", "aurora"), "aurora")
        );
    }

    [Fact]
    public void A_key_that_adds_itself_speaks_as_the_party_from_the_first_word()
    {
        var (given, invitation) = Invited();
        var joining = given.Joining(invitation, "code", "new");
        var signed = given.Sign("new", joining, issuer: $"{Given.Origin}#{given.Party("delta")}");

        var refused = Assert.IsType<Verdict.Refused>(Law.Judge(given.World, signed));
        Assert.Equal("issuer-mismatch", refused.Refusal.Code);
    }

    [Fact]
    public void What_adds_a_key_says_the_same_when_it_is_filed_again()
    {
        var (given, invitation) = Invited();
        var joining = given.Joining(invitation, "code", "new");
        var index = Join(given, joining);

        var again = Assert.IsType<Verdict.Duplicate>(
            Law.Judge(given.World, given.Sign("new", joining, issuer: Issuer(given)))
        );
        Assert.Equal(index, again.Index);
    }

    [Fact]
    public void No_key_set_takes_the_key_of_a_code()
    {
        var (given, _) = Invited();
        var body = given.KeySet(2);
        var institutions = body.Institutions.ToArray();
        var officers = institutions[0].Officers.ToArray();
        officers[0] = officers[0] with { Key = given.Key("code") };
        institutions[0] = institutions[0] with { Officers = officers };
        var next = new KeySet
        {
            Joint = given.Joint(JointKind.Roots),
            Previous = given.World.Network.KeySetDigest,
            Body = body with { Institutions = institutions },
        };

        Assert.Equal("key-in-use", given.Answer("root-1", next));
    }

    private static (Given Given, long Invitation) Invited()
    {
        var given = Given.Parties();
        return (given, given.File("aurora", given.Invitation("aurora", "code")));
    }

    private static string Issuer(Given given) => $"{Given.Origin}#{given.Party("aurora")}";

    private static string Answer(Given given, AddKey act, string key) =>
        Law.Judge(given.World, given.Sign(key, act, issuer: $"{Given.Origin}#{act.Party}")) switch
        {
            Verdict.Refused refused => refused.Refusal.Code,
            Verdict.Duplicate => "duplicate",
            _ => "admitted",
        };

    private static Refusal Refused(Given given, AddKey act, string key) =>
        Assert
            .IsType<Verdict.Refused>(
                Law.Judge(given.World, given.Sign(key, act, issuer: $"{Given.Origin}#{act.Party}"))
            )
            .Refusal;

    private static long Join(Given given, AddKey act) =>
        given.FileAs("new", act, $"{Given.Origin}#{act.Party}");
}
