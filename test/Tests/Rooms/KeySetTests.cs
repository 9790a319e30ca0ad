using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Rooms.Network;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>Keys of the authority take over from each other by key sets of its roots.</summary>
public sealed class KeySetTests : IDisposable
{
    private readonly NoteSigner[] _logs =
    [
        .. Enumerable.Range(0, 4).Select(_ => NoteSigner.Generate(Given.Origin)),
    ];

    [Fact]
    public void Which_key_signs_a_tree_is_said_by_the_key_set_in_force_in_it()
    {
        var given = Given.Open();
        var first = given.World.Network.KeySet!.LogKeys[0];
        var start = given.World.Size;
        given.FileJointly("root-1", "root-2", Overlap(given, _logs[0]));
        var both = given.World.Size;
        given.Tick(TimeSpan.FromMinutes(1));
        given.FileJointly("root-1", "root-2", Alone(given, _logs[0]));
        var alone = given.World.Size;

        var keys = given.World.Network.KeySets.LogKeys()!;

        Assert.Equal(first, keys.Verifiers[0].ToString());
        Assert.Equal(2, keys.Keys[0].From);
        Assert.Equal(both, keys.Keys[1].From);
        Assert.Equal(alone, keys.Keys[0].Until);
        Assert.Null(keys.Keys[1].Until);
        Assert.Equal(1, given.World.Network.KeySets.At(start)?.Body.Epoch);
        Assert.Equal(2, given.World.Network.KeySets.At(both)?.Body.Epoch);
        Assert.Equal(2, given.World.Network.KeySets.At(alone - 1)?.Body.Epoch);
        Assert.Equal(3, given.World.Network.KeySets.At(alone)?.Body.Epoch);
        Assert.Null(given.World.Network.KeySets.At(1));
    }

    /// <summary>
    /// Random histories of log and receipt keys: at every size just the keys of the set in force
    /// sign, and whoever follows the key sets alone sees what whoever folds the log sees.
    /// </summary>
    [Fact]
    public void Following_the_key_sets_alone_says_the_same_as_folding_the_log()
    {
        var random = new Random(13);
        for (var round = 0; round < 20; round++)
        {
            var given = Given.Open();
            var named = new List<(long Size, IReadOnlyList<string> Log, PublicKey[] Receipt)>();
            Note();
            var next = 0;
            for (var i = 0; i < 12; i++)
            {
                var set = given.World.Network.KeySet!;
                var body = set with { Epoch = set.Epoch + 1 };
                if (random.Next(2) == 0 && next < _logs.Length)
                {
                    body = body with { LogKeys = Rolled(set.LogKeys, $"{_logs[next++].Verifier}") };
                }
                else
                {
                    body = body with { AuthorityKeys = Receipts(given, set, $"r{round}-{i}") };
                }

                given.FileJointly("root-1", "root-2", Next(given, body));
                given.Tick(TimeSpan.FromMinutes(1));
                Note();
            }

            var chain = KeySetChain.Of(given.Filed.Select(one => one.Statement.Bytes));
            Same(given.World.Network.KeySets, chain.Sets);
            var keys = chain.Sets.LogKeys()!;
            foreach (var (size, log, receipt) in named)
            {
                Assert.Equal(
                    log.Order(StringComparer.Ordinal),
                    keys.Keys.Where(key => key.Signs(size))
                        .Select(key => key.Verifier.ToString())
                        .Order(StringComparer.Ordinal)
                );
                Assert.Equal(
                    receipt.Select(key => key.Id.ToString()).Order(StringComparer.Ordinal),
                    chain
                        .Sets.KeysOf(KeyPurpose.Receipt)
                        .Where(key => key.IsNamedAt(size))
                        .Select(key => key.Key.Id.ToString())
                        .Order(StringComparer.Ordinal)
                );
            }

            void Note()
            {
                var set = given.World.Network.KeySet!;
                named.Add((given.World.Size, set.LogKeys, Of(set, KeyPurpose.Receipt)));
            }
        }
    }

    [Fact]
    public void Whoever_follows_the_key_sets_believes_none_that_t_roots_have_not_signed()
    {
        var given = Given.Open();
        var before = given.Filed.Select(one => one.Statement.Bytes).ToList();
        var act = Overlap(given, _logs[0]);
        var root1 = given.Sign("root-1", act).Statement.Bytes;
        var root2 = given.Sign("root-2", act).Statement.Bytes;
        var again = given.Sign("root-1", act).Statement.Bytes;
        var officer = given.Sign("officer-a-1", act).Statement.Bytes;
        var stranger = given.Sign("thief", act, issuer: $"{Given.Origin}#root/root-2");
        var elsewhere = given.Sign("root-2", act, issuer: "another.example/log#root/root-2");
        var skipped = act with { Previous = Digest.Of([1]) };

        Assert.Equal(2, Epochs([root1, root2]));
        Assert.Equal(1, Epochs([root1]));
        Assert.Equal(1, Epochs([root1, again]));
        Assert.Equal(1, Epochs([root1, officer]));
        Assert.Equal(1, Epochs([root1, stranger.Statement.Bytes]));
        Assert.Equal(1, Epochs([root1, elsewhere.Statement.Bytes]));
        Assert.Equal(
            1,
            Epochs([
                given.Sign("root-1", skipped).Statement.Bytes,
                given.Sign("root-2", skipped).Statement.Bytes,
            ])
        );

        int Epochs(ReadOnlyMemory<byte>[] more) =>
            KeySetChain.Of(before.Concat(more)).Sets.Records.Count;
    }

