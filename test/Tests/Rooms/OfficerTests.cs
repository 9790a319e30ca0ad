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
/// Officers leave: what they signed and is not in force counts no more, and enough of them stay.
/// </summary>
public sealed class OfficerTests
{
    [Fact]
    public void Nothing_takes_effect_with_the_signature_of_an_officer_who_left()
    {
        var given = Given.Parties();
        var act = Recovery(given);
        given.File("officer-a-1", act);
        given.File("officer-a-2", Ending(given, "officer-a-1"));
        given.File("officer-b-1", act);

        Assert.Null(StateOf(given, act).InForceSince);
        Assert.Single(given.World.Network.Counted(StateOf(given, act)));
        given.File("officer-c-1", act);
        Assert.Equal(given.World.Size - 1, StateOf(given, act).InForceSince);
    }

    [Fact]
    public void Another_officer_of_the_institution_signs_in_the_place_of_one_who_left()
    {
        var given = Given.Parties();
        var act = Recovery(given);
        given.File("officer-a-1", act);
        Assert.Equal("institution-has-signed", given.Answer("officer-a-2", act));

        given.File("root-1", Ending(given, "officer-a-1"));
        given.File("officer-a-2", act);
        given.File("officer-b-1", act);
        Assert.NotNull(StateOf(given, act).InForceSince);
    }

    [Fact]
    public void Two_persons_decide_and_one_of_them_is_not_one_who_left()
    {
        var given = Given.Parties();
        var model = given.Register("aurora");
        var act = given.Suspension(SubjectId.Of(model));
        given.File("officer-a-1", act);
        given.File("officer-a-2", Ending(given, "officer-a-1"));
        given.File("officer-b-1", act);

        Assert.Equal(StandingState.Registered, StandingOf(given, model));
        given.File("officer-b-2", act);
        Assert.Equal(StandingState.Suspended, StandingOf(given, model));
    }

    [Fact]
    public void What_is_in_force_stays_so_when_its_signers_leave_or_lost_their_keys()
    {
        var given = Given.Parties();
        var model = given.Register("aurora");
        var act = given.Suspension(SubjectId.Of(model));
        var before = given.Now;
        given.FileJointly("officer-a-1", "officer-b-1", act);
        given.File("officer-a-2", Ending(given, "officer-a-1", before));
        given.File("officer-b-2", Ending(given, "officer-b-1"));

        Assert.Equal(StandingState.Suspended, StandingOf(given, model));
        Assert.Equal(2, given.World.Network.Counted(StateOf(given, act)).Count);
        Assert.Single(given.World.Network.DoubtsOf(StateOf(given, act)));
    }

    [Fact]
    public void Why_a_signature_counts_no_more_is_told()
    {
        var given = Given.Parties();
        var act = Recovery(given);
        var before = given.Now;
        given.File("officer-a-1", act);
        given.File("officer-b-1", Outage(given));
        given.File("officer-a-2", Ending(given, "officer-a-1", before));
        given.File("officer-b-2", Ending(given, "officer-b-1"));

        Assert.Equal([SignatureLapse.InOtherHands], LapsesOf(given, act));
        Assert.Equal([SignatureLapse.KeyEnded], LapsesOf(given, Outage(given)));
    }

    [Fact]
    public void A_party_has_said_what_its_key_said_before_it_was_ended_but_not_what_a_thief_said()
    {
        var given = Given.Parties();
        var weights = given.Publish("aurora", given.Register("aurora"), "tern");
        given.AddKey("aurora", "aurora/old", KeyRole.Filer);
        given.AddKey("aurora", "aurora/stolen", KeyRole.Filer);
        var (sold, stolen) = (Sale(given, weights, "cirrus"), Sale(given, weights, "borealis"));
        var before = given.Now;
        given.File("aurora/old", sold, s_terms);
        given.File("aurora/stolen", stolen, s_terms);
        given.File("aurora", Ending(given, "aurora/old"));
        given.File("aurora", Ending(given, "aurora/stolen", before));

        Assert.Equal("admitted", given.Answer("cirrus", sold, s_terms));
        Assert.Equal("not-your-turn", given.Answer("borealis", stolen, s_terms));
    }

