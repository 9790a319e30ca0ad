using Concord.Authority.Identify;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Index;
using Concord.Tests.Measures.Weights.Index;
using CsCheck;
using Xunit;

namespace Concord.Tests.Identify;

/// <summary>What is answered to a fingerprint, from small registers to large.</summary>
public sealed class FingerprintSearchTests
{
    private static readonly UnitBasis[] s_bases = [UnitBasis.Stored, UnitBasis.Output];

    [Fact]
    public void In_a_small_register_all_is_compared_whole_with_an_index_and_without()
    {
        var given = new GivenForms(19);
        var filed = new FiledPrints();
        for (var at = 0; at < 12; at++)
        {
            filed.File(given.Stranger(units: 24));
        }

        filed.Withdraw(filed.Prints.Keys.ElementAt(4));
        using var index = new FollowedIndex(filed);
        // Half of the layers are another's, among them those that are screened: a sweep of a large
        // register would pass it over.
        var sought = filed.Prints.Values.ElementAt(2);
        var screened = ScreenTest.Write(sought);
        var asked = Enumerable
            .Range(0, 50)
            .Select(_ => WithLayersOf(sought, given.Stranger(units: 24), 1, 2))
            .First(one => new ScreenTest(one).Log10P(screened) > ScreenTest.PassLevel);
        var without = Ask(index, filed, asked);
        index.Follow(filed.Size);
        var with = Ask(index, filed, asked);

        Assert.Equal([filed.Prints.Keys.ElementAt(2)], Entries(without));
        Assert.Equal(Entries(without), Entries(with));
        Assert.Equal((11, 11L, true), (with.Compared, with.Swept, with.IsComplete));
        Assert.Equal((11, 11L, true), (without.Compared, without.Swept, without.IsComplete));
        Assert.Null(without.Indexed);
        Assert.Empty(Entries(Ask(index, filed, filed.Prints.Values.ElementAt(4))));
    }

    [Fact]
    public void Among_thousands_a_copy_is_found_at_once_and_a_rotated_one_by_the_sweep()
    {
        var given = new GivenForms(20);
        var (near, turned) = (Sought(given), Sought(given));
        var filed = new FiledPrints();
        filed.File(Prints.Of(1, units: 8));
        filed.Fold(Enumerable.Range(2, 4_300).Select(network => Prints.Of(network, units: 8)));
        filed.Fold([turned], release: 1);
        filed.Fold([near], release: 2);
        var (turnedAt, nearAt) = (filed.Size - 2, filed.Size - 1);
        filed.Fold(Enumerable.Range(5_000, 100).Select(network => Prints.Of(network, units: 8)));
        using var index = new FollowedIndex(filed);
        index.Follow(filed.Size);
        // All in one answer is what the default gives; here it comes in three.
        var limits = new IdentifyLimits { SweptMost = 2_000, WholeMost = 1_000 };

        var copy = Ask(index, filed, given.Relative(near, 0.1), limits: limits);
        Assert.Equal([nearAt], Entries(copy));
        Assert.Equal((2_000L, false), (copy.Swept, copy.IsComplete));

        var asked = given.Relative(turned, 0.1, rotated: true);
        var pieces = AskAll(index, filed, asked, limits);
        Assert.Equal(3, pieces.Count);
        Assert.Empty(Entries(pieces[0]));
        Assert.Equal([turnedAt], pieces.SelectMany(Entries));
        Assert.Equal(filed.Prints.Count, pieces.Sum(piece => piece.Swept));
        Assert.InRange(pieces.Sum(piece => piece.Compared), 1, filed.Prints.Count / 2);
        Assert.Equal([turnedAt], Entries(Ask(index, filed, asked)));
    }

    [Fact]
    public void What_came_after_the_index_was_followed_is_compared_all_the_same()
    {
        var given = new GivenForms(21);
        var sought = Sought(given);
        var filed = new FiledPrints();
        filed.File(Prints.Of(1, units: 8));
        filed.Fold(Enumerable.Range(2, 60).Select(network => Prints.Of(network, units: 8)));
        using var index = new FollowedIndex(filed);
        index.Follow(filed.Size);
        filed.Fold([sought]);
        var limits = new IdentifyLimits { SweptMost = 10, WholeMost = 5 };
        var asked = given.Relative(sought, 0.1, rotated: true);

        var first = Ask(index, filed, asked, limits: limits);
        Assert.Equal([filed.Size - 1], Entries(first));
        Assert.False(first.IsComplete);
        var last = AskAll(index, filed, asked, limits)[^1];
        Assert.Equal([filed.Size - 1], Entries(last));
    }

