using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Rooms;
using Xunit;

namespace Concord.Tests.Rooms;

public sealed class DailyRootTests
{
    [Fact]
    public void A_day_gets_one_root_when_it_is_over()
    {
        var given = Given.Open();
        var day = given.Now.Day;

        Assert.Equal("day-not-over", given.Answer("registrar", Root(day)));
        Assert.Equal("day-not-over", given.Answer("registrar", Root(day.AddDays(1))));
        Assert.Equal("day-before-founding", given.Answer("registrar", Root(day.AddDays(-1))));

        given.TickTo(day.AddDays(1));
        var index = given.File("registrar", Root(day));

        Assert.Equal(index, given.World.Network.ReadRoots.Of(day)?.Act);
        Assert.Equal(
            "day-has-root",
            given.Answer("registrar", Root(day) with { Root = Digest.Of("another"u8) })
        );
    }

    [Fact]
    public void Readings_and_refusals_of_a_day_have_a_root_each()
    {
        var given = Given.Open();
        var day = given.Now.Day;
        given.TickTo(day.AddDays(1));
        given.File("registrar", Root(day));

        given.File("registrar", Nothing(day));

        Assert.Equal(0, given.World.Network.RefusalRoots.Of(day)?.Count);
        Assert.Equal(1, given.World.Network.ReadRoots.Of(day)?.Count);
    }

    [Fact]
    public void A_day_that_was_missed_is_made_up_for_later()
    {
        var given = Given.Open();
        var day = given.Now.Day;
        given.TickTo(day.AddDays(2));

        given.File("registrar", Nothing(day.AddDays(1)));
        Assert.Equal(day, given.World.Network.RefusalRoots.Next);
        given.File("registrar", Nothing(day));

        Assert.Equal(day.AddDays(2), given.World.Network.RefusalRoots.Next);
    }

    [Fact]
    public void A_root_changes_the_public_digest_of_the_network()
    {
        var given = Given.Open();
        var day = given.Now.Day;
        given.TickTo(day.AddDays(1));
        var other = given.World;
        given.File("registrar", Root(day));
        var changed = given.Log[^1] with { Act = Root(day) with { Count = 2 } };

        Assert.NotEqual(
            ViewDigests.Of(given.World, Audience.Public)[0],
            ViewDigests.Of(other.Fold(changed), Audience.Public)[0]
        );
    }

    private static ReadRoot Root(DateOnly day) =>
        new()
        {
            Day = day,
            Count = 1,
            Root = Digest.Of("a reading"u8),
        };

    private static RefusalRoot Nothing(DateOnly day) =>
        new()
        {
            Day = day,
            Count = 0,
            Root = MerkleTree.EmptyRoot,
        };
}
