using Concord.Measures.Weights;
using Concord.Measures.Weights.Index;
using Xunit;

namespace Concord.Tests.Measures.Weights.Index;

public sealed class ScreenTestTests
{
    private static readonly UnitBasis[] s_all =
    [
        UnitBasis.Stored,
        UnitBasis.Output,
        UnitBasis.Input,
    ];

    public static TheoryData<UnitKind, int, int, UnitBasis[]> Shapes =>
        new()
        {
            { UnitKind.Gated, 8, 52, s_all },
            { UnitKind.Plain, 4, 130, [UnitBasis.Stored, UnitBasis.Input] },
            { UnitKind.Recurrent, 1, 64, [UnitBasis.Stored, UnitBasis.Path] },
            { UnitKind.Channel, 2, 5, [UnitBasis.Stored] },
        };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_screen_counts_what_is_written_down(
        UnitKind kind,
        int layers,
        int units,
        UnitBasis[] bases
    )
    {
        var given = new GivenForms(layers);
        var form = given.Stranger(kind, layers, units, 1, bases);
        var test = new ScreenTest(form);
        foreach (var flips in new[] { 0, 0.1, 0.25, 0.5 })
        {
            var other = given.Relative(form, flips);
            Assert.Equal(Plain(form, other), test.Log10P(ScreenTest.Write(other)), 1e-9);
        }
    }

    [Fact]
    public void A_rotated_relative_passes_and_a_stranger_hardly_ever_does()
    {
        var given = new GivenForms(5);
        var form = given.Stranger(UnitKind.Gated, 8, 52, 1, s_all);
        var test = new ScreenTest(form);
        var relatives = Enumerable
            .Range(0, 50)
            .Select(_ => given.Relative(form, 0.15, rotated: true));
        var strangers = Enumerable
            .Range(0, 400)
            .Select(_ => given.Stranger(UnitKind.Gated, 8, 52, 1, s_all));

        Assert.All(relatives, one => Assert.True(Passes(test, one)));
        Assert.InRange(strangers.Count(one => Passes(test, one)), 0, 20);
    }

    [Fact]
    public void Where_one_of_two_vocabularies_is_new_the_other_still_tells()
    {
        var given = new GivenForms(6);
        var form = given.Stranger(UnitKind.Gated, 8, 52, 1, s_all);
        var other = given.Relative(form, 0.1, rotated: true);
        var withoutOutput = new Fingerprint
        {
            Weights = other.Weights,
            Parameters = other.Parameters,
            SixteenthBits = other.SixteenthBits,
            ZerosPerMillion = other.ZerosPerMillion,
            Scan = other.Scan,
            Layers = [.. other.Layers.Select(layer => Without(layer, UnitBasis.Output))],
        };

        Assert.True(Passes(new(withoutOutput), form));
    }

    [Fact]
    public void What_has_no_layer_passes_nothing()
    {
        var given = new GivenForms(7);
        var (form, empty) = (given.Stranger(), given.Stranger(layers: 0));

        Assert.Equal(0, new ScreenTest(empty).Log10P(ScreenTest.Write(form)));
        Assert.Equal(0, new ScreenTest(form).Log10P(ScreenTest.Write(empty)));
    }

    private static bool Passes(ScreenTest test, Fingerprint other) =>
        test.Log10P(ScreenTest.Write(other)) <= ScreenTest.PassLevel;

    private static UnitSketch Without(UnitSketch layer, UnitBasis basis)
    {
        var kept = layer.Bases.Index().Where(one => one.Item != basis).ToArray();
        var words = layer.Views * layer.Units;
        return new()
        {
            Kind = layer.Kind,
            Layer = layer.Layer,
            Layers = layer.Layers,
            Exchangeable = layer.Exchangeable,
            Places = layer.Places,
            Views = layer.Views,
            Bases = [.. kept.Select(one => one.Item)],
            Words = 1,
            Bits = kept.SelectMany(one => layer.Bits.ToArray().Skip(one.Index * words).Take(words))
                .ToArray(),
        };
    }

    private static double Plain(Fingerprint query, Fingerprint other)
    {
        var (blocks, ours) = (Blocks(other), Blocks(query));
        var cells = (
            from block in blocks.Index()
            from layer in query.Layers
            let isEven = ours[block.Index].Layer.Layer == layer.Layer
            let last = layer.Views - 1
            select (
                isEven,
                Count: PlainMatching.Count(
                    block.Item.Layer,
                    layer,
                    block.Item.Basis,
                    [last - 1, last],
                    56,
                    128,
                    65_536
                )
            )
        ).ToArray();
        double[] byViews =
        [
            PlainMatching.Log10Bound(
                cells.Where(cell => cell.isEven).Sum(cell => cell.Count.Views),
                cells.Where(cell => cell.isEven).Sum(cell => cell.Count.ViewsByChance)
            ),
            cells.Min(cell => PlainMatching.Log10Bound(cell.Count.Views, cell.Count.ViewsByChance))
                + Math.Log10(cells.Length),
        ];
        double[] byPlaces =
        [
            PlainMatching.Log10Bound(
                cells.Where(cell => cell.isEven).Sum(cell => cell.Count.Places),
                cells.Where(cell => cell.isEven).Sum(cell => cell.Count.PlacesByChance)
            ),
            cells.Min(cell =>
                PlainMatching.Log10Bound(cell.Count.Places, cell.Count.PlacesByChance)
            ) + Math.Log10(cells.Length),
        ];
        var tests = query.Layers[0].Kind == UnitKind.Channel ? byViews : [.. byViews, .. byPlaces];
        return Math.Min(0, tests.Append(0).Min() + Math.Log10(tests.Length));
    }

    private static (UnitSketch Layer, UnitBasis Basis)[] Blocks(Fingerprint form)
    {
        var (layers, bases) = (form.Layers, form.Layers[0].Bases);
        var last = layers.Count - 1;
        var (early, late) = (layers[last / 3], layers[((2 * last) + 2) / 3]);
        if (bases.Contains(UnitBasis.Output) && bases.Contains(UnitBasis.Input))
        {
            return [(early, UnitBasis.Input), (late, UnitBasis.Output)];
        }

        var best = new[]
        {
            UnitBasis.Output,
            UnitBasis.Input,
            UnitBasis.Path,
            UnitBasis.Stored,
        }.First(bases.Contains);
        return [.. new[] { (early, best), (late, best) }.Distinct()];
    }
}
