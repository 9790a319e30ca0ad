using Concord.Acts;
using Concord.Acts.Network;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>
/// A party that lost its keys gets a new one; nobody takes a party over that way.
/// </summary>
public sealed class RecoveryTests
{
    private static readonly TimeSpan s_week = TimeSpan.FromDays(7);

    [Fact]
    public void A_recovered_key_speaks_a_week_after_the_last_signature()
    {
        var given = Given.Parties();
        given.File("officer-a-1", Recovery(given, "aurora"));
        given.Tick(TimeSpan.FromHours(1));
        given.File("officer-b-1", Recovery(given, "aurora"));

        Assert.Equal("key-waits", given.Answer("aurora/new", given.Registration("aurora")));
        Wait(given, s_week - TimeSpan.FromSeconds(1));
        Assert.Equal("key-waits", given.Answer("aurora/new", given.Registration("aurora")));
        given.Tick(TimeSpan.FromSeconds(1));
        Assert.Equal("admitted", given.Answer("aurora/new", given.Registration("aurora")));
    }

    [Fact]
    public void One_institution_alone_gives_nobody_a_key()
    {
        var given = Given.Parties();
        given.File("officer-a-1", Recovery(given, "aurora"));
        Wait(given, s_week + s_week);

        Assert.Equal("unknown-key", given.Answer("aurora/new", given.Registration("aurora")));
    }

    [Fact]
    public void A_party_that_still_has_a_key_ends_the_recovery()
    {
        var given = Given.Parties();
        given.FileJointly("officer-a-1", "officer-b-1", Recovery(given, "aurora"));
        given.File("aurora", End(given));
        Wait(given, s_week + s_week);

        Assert.Equal("key-revoked", given.Answer("aurora/new", given.Registration("aurora")));
        Assert.Equal("admitted", given.Answer("aurora", given.Registration("aurora")));
    }

    [Fact]
    public void Another_party_ends_no_recovery_and_a_key_that_waits_ends_no_key()
    {
        var given = Given.Parties();
        given.FileJointly("officer-a-1", "officer-b-1", Recovery(given, "aurora"));

        Assert.Equal("not-permitted", given.Answer("borealis", End(given)));
        var revoke = new RevokeKey { Key = given.Key("aurora").Id, Reason = "It is mine now." };
        Assert.Equal("key-waits", given.Answer("aurora/new", revoke));
    }

    [Fact]
    public void One_recovery_of_a_party_is_on_its_way_at_a_time()
    {
        var given = Given.Parties();
        given.FileJointly("officer-a-1", "officer-b-1", Recovery(given, "aurora"));

        Assert.Equal(
            "recovery-pending",
            given.Answer("officer-a-1", Recovery(given, "aurora", "aurora/other"))
        );
        Assert.Equal(
            "admitted",
            given.Answer("officer-a-1", Recovery(given, "borealis", "borealis/new"))
        );
        given.File("aurora", End(given));
        Assert.Equal(
            "admitted",
            given.Answer("officer-a-1", Recovery(given, "aurora", "aurora/other"))
        );
    }

    [Fact]
    public void The_end_of_the_objection_period_is_a_deadline()
    {
        var given = Given.Parties();
        var before = given.World.NextDeadline;
        given.FileJointly("officer-a-1", "officer-b-1", Recovery(given, "aurora"));

        Assert.Null(before);
        Assert.Equal(given.Now + s_week, given.World.NextDeadline);
        Wait(given, s_week);
        Assert.Null(given.World.NextDeadline);
    }

    private static RevokeKey End(Given given) =>
        new() { Key = given.Key("aurora/new").Id, Reason = "We have not lost our keys." };

    private static RecoverKeys Recovery(Given given, string party, string key = "aurora/new") =>
        new()
        {
            Joint = given.Joint(JointKind.Institutions),
            Party = given.Party(party),
            Key = new()
            {
                Key = given.Key(key),
                Holder = "administrator",
                Role = KeyRole.Administrator,
            },
            Reason = "The safe burnt.",
        };

    private static void Wait(Given given, TimeSpan span)
    {
        var step = TimeSpan.FromHours(2);
        for (var left = span; left > TimeSpan.Zero; left -= step)
        {
            given.Tick(left < step ? left : step);
        }
    }
}
