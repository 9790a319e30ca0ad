using Concord.Stores;
using CsCheck;
using Xunit;

namespace Concord.Tests.Identify;

/// <summary>The index of weights is what the log says, however it came about.</summary>
public sealed class KeptIndexTests
{
    private static readonly FiledPrints s_filed = Filed(31);

    [Fact]
    public void However_it_followed_the_log_it_holds_what_one_made_anew_holds()
    {
        using var anew = new FollowedIndex(s_filed);
        anew.Follow(s_filed.Size);
        var expected = anew.Records();
        Gen.Select(Gen.Long[1, s_filed.Size], Gen.Int[0, 8], Gen.Int[0, 3])
            .Array[1, 12]
            .Sample(
                steps =>
                {
                    using var index = new FollowedIndex(s_filed);
                    var size = 0L;
                    foreach (var (to, what, file) in steps)
                    {
                        size = Math.Max(size, to);
                        Step(index, size, what, file);
                    }

                    index.Follow(s_filed.Size);
                    Assert.Null(index.Kept.Why);
                    Assert.Equal(s_filed.Size, index.Kept.Through);
                    Assert.Equal(expected, index.Records());
                },
                iter: 60,
                threads: 1
            );
    }

    [Fact]
    public void What_was_withdrawn_or_voided_is_found_no_more()
    {
        using var index = new FollowedIndex(s_filed);
        index.Follow(s_filed.Size);
        var standing = s_filed.World.Lineage.Weights.Fingerprints;

        Assert.InRange(standing.Count, 1, s_filed.Prints.Count - 3);
        Assert.All(
            s_filed.Prints,
            print =>
                Assert.Equal(
                    standing.Has(print.Key) ? [print.Key] : [],
                    index.Kept.Open!.File.Index.Find(print.Value.Weights).Select(one => one.Entry)
                )
        );
    }

    [Fact]
    public void An_index_of_another_log_or_of_one_that_was_set_back_is_made_anew()
    {
        var other = Filed(12, network: 500);
        using var index = new FollowedIndex(s_filed);
        index.Follow(s_filed.Size);

        index.Restart(other);
        index.Follow(other.Size);
        using var anew = new FollowedIndex(other);
        anew.Follow(other.Size);

        Assert.Equal(anew.Records(), index.Records());
        var said = Assert.Single(index.Said.Lines);
        Assert.Contains("made anew", said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_said_once_and_gone_when_it_is_right_again()
    {
        using var index = new FollowedIndex(s_filed);
        using (WeightsIndexFile.Open(index.Folder.WeightsIndex))
        {
            index.Follow(s_filed.Size);
            index.Follow(s_filed.Size);

            Assert.Null(index.Kept.Open);
            Assert.NotNull(index.Kept.Why);
            Assert.Single(index.Said.Lines);
        }

        index.Follow(s_filed.Size);
        Assert.Null(index.Kept.Why);
        Assert.Equal(s_filed.Size, index.Kept.Through);
    }

    [Fact]
    public void What_is_left_of_a_disk_is_for_the_log()
    {
        using var index = new FollowedIndex(s_filed);
        index.Follow(s_filed.Size / 2);
        var before = index.Kept.Through;

        index.IsFull = true;
        index.Follow(s_filed.Size);
        Assert.Equal(before, index.Kept.Through);
        Assert.Contains("nearly full", index.Kept.Why, StringComparison.Ordinal);

        index.IsFull = false;
        index.Follow(s_filed.Size);
        Assert.Equal(s_filed.Size, index.Kept.Through);
    }

    [Fact]
    public void A_stop_in_the_middle_of_its_checking_harms_nothing()
    {
        using var index = new FollowedIndex(s_filed);
        index.Follow(s_filed.Size);
        index.Restart();

        Assert.Throws<OperationCanceledException>(() =>
            index.Kept.Follow(s_filed.At(s_filed.Size), new CancellationToken(canceled: true))
        );
        Assert.Null(index.Kept.Open);

        index.Follow(s_filed.Size);
        Assert.Equal(s_filed.Size, index.Kept.Through);
        Assert.Empty(index.Said.Lines);
    }

    private static void Step(FollowedIndex index, long size, int what, int file)
    {
        switch (what)
        {
            case 0:
                index.Restart();
                break;
            case 1:
                index.FollowAndCrash(size);
                break;
            case 2:
                index.Delete(file);
                break;
            case 3:
                index.Cut(file);
                break;
            case 4:
                index.Flip(file);
                break;
            default:
                index.Follow(size);
                break;
        }
    }

    /// <summary>Fingerprints of small networks; every fourth stands no more.</summary>
    private static FiledPrints Filed(int count, int network = 1)
    {
        var filed = new FiledPrints();
        for (var at = 0; at < count; at++)
        {
            var entry = filed.File(Prints.Of(network + at, units: 8));
            if (at % 8 == 3)
            {
                filed.Withdraw(entry);
            }
            else if (at % 8 == 7)
            {
                filed.Void(filed.Prints.Keys.ElementAt(at - 5));
            }
        }

        return filed;
    }
}