    [Fact]
    public void As_many_institutions_keep_an_officer_as_decide_stop_and_lift()
    {
        var given = WithOneOfficerIn("a", "b", "c");
        given.File("root-1", Ending(given, "officer-a-1"));

        var refusal = given.Refusal("root-1", Ending(given, "officer-b-1"));
        Assert.Equal("officers-needed", refusal.Code);
        Assert.Contains("key set", refusal.Remedy, StringComparison.Ordinal);
        Assert.Null(given.World.Network.OfficersFinding);
    }

    [Fact]
    public void A_key_in_other_hands_is_always_ended_and_everybody_sees_what_that_costs()
    {
        var given = WithOneOfficerIn("a", "b", "c");
        given.File("root-1", Ending(given, "officer-a-1"));
        given.File("root-1", Ending(given, "officer-b-1", given.Now));

        Assert.Contains(
            "1 of 3 institutions have an officer",
            given.World.Network.OfficersFinding,
            StringComparison.Ordinal
        );
        given.FileJointly("root-2", "root-3", WithNewOfficers(given));
        Assert.Null(given.World.Network.OfficersFinding);
    }

    [Fact]
    public void One_root_takes_the_authority_below_its_officers_once_and_another_may_go_on()
    {
        var given = WithOneOfficerIn("a", "b", "c");
        given.File("root-1", Ending(given, "officer-a-1"));
        given.File("root-1", Ending(given, "officer-b-1", given.Now));

        Assert.Equal("root-alone", given.Answer("root-1", Ending(given, "officer-c-1", given.Now)));
        Assert.Equal("admitted", given.Answer("root-2", Ending(given, "officer-c-1", given.Now)));
        given.FileJointly("root-2", "root-3", WithNewOfficers(given));
        foreach (var officer in (string[])["a", "b"])
        {
            given.File($"new-{officer}-2", Ending(given, $"new-{officer}-1"));
        }

        given.File("root-1", Ending(given, "new-a-2", given.Now));
        Assert.Equal("root-alone", given.Answer("root-1", Ending(given, "new-b-2", given.Now)));
    }

    [Fact]
    public void Of_two_officers_of_an_institution_who_end_each_other_the_first_in_the_log_stays()
    {
        var given = Given.Open();
        given.File("officer-a-1", Ending(given, "officer-a-2", given.Now));

        Assert.Equal("key-revoked", given.Answer("officer-a-2", Ending(given, "officer-a-1")));
        Assert.Equal("not-permitted", given.Answer("officer-a-1", Ending(given, "officer-a-1")));
        Assert.Equal("admitted", given.Answer("root-1", Ending(given, "officer-a-1")));
        Assert.Null(given.World.Network.OfficersFinding);
    }

    [Fact]
    public void Whoever_follows_key_sets_counts_no_officer_who_left_either()
    {
        var given = Given.Open();
        var body = given.KeySet(2);
        var act = new KeySet
        {
            Joint = given.Joint(JointKind.Roots, 4),
            Previous = given.World.Network.KeySetDigest,
            Body = body with
            {
                Institutions =
                [
                    body.Institutions[0] with
                    {
                        Officers = [body.Institutions[0].Officers[1]],
                    },
                    .. body.Institutions.Skip(1),
                ],
                Thresholds = body.Thresholds with { KStop = 3 },
            },
        };
        given.File("officer-a-1", act);
        given.File("officer-b-1", act);
        given.File("officer-a-2", Ending(given, "officer-a-1"));
        given.FileJointly("root-1", "root-2", act);

        Assert.Equal(1, given.World.Network.KeySet!.Epoch);
        Assert.Single(Followed(given).Sets.Records);
        given.File("officer-a-2", act);
        Assert.Equal(2, given.World.Network.KeySet!.Epoch);
        Assert.Equal(2, Followed(given).Sets.Records.Count);
    }

