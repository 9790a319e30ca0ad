using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Rooms;
using Xunit;

namespace Concord.Tests.Rooms;

public sealed class WorldTests
{
    [Fact]
    public void The_same_entries_make_the_same_digests()
    {
        var given = Busy();

        Assert.Equal(
            Digests(given.World, Audience.Full),
            Digests(Replay(given.Log), Audience.Full)
        );
    }

    [Fact]
    public void Every_prefix_of_the_log_has_a_world()
    {
        var given = Busy();

        for (var size = 1; size <= given.Log.Count; size++)
        {
            Assert.Equal(size, Replay(given.Log.Take(size)).Size);
        }
    }

    [Fact]
    public void Another_act_at_any_place_makes_other_digests()
    {
        var given = Busy();
        var whole = Digests(given.World, Audience.Public);

        for (var i = 0; i < given.Log.Count; i++)
        {
            var changed = given.Log.ToList();
            changed[i] = changed[i] with { ActDigest = Digest.Of("changed"u8) };
            if (changed[i].Act is JointAct)
            {
                continue;
            }

            Assert.NotEqual(whole, Digests(Replay(changed), Audience.Public));
        }
    }

    [Fact]
    public void Who_has_not_read_what_is_sealed_makes_the_same_public_digests()
    {
        var given = Given.Parties();
        var details = new RegistrationDetails
        {
            Salt = "AAAAAAAAAAAAAAAAAAAAAA",
            WeightsCustody = "Two vaults.",
        };
        given.File(
            "aurora",
            given.Registration("aurora") with
            {
                SealedPart = Digest.Of(ActJson.Write(details)),
            },
            details
        );
        var outside = given.Log.Select(entry => entry with { SealedPart = null });

        Assert.Equal(
            Digests(given.World, Audience.Public),
            Digests(Replay(outside), Audience.Public)
        );
        Assert.NotEqual(
            Digests(given.World, Audience.Full),
            Digests(Replay(outside), Audience.Full)
        );
    }

    [Fact]
    public void Every_act_type_has_a_law()
    {
        var source = File.ReadAllText(Path.Combine(Golden.Root, "src", "Rooms", "Law.cs"));

        Assert.All(
            ActTable.Rows.Where(row => !row.Record.IsAssignableTo(typeof(StandingAct))),
            row =>
                Assert.Contains(
                    row.Record.Name == "Genesis" ? "Genesis genesis" : $"{row.Record.Name} act =>",
                    source,
                    StringComparison.Ordinal
                )
        );
    }

    private static Given Busy()
    {
        var given = Given.Parties();
        var model = given.Register("aurora");
        var release = given.Publish("aurora", model, "tern");
        var child = given.Publish("borealis", given.Register("borealis", "Gull 2"), "gull");
        given.File("borealis", given.Derivation("borealis", child, SubjectId.Of(release)));
        given.File("delta", given.Report());
        given.FileJointly("officer-a-1", "officer-b-1", given.Suspension(SubjectId.Of(model)));
        given.Tick(TimeSpan.FromMinutes(1));
        return given;
    }

    private static World Replay(IEnumerable<Logged> log) =>
        log.Aggregate(World.Empty, (world, entry) => world.Fold(entry));

    private static List<Digest> Digests(World world, Audience audience) =>
        [.. ViewDigests.Of(world, audience).Select(view => view.Digest)];
}
