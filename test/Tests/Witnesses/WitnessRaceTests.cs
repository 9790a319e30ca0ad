using System.Collections.Concurrent;
using Concord.Ledger;
using Concord.Stores;
using Concord.Tests.Ledger;
using Concord.Tests.Stores;
using CsCheck;
using Xunit;

namespace Concord.Tests.Witnesses;

/// <summary>What a witness never does, whoever asks at once.</summary>
public sealed class WitnessRaceTests
{
    private static readonly Gen<(bool IsFork, int Size)[]> s_wanted = Gen.Select(
        Gen.Bool,
        Gen.Int[1, 300]
    ).Array[24];

    /// <summary>
    /// Two histories of one log, submitted at once by many, over two connections as two processes
    /// have them: what is cosigned is one growing history.
    /// </summary>
    [Fact]
    public void Sizes_never_decrease_and_no_size_has_two_roots() =>
        s_wanted.Sample(
            wanted =>
            {
                using var folder = new TemporaryFolder();
                var witness = WitnessBody.Witness();
                var cosigned = new ConcurrentQueue<CosignedHead>();
                using (var first = new WitnessStore(folder["witness.db"]))
                using (var second = new WitnessStore(folder["witness.db"]))
                {
                    Parallel.For(
                        0,
                        wanted.Length,
                        new ParallelOptions { MaxDegreeOfParallelism = 8 },
                        i => Push(witness, i % 2 == 0 ? first : second, wanted[i], cosigned)
                    );
                }

                CheckOneHistory(folder["witness.db"], [.. cosigned]);
            },
            iter: 20
        );

    // Inside the step, where there is only one at a time, the order is the order of cosigning.
    private static void Push(
        Witness witness,
        WitnessStore store,
        (bool IsFork, int Size) wanted,
        ConcurrentQueue<CosignedHead> cosigned
    )
    {
        var tree = wanted.IsFork ? WitnessBody.Fork : WitnessBody.Tree;
        long old = 0;
        for (var attempt = 0; attempt < 8 && old <= wanted.Size; attempt++)
        {
            var body = WitnessBody.From(old, wanted.Size, tree);
            Assert.True(
                witness.TryOpen(System.Text.Encoding.UTF8.GetBytes(body), out var request, out _)
            );
            var answer = store.Decide(
                Vectors.Origin,
                last =>
                {
                    var judged = witness.Judge(request, last, WitnessBody.Time);
                    if (judged.Next is { } next)
                    {
                        cosigned.Enqueue(next);
                    }

                    return judged;
                }
            );
            Assert.Contains(answer.Status, new[] { 200, 409, 422 });
            if (answer.Status != 409)
            {
                return;
            }

            old = long.Parse(answer.Body, System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    private static void CheckOneHistory(string path, IReadOnlyList<CosignedHead> cosigned)
    {
        Assert.NotEmpty(cosigned);
        Assert.All(
            cosigned.Zip(cosigned.Skip(1)),
            pair => Assert.True(pair.First.Size <= pair.Second.Size)
        );
        Assert.All(
            cosigned.GroupBy(head => head.Size),
            same => Assert.Single(same.Select(head => head.Root).Distinct())
        );
        Assert.True(
            cosigned.All(head => head.Root == WitnessBody.Tree.Root(head.Size))
                || cosigned.All(head => head.Root == WitnessBody.Fork.Root(head.Size))
        );
        using var reopened = new WitnessStore(path);
        Assert.Equal(cosigned[^1], reopened.Find(WitnessStore.HashOf(Vectors.Origin)));
    }
}
