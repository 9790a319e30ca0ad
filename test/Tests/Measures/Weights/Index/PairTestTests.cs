using Concord.Measures.Weights;
using Xunit;

namespace Concord.Tests.Measures.Weights.Index;

public sealed class PairTestTests
{
    public static TheoryData<UnitKind, int, int, int> Shapes =>
        new()
        {
            { UnitKind.Gated, 3, 52, 1 },
            { UnitKind.Gated, 1, 1, 1 },
            { UnitKind.Plain, 2, 130, 1 },
            { UnitKind.Recurrent, 1, 64, 1 },
            { UnitKind.Recurrent, 2, 7, 1 },
            { UnitKind.Channel, 3, 65, 1 },
            { UnitKind.Gated, 2, 20, 8 },
        };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_fast_count_is_the_count_as_it_is_written_down(
        UnitKind kind,
        int layers,
        int units,
        int words
    )
    {
        var given = new GivenForms(units);
        UnitBasis[] bases = [UnitBasis.Stored, UnitBasis.Output];
        var form = given.Stranger(kind, layers, units, words, bases);
        Fingerprint[] others =
        [
            given.Stranger(kind, layers, units, words, bases),
            given.Stranger(kind, layers + 1, units + 3, 1, bases),
            given.Relative(form, 0.05),
            given.Relative(form, 0.2),
            given.Relative(form, 0.3, rotated: true),
            form,
        ];

        foreach (var other in others)
        {
            var found = PairTest.Compare(form, other);
            Assert.Equal(Plain(form, other), found.Log10P, 1e-9);
            AssertShown(form, other, found);
            var turned = PairTest.Compare(other, form);
            Assert.Equal((found.Log10P, found.Agreements), (turned.Log10P, turned.Agreements));
        }
    }

    [Fact]
    public void Two_that_are_equally_near_are_matched_with_none()
    {
        var given = new GivenForms(3);
        var form = given.Stranger(UnitKind.Plain, 1, 33);
        var doubled = given.Relative(form, 0);
        var bits = doubled.Layers[0].Bits.ToArray();
        for (var view = 0; view < 4; view++)
        {
            bits[(view * 33) + 32] = bits[view * 33];
        }

        var other = new Fingerprint
        {
            Weights = doubled.Weights,
            Parameters = doubled.Parameters,
            SixteenthBits = doubled.SixteenthBits,
            ZerosPerMillion = doubled.ZerosPerMillion,
            Scan = doubled.Scan,
            Layers =
            [
                new()
                {
                    Kind = UnitKind.Plain,
                    Layer = 0,
                    Layers = 1,
                    Exchangeable = doubled.Layers[0].Exchangeable,
                    Places = doubled.Layers[0].Places,
                    Views = 2,
                    Bases = doubled.Layers[0].Bases,
                    Words = 1,
                    Bits = bits,
                },
            ],
        };

        Assert.Equal(31, PairTest.Compare(form, other).Agreements);
    }

    private static void AssertShown(Fingerprint left, Fingerprint right, PairEvidence found)
    {
        foreach (var shown in found.Layers)
        {
            var ours = left.Layers.Single(layer => layer.Layer == shown.Left);
            var theirs = right.Layers.Single(layer => layer.Layer == shown.Right);
            var plain = IsFirst(left, right)
                ? Count(ours, theirs, found.Basis)
                : Count(theirs, ours, found.Basis);
            var isViews = found.Ground == PairGround.Views;
            Assert.Equal(isViews ? plain.Views : plain.Places, shown.Agreements);
            Assert.Equal(
                isViews ? plain.ViewsByChance : plain.PlacesByChance,
                shown.Expected,
                1e-12
            );
        }
    }

    /// <summary>Whether pairs are counted from this one's units.</summary>
    private static bool IsFirst(Fingerprint one, Fingerprint other) =>
        string.CompareOrdinal(one.Weights.ToString(), other.Weights.ToString()) <= 0;

    private static double Plain(Fingerprint one, Fingerprint other)
    {
        var (left, right) = IsFirst(one, other) ? (one, other) : (other, one);
        var tests = new List<double>();
        foreach (var basis in left.Layers[0].Bases)
        {
            var cells = (
                from ours in left.Layers
                from theirs in right.Layers
                select (Even: ours.Layer == theirs.Layer, Count: Count(ours, theirs, basis))
            ).ToArray();
            var even = cells.Where(cell => cell.Even).Select(cell => cell.Count).ToArray();
            foreach (var isViews in new[] { true, false })
            {
                if (!isViews && left.Layers[0].Kind == UnitKind.Channel)
                {
                    continue;
                }

                if (left.Layers.Count == right.Layers.Count)
                {
                    tests.Add(
                        PlainMatching.Log10Bound(
                            even.Sum(cell => isViews ? cell.Views : cell.Places),
                            even.Sum(cell => isViews ? cell.ViewsByChance : cell.PlacesByChance)
                        )
                    );
                }

                tests.Add(
                    cells.Min(cell =>
                        isViews
                            ? PlainMatching.Log10Bound(cell.Count.Views, cell.Count.ViewsByChance)
                            : PlainMatching.Log10Bound(cell.Count.Places, cell.Count.PlacesByChance)
                    ) + Math.Log10(cells.Length)
                );
            }
        }

        return Math.Min(0, tests.Append(0).Min() + Math.Log10(tests.Count));
    }

    /// <summary>
    /// All views; in coordinates with a meaning strangers may have 2 % of units alike.
    /// </summary>
    private static (int Views, double ViewsByChance, int Places, double PlacesByChance) Count(
        UnitSketch left,
        UnitSketch right,
        UnitBasis basis
    ) =>
        PlainMatching.Count(
            left,
            right,
            basis,
            [.. Enumerable.Range(0, left.Views)],
            alike: basis == UnitBasis.Stored ? 0 : 0.02
        );
}