    [Fact]
    public void However_it_is_cut_into_answers_all_of_them_find_what_one_finds()
    {
        var (filed, asked, found) = Mixed();
        using var index = new FollowedIndex(filed);
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Long[1, filed.Size], Gen.Bool)
            .Sample(
                (swept, whole, followed, restarts) =>
                {
                    index.Restart();
                    index.Follow(followed);
                    var limits = new IdentifyLimits
                    {
                        SweptMost = swept,
                        WholeMost = whole,
                        NearMost = 3,
                    };
                    var pieces = AskAll(index, filed, asked, limits, restarts);

                    Assert.Equal(found, pieces.SelectMany(Entries).Distinct().Order());
                    Assert.All(
                        pieces.Select(piece => piece.Swept),
                        one => Assert.InRange(one, 0, swept + (2 * whole))
                    );
                },
                iter: 40,
                threads: 1
            );
    }

    [Fact]
    public void Files_that_are_cut_while_they_are_searched_change_no_answer()
    {
        var (filed, asked, found) = Mixed();
        var limits = new IdentifyLimits { SweptMost = 20, WholeMost = 10 };
        using var index = new FollowedIndex(filed);
        for (var file = 0; file < 4; file++)
        {
            index.Follow(filed.Size);
            Assert.NotNull(index.Kept.Open);
            index.CutNow(file);

            var pieces = AskAll(index, filed, asked, limits);
            Assert.Equal(found, pieces.SelectMany(Entries).Distinct().Order());
            index.Follow(filed.Size);
            index.Follow(filed.Size);
            Assert.Equal(filed.Size, index.Kept.Through);
        }
    }

    [Fact]
    public void Nobody_has_more_done_by_an_odd_place_to_go_on_from()
    {
        var (filed, asked, _) = Mixed();
        using var index = new FollowedIndex(filed);
        index.Follow(filed.Size);
        var limits = new IdentifyLimits { SweptMost = 20, WholeMost = 10 };
        Gen.OneOf(Gen.Long, Gen.Long[-1, filed.Size + 2])
            .Sample(
                after =>
                {
                    var work = new IdentifyWork();
                    var answer = Search(index, filed, limits).Find(asked, after, work, default);

                    Assert.InRange(answer.Through, 0, filed.Size - 1);
                    Assert.InRange(answer.Swept, 0, 30);
                    Assert.InRange(work.Units, 0, 20 + (IdentifyWork.OfComparison * 60));
                    if (after >= filed.Size - 1)
                    {
                        Assert.Equal((0, true), (answer.Compared, answer.IsComplete));
                    }
                },
                iter: 200,
                threads: 1
            );
    }

    [Fact]
    public void What_passes_the_screening_everywhere_has_no_more_compared_in_one_answer()
    {
        var given = new GivenForms(23);
        var sought = Sought(given);
        var filed = new FiledPrints();
        filed.File(Prints.Of(1, units: 8));
        filed.Fold(Enumerable.Range(0, 120).Select(_ => given.Relative(sought, 0.02)));
        using var index = new FollowedIndex(filed);
        index.Follow(filed.Size);
        var limits = new IdentifyLimits
        {
            SweptMost = 100,
            WholeMost = 10,
            NearMost = 5,
        };

        var pieces = AskAll(index, filed, sought, limits);

        Assert.All(
            pieces.Select(piece => piece.Compared),
            compared => Assert.InRange(compared, 1, (3 * 10) + (2 * 5))
        );
        Assert.Equal(filed.Prints.Count, pieces.Sum(piece => piece.Swept));
    }

    [Fact]
    public void A_question_that_nobody_waits_for_ends()
    {
        var (filed, asked, _) = Mixed();
        using var index = new FollowedIndex(filed);

        Assert.Throws<OperationCanceledException>(() =>
            Search(index, filed, new()).Find(asked, -1, new(), new(canceled: true))
        );
    }

    /// <summary>Strangers, and four relatives of what is asked for, two of them rotated.</summary>
    private static (FiledPrints Filed, Fingerprint Asked, IReadOnlyList<long> Found) Mixed()
    {
        var given = new GivenForms(22);
        var sought = Sought(given);
        var filed = new FiledPrints();
        filed.File(Prints.Of(1, units: 8));
        var found = new List<long>();
        for (var at = 0; at < 4; at++)
        {
            filed.Fold(
                Enumerable.Range(10 + (20 * at), 13).Select(network => Prints.Of(network, units: 8))
            );
            filed.Fold([given.Relative(sought, 0.08, rotated: at % 2 == 0)], release: at + 1);
            found.Add(filed.Size - 1);
        }

        return (filed, sought, found);
    }

    private static Fingerprint WithLayersOf(
        Fingerprint one,
        Fingerprint other,
        params int[] layers
    ) =>
        new()
        {
            Weights = other.Weights,
            Parameters = one.Parameters,
            SixteenthBits = one.SixteenthBits,
            ZerosPerMillion = one.ZerosPerMillion,
            Scan = one.Scan,
            Layers =
            [
                .. one.Layers.Select((layer, at) => layers.Contains(at) ? other.Layers[at] : layer),
            ],
        };

    private static Fingerprint Sought(GivenForms given) =>
        given.Stranger(UnitKind.Gated, 3, 40, 1, s_bases);

    private static FingerprintSearch Search(
        FollowedIndex index,
        FiledPrints filed,
        IdentifyLimits limits
    ) => new(index.Kept, () => filed.World, limits);

    private static IdentifyFound Ask(
        FollowedIndex index,
        FiledPrints filed,
        Fingerprint asked,
        long after = -1,
        IdentifyLimits? limits = null
    ) => Search(index, filed, limits ?? new()).Find(asked, after, new(), default);

    private static List<IdentifyFound> AskAll(
        FollowedIndex index,
        FiledPrints filed,
        Fingerprint asked,
        IdentifyLimits limits,
        bool restarts = false
    )
    {
        var pieces = new List<IdentifyFound> { Ask(index, filed, asked, limits: limits) };
        while (!pieces[^1].IsComplete)
        {
            if (restarts)
            {
                index.Restart();
            }

            var next = Ask(index, filed, asked, pieces[^1].Through, limits);
            Assert.True(next.Through > pieces[^1].Through);
            pieces.Add(next);
        }

        return pieces;
    }

    private static IEnumerable<long> Entries(IdentifyFound found) =>
        found.Candidates.Select(one => one.Print.Id.Index);
}