    [Fact]
    public void Making_it_harder_to_stop_is_followed_only_with_the_institutions()
    {
        var given = Given.Open();
        var before = given.Filed.Select(one => one.Statement.Bytes).ToList();
        var set = given.World.Network.KeySet!;
        var act = Next(
            given,
            set with
            {
                Epoch = 2,
                Thresholds = set.Thresholds with { KStop = 3 },
            }
        ) with
        {
            Joint = given.Joint(Concord.Acts.JointKind.Roots, 4),
        };
        string[] signers = ["root-1", "root-2", "officer-a-1", "officer-a-2", "officer-b-1"];
        var signed = signers.Select(one => given.Sign(one, act).Statement.Bytes).ToArray();

        Assert.Single(KeySetChain.Of([.. before, .. signed[..4]]).Sets.Records);
        Assert.Equal(2, KeySetChain.Of([.. before, .. signed]).Sets.Records.Count);
    }

    [Fact]
    public void A_key_of_the_log_that_was_let_go_is_never_named_again()
    {
        var given = Given.Open();
        var first = given.World.Network.KeySet!.LogKeys[0];
        given.FileJointly("root-1", "root-2", Overlap(given, _logs[0]));
        given.FileJointly("root-1", "root-2", Alone(given, _logs[0]));
        var set = given.World.Network.KeySet!;
        var back = Next(
            given,
            set with
            {
                Epoch = set.Epoch + 1,
                LogKeys = [.. set.LogKeys, first],
            }
        );

        Assert.Equal("key-set-log-keys", given.Answer("root-1", back));
    }

    [Fact]
    public void A_key_of_another_log_or_of_a_witness_is_no_key_of_this_log()
    {
        var given = Given.Open();
        using var other = NoteSigner.Generate("another.example/log");
        using var witness = NoteSigner.GenerateWitness(Given.Origin);

        Assert.Equal("key-set-log-keys", given.Answer("root-1", Overlap(given, other)));
        Assert.Equal("key-set-log-keys", given.Answer("root-1", Overlap(given, witness)));
    }

    public void Dispose()
    {
        foreach (var key in _logs)
        {
            key.Dispose();
        }
    }

    private static void Same(KeySetHistory one, KeySetHistory other)
    {
        Assert.Equal(
            one.Records.Select(record => (record.ActDigest, record.Since)),
            other.Records.Select(record => (record.ActDigest, record.Since))
        );
    }

    private static IReadOnlyList<string> Rolled(IReadOnlyList<string> keys, string next) =>
        keys.Count > 1 ? [keys[1], next] : [.. keys, next];

    private static PublicKey[] Of(KeySetBody set, KeyPurpose purpose) =>
        [.. set.AuthorityKeys.Where(key => key.Purpose == purpose).Select(key => key.Key)];

    private static IReadOnlyList<AuthorityKey> Receipts(Given given, KeySetBody set, string name)
    {
        var old = Of(set, KeyPurpose.Receipt);
        return
        [
            .. set.AuthorityKeys.Where(key =>
                key.Purpose != KeyPurpose.Receipt || (old.Length < 2 || key.Key.Equals(old[1]))
            ),
            new() { Purpose = KeyPurpose.Receipt, Key = given.Key(name) },
        ];
    }

    private static KeySet Overlap(Given given, NoteSigner next)
    {
        var set = given.World.Network.KeySet!;
        return Next(
            given,
            set with
            {
                Epoch = set.Epoch + 1,
                LogKeys = [.. set.LogKeys, $"{next.Verifier}"],
            }
        );
    }

    private static KeySet Alone(Given given, NoteSigner key)
    {
        var set = given.World.Network.KeySet!;
        return Next(given, set with { Epoch = set.Epoch + 1, LogKeys = [$"{key.Verifier}"] });
    }

    private static KeySet Next(Given given, KeySetBody body) =>
        new()
        {
            Joint = given.Joint(Concord.Acts.JointKind.Roots),
            Previous = given.World.Network.KeySetDigest,
            Body = body,
        };
}
