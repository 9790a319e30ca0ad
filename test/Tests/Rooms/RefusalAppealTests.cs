using System.Buffers.Text;
using System.Text;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Rooms;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>A refusal proves itself, and is appealed with itself.</summary>
public sealed class RefusalAppealTests
{
    private static readonly TimeSpan s_month = TimeSpan.FromDays(30);

    [Fact]
    public void A_refusal_is_appealed_by_whom_it_was_given_to_with_the_refusal_itself()
    {
        var given = Given.Parties();
        var (act, part) = AgainstRefusal(given, "refusal", "aurora");

        Assert.Equal(
            "not-permitted",
            given.Answer("borealis", act with { By = given.Party("borealis") }, part)
        );
        var appeal = given.File("aurora", act, part);
        Assert.Equal(
            "already-appealed",
            given.Answer("aurora", act with { Grounds = "Once more." }, part)
        );
        Assert.Equal(
            "nothing-to-stay",
            given.Answer("officer-a-1", given.Decision(appeal, AppealOutcome.Stayed))
        );
        given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            given.Decision(appeal, AppealOutcome.SetAside)
        );
        Assert.Equal(AppealOutcome.SetAside, given.World.Network.Appeals.All[appeal].Outcome);
    }

    [Fact]
    public void What_the_authority_did_not_sign_is_no_refusal()
    {
        var given = Given.Parties();
        var (forged, part) = AgainstRefusal(given, "registrar", "aurora");
        Assert.Equal("no-such-refusal", given.Answer("aurora", forged, part));

        var (act, carried) = AgainstRefusal(given, "refusal", "aurora");
        Assert.Equal(
            "no-such-refusal",
            given.Answer("aurora", act, carried with { Refusal = part.Refusal })
        );
        Assert.Equal(
            "no-such-refusal",
            given.Answer("aurora", act, carried with { Refusal = null })
        );
    }

    [Fact]
    public void A_refusal_is_appealed_within_thirty_days()
    {
        var given = Given.Parties();
        var (act, part) = AgainstRefusal(given, "refusal", "aurora");
        given.Wait(s_month);

        Assert.Equal("appeal-period-over", given.Answer("aurora", act, part));
    }

    [Fact]
    public void One_party_has_so_many_appeals_waiting_and_no_more()
    {
        var given = Given.Parties();
        for (var i = 0; i < 32; i++)
        {
            var (one, sealedPart) = AgainstRefusal(given, "refusal", "aurora", $"{i}");
            given.File("aurora", one, sealedPart);
        }

        var (more, part) = AgainstRefusal(given, "refusal", "aurora");
        Assert.Equal("too-many-appeals", given.Answer("aurora", more, part));
        var (other, its) = AgainstRefusal(given, "refusal", "borealis");
        Assert.Equal("admitted", given.Answer("borealis", other, its));
    }

    private static (Appeal Act, AppealGrounds Part) AgainstRefusal(
        Given given,
        string key,
        string party,
        string act = "registry/release/1"
    )
    {
        var issuer = $"{Given.Origin}#{given.Party(party)}";
        var payload =
            $$"""{"refusal":"x","act":"{{act}}","issuer":"{{issuer}}","tick":"{{given.Now}}"}""";
        var refusal = given
            .Signer(key)
            .Sign(
                new($"{Given.Origin}#authority", "refusal", Refusal.ContentType),
                Encoding.UTF8.GetBytes(payload),
                envelope: false
            );
        return (
            new()
            {
                By = given.Party(party),
                Refusal = Digest.Of(refusal),
                Grounds = "The rule was misread.",
                SealedPart = Digest.Of(refusal),
            },
            new() { Salt = "AAAAAAAAAAAAAAAAAAAAAA", Refusal = Base64Url.EncodeToString(refusal) }
        );
    }
}
