using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Measures;
using Xunit;

namespace Concord.Tests.Rooms;

public sealed class FoundingTests
{
    [Fact]
    public void Before_genesis_nothing_is_admitted_but_genesis()
    {
        var given = new Given();
        given.Genesis();

        Assert.Equal("not-founded", given.Answer("tick", new Tick { Time = new(1) }));
        Assert.Equal("admitted", given.Answer("root-1", given.Genesis()));
    }

    [Fact]
    public void One_root_alone_founds_nothing()
    {
        var given = new Given();
        given.File("root-1", given.Genesis());

        Assert.False(given.World.Network.IsFounded);
        Assert.Equal("duplicate", given.Answer("root-1", given.Genesis()));
    }

    [Fact]
    public void All_roots_sign_one_genesis()
    {
        var given = new Given();
        given.File("root-1", given.Genesis());
        var other = given.Genesis() with { Sandbox = false };

        Assert.Equal("another-genesis", given.Answer("root-2", other));
        given.File("root-2", given.Genesis());
        Assert.True(given.World.Network.IsFounded);
        Assert.Equal("already-founded", given.Answer("root-3", given.Genesis()));
    }

    [Fact]
    public void Who_is_no_root_does_not_sign_genesis()
    {
        var given = new Given();

        Assert.Equal("not-a-root", given.Answer("officer-a-1", given.Genesis()));
    }

    [Theory]
    [InlineData(1, 2, 2, "key-set-numbers")]
    [InlineData(4, 2, 2, "threshold-above-keys")]
    public void No_institution_decides_alone_and_none_is_asked_that_is_not_there(
        int k,
        int stop,
        int lift,
        string code
    )
    {
        var given = new Given();
        var genesis = given.Genesis();
        var thresholds = genesis.KeySet.Thresholds with { K = k, KStop = stop, KLift = lift };

        Assert.Equal(
            code,
            given.Answer(
                "root-1",
                genesis with
                {
                    KeySet = genesis.KeySet with { Thresholds = thresholds },
                }
            )
        );
    }

    [Fact]
    public void Stopping_and_lifting_always_share_an_institution()
    {
        var given = new Given();
        var genesis = given.Genesis();
        var thresholds = genesis.KeySet.Thresholds with { KStop = 2, KLift = 1 };

        Assert.Equal(
            "thresholds-do-not-meet",
            given.Answer(
                "root-1",
                genesis with
                {
                    KeySet = genesis.KeySet with { Thresholds = thresholds },
                }
            )
        );
    }

    [Fact]
    public void A_log_succeeds_another_one_by_a_key_of_it()
    {
        var given = new Given();
        using var old = NoteSigner.Generate("old.example/log");
        using var witness = NoteSigner.GenerateWitness("old.example/log");
        var genesis = given.Genesis();

        Assert.Equal("admitted", Answer("old.example/log", $"{old.Verifier}"));
        Assert.Equal("admitted", Answer("old.example/log", null));
        Assert.Equal("predecessor", Answer("older.example/log", $"{old.Verifier}"));
        Assert.Equal("predecessor", Answer("old.example/log", $"{witness.Verifier}"));
        Assert.Equal("predecessor", Answer(Given.Origin, null));

        string Answer(string origin, string? key) =>
            given.Answer(
                "root-1",
                genesis with
                {
                    Predecessor = new()
                    {
                        Origin = origin,
                        Size = 12,
                        Root = Digest.Of([1]),
                        VerifierKey = key,
                    },
                }
            );
    }

    [Fact]
    public void One_purpose_has_one_key()
    {
        var given = new Given();
        var genesis = given.Genesis();
        var keys = genesis
            .KeySet.AuthorityKeys.Select(key => key with { Key = given.Key("root-1") })
            .ToList();

        Assert.Equal(
            "repeated-key",
            given.Answer(
                "root-1",
                genesis with
                {
                    KeySet = genesis.KeySet with { AuthorityKeys = keys },
                }
            )
        );
    }

    [Fact]
    public void The_first_tick_is_not_earlier_than_the_founding_and_opens_the_log()
    {
        var given = Given.Founded();
        var party = given.Admission("aurora", "Aurora Labs", PartyRole.Developer);

        Assert.Equal("not-yet-open", given.Answer("registrar", party));
        Assert.Equal(
            "clock-step",
            given.Answer("tick", new Tick { Time = given.Now - TimeSpan.FromSeconds(1) })
        );
        given.File("tick", new Tick { Time = given.Now + TimeSpan.FromDays(9) });
        Assert.Equal("admitted", given.Answer("registrar", party));
    }
}