    [Fact]
    public void Whoever_follows_key_sets_believes_no_end_of_a_key_that_a_stranger_signed()
    {
        var given = Given.Open();
        var body = given.KeySet(2);
        var act = new KeySet
        {
            Joint = given.Joint(JointKind.Roots, 4),
            Previous = given.World.Network.KeySetDigest,
            Body = body with { Thresholds = body.Thresholds with { KStop = 3 } },
        };
        string[] signers = ["officer-a-1", "officer-b-1", "root-1", "root-2"];
        var signed = signers.Select(one => given.Sign(one, act).Statement.Bytes).ToList();
        var before = given.Filed.Select(one => one.Statement.Bytes).ToList();
        var end = Ending(given, "officer-a-1");

        Assert.Equal(2, Sets("officer-b-2"));
        Assert.Equal(2, Sets("officer-a-1"));
        Assert.Equal(2, Sets("thief", $"{Given.Origin}#root/root-2"));
        Assert.Equal(1, Sets("root-3"));
        Assert.Equal(1, Sets("officer-a-2"));

        int Sets(string signer, string? issuer = null) =>
            KeySetChain
                .Of([
                    .. before,
                    .. signed.Take(3),
                    given.Sign(signer, end, issuer: issuer).Statement.Bytes,
                    signed[3],
                ])
                .Sets.Records.Count;
    }

    private static readonly TransferTerms s_terms = new()
    {
        Salt = "AAAAAAAAAAAAAAAAAAAAAA",
        Kind = TransferKind.Sale,
        Effective = new DateOnly(2026, 12, 1),
    };

    private static RevokeKey Ending(Given given, string key, Instant? since = null) =>
        new()
        {
            Key = given.Key(key).Id,
            Reason = "Its holder has left.",
            CompromisedSince = since,
        };

    private static Given WithOneOfficerIn(params string[] institutions)
    {
        var given = Given.Open();
        foreach (var name in institutions)
        {
            given.File($"officer-{name}-1", Ending(given, $"officer-{name}-2"));
        }

        return given;
    }

    private static KeySet WithNewOfficers(Given given) =>
        new()
        {
            Joint = given.Joint(JointKind.Roots),
            Previous = given.World.Network.KeySetDigest,
            Body = given.KeySet(2) with
            {
                Institutions =
                [
                    .. new[] { "a", "b", "c" }.Select(name => new Institution
                    {
                        Name = name,
                        Title = $"Institution {name}",
                        Officers =
                        [
                            new() { Name = "1", Key = given.Key($"new-{name}-1") },
                            new() { Name = "2", Key = given.Key($"new-{name}-2") },
                        ],
                    }),
                ],
            },
        };

    private static KeySetChain Followed(Given given) =>
        KeySetChain.Of(given.Filed.Select(one => one.Statement.Bytes));

    private static JointState StateOf(Given given, JointAct act) =>
        given.World.Network.Joints[Digest.Of(ActBytes.Write(act))];

    private static IEnumerable<SignatureLapse?> LapsesOf(Given given, JointAct act)
    {
        var joint = StateOf(given, act);
        return joint.Signatures.Select(one => given.World.Network.LapseOf(joint, one));
    }

    private static StandingState StandingOf(Given given, ModelId model) =>
        given.World.Registry.Models[model].Standing.AsOf(given.Now).State;

    private static Transfer Sale(Given given, ReleaseId weights, string buyer) =>
        new()
        {
            Joint = given.Joint(JointKind.Parties, 2, given.Party("aurora"), given.Party(buyer)),
            Release = weights,
            SealedPart = Digest.Of(ActJson.Write(s_terms)),
        };

    private static Outage Outage(Given given) =>
        new()
        {
            Joint = given.Joint(JointKind.Institutions),
            From = Instant.StartOf(new DateOnly(2026, 11, 1)),
            To = Instant.StartOf(new DateOnly(2026, 11, 1)) + TimeSpan.FromSeconds(1),
            Reason = "The line was cut.",
        };

    private static RecoverKeys Recovery(Given given) =>
        new()
        {
            Joint = given.Joint(JointKind.Institutions),
            Party = given.Party("aurora"),
            Key = new()
            {
                Key = given.Key("aurora/new"),
                Holder = "administrator",
                Role = KeyRole.Administrator,
            },
            Reason = "The safe burnt.",
        };
}
