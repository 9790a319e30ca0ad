using Concord.Acts;
using Concord.Acts.Network;
using Concord.Measures;
using Concord.Rooms;
using Xunit;

namespace Concord.Tests.Rooms;

public sealed class KeyTests
{
    [Fact]
    public void The_same_act_signed_again_is_the_act_that_was_filed()
    {
        var given = Given.Parties();
        var report = given.Report();
        var first = given.File("delta", report);

        var again = Assert.IsType<Verdict.Duplicate>(given.Judge("delta", report));
        Assert.Equal(first, again.Index);
    }

    [Fact]
    public void The_same_words_by_another_party_are_another_act()
    {
        var given = Given.Parties();
        var report = given.Report();
        given.File("delta", report);

        Assert.Equal("admitted", given.Answer("registrar", report));
    }

    [Fact]
    public void A_statement_for_another_log_is_refused()
    {
        var given = Given.Parties();
        var signed = given.Sign(
            "delta",
            given.Report(),
            issuer: $"elsewhere.example/log#{given.Party("delta")}"
        );

        var refused = Assert.IsType<Verdict.Refused>(Law.Judge(given.World, signed));
        Assert.Equal("issuer-mismatch", refused.Refusal.Code);
    }

    [Fact]
    public void A_key_signs_until_the_tick_at_which_it_expires()
    {
        var given = Given.Parties();
        given.AddKey("delta", "delta/short", KeyRole.Filer, given.Now + TimeSpan.FromMinutes(10));

        Assert.Equal("admitted", given.Answer("delta/short", given.Report()));
        given.Tick(TimeSpan.FromMinutes(10));
        Assert.Equal("key-expired", given.Answer("delta/short", given.Report()));
    }

    [Fact]
    public void A_revoked_key_signs_nothing_more_and_never_returns()
    {
        var given = Given.Parties();
        given.AddKey("delta", "delta/lost", KeyRole.Filer);
        given.File("delta", Revoke(given, "delta/lost"));

        Assert.Equal("key-revoked", given.Answer("delta/lost", given.Report()));
        Assert.Equal("key-in-use", given.Answer("delta", Add(given, "delta", "delta/lost")));
        Assert.Equal(
            "key-revoked",
            given.Answer(
                "delta",
                new GrantRole
                {
                    Party = given.Party("delta"),
                    Key = given.Key("delta/lost").Id,
                    Role = KeyRole.Filer,
                }
            )
        );
    }

    [Fact]
    public void A_key_belongs_to_one_party()
    {
        var given = Given.Parties();

        Assert.Equal("key-in-use", given.Answer("delta", Add(given, "delta", "aurora")));
        Assert.Equal("key-in-use", given.Answer("delta", Add(given, "delta", "officer-a-1")));
    }

    [Fact]
    public void An_officers_key_is_ended_by_its_institution_or_a_root_and_not_by_itself()
    {
        var given = Given.Open();
        var revoke = Revoke(given, "officer-a-1");

        Assert.Equal("not-permitted", given.Answer("officer-a-1", revoke));
        Assert.Equal("not-permitted", given.Answer("officer-b-1", revoke));
        Assert.Equal("not-permitted", given.Answer("registrar", revoke));
        Assert.Equal("admitted", given.Answer("officer-a-2", revoke));
        Assert.Equal("admitted", given.Answer("root-3", revoke));
    }

    [Fact]
    public void A_key_set_follows_the_one_in_force_by_t_roots()
    {
        var given = Given.Open();
        var next = Next(given, given.KeySet(2));
        given.File("root-1", next);

        Assert.Equal(1, given.World.Network.KeySet?.Epoch);
        given.File("root-3", next);
        Assert.Equal(2, given.World.Network.KeySet?.Epoch);
        Assert.Equal("joint-terms", given.Answer("root-2", next));
    }

    [Fact]
    public void A_key_set_that_skips_an_epoch_or_its_predecessor_is_refused()
    {
        var given = Given.Open();

        Assert.Equal("key-set-epoch", given.Answer("root-1", Next(given, given.KeySet(3))));
        Assert.Equal(
            "key-set-chain",
            given.Answer(
                "root-1",
                Next(given, given.KeySet(2)) with
                {
                    Previous = Concord.Ledger.Digest.Of("another"u8),
                }
            )
        );
    }

    [Fact]
    public void Making_it_harder_to_stop_needs_institutions_besides_the_roots()
    {
        var given = Given.Open();
        var body = given.KeySet(2);
        body = body with { Thresholds = body.Thresholds with { KStop = 3 } };
        var next = Next(given, body);

        Assert.Equal("joint-terms", given.Answer("root-1", next));
        next = next with { Joint = given.Joint(JointKind.Roots, 4) };
        given.File("root-1", next);
        given.File("root-2", next);
        Assert.Equal("not-permitted", given.Answer("root-3", next));
        given.File("officer-a-1", next);
        Assert.Equal(1, given.World.Network.KeySet?.Epoch);
        given.File("officer-b-1", next);
        Assert.Equal(2, given.World.Network.KeySet?.Epoch);
    }

    [Fact]
    public void Who_left_the_key_set_signs_nothing_more()
    {
        var given = Given.Open();
        var body = given.KeySet(2);
        var institutions = body.Institutions.ToArray();
        institutions[0] = institutions[0] with { Officers = [institutions[0].Officers[1]] };
        var next = Next(given, body with { Institutions = institutions });
        given.FileJointly("root-1", "root-2", next);

        Assert.Equal("key-revoked", given.Answer("officer-a-1", Revoke(given, "officer-a-2")));
        Assert.Equal("admitted", given.Answer("officer-b-1", Revoke(given, "officer-b-2")));
    }

    [Fact]
    public void Names_that_read_alike_are_one_party()
    {
        var given = Given.Parties();

        Assert.Equal(
            "homonym",
            given.Answer("registrar", given.Admission("twin", "AURORA  labs.", PartyRole.Developer))
        );
    }

    private static KeySet Next(Given given, KeySetBody body) =>
        new()
        {
            Joint = given.Joint(JointKind.Roots),
            Previous = given.World.Network.KeySetDigest,
            Body = body,
        };

    private static RevokeKey Revoke(Given given, string key) =>
        new() { Key = given.Key(key).Id, Reason = "The device was lost." };

    private static AddKey Add(Given given, string party, string key) =>
        new()
        {
            Party = given.Party(party),
            Key = new()
            {
                Key = given.Key(key),
                Holder = "filer",
                Role = KeyRole.Filer,
            },
        };
}
