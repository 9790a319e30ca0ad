using System.Numerics;
using Concord.Measures.Weights;

namespace Concord.Tests.Measures.Weights.Index;

/// <summary>
/// The count of specs/fingerprint.md, §6, as it is written down, without any haste.
/// </summary>
internal static class PlainMatching
{
    /// <summary>
    /// For each unit of the left its only nearest of the right, if that is mutual.
    /// </summary>
    public static int?[] Match(ulong[][] left, ulong[][] right)
    {
        var near = left.Select(one => right.Select(other => Near(one, other)).ToArray()).ToArray();
        var columns = Enumerable
            .Range(0, right.Length)
            .Select(j => OnlyBest([.. near.Select(row => row[j])]))
            .ToArray();
        return
        [
            .. near.Select((row, i) => OnlyBest(row) is { } j && columns[j] == i ? j : (int?)null),
        ];
    }

    /// <summary>What two layers agree on in some views.</summary>
    public static (int Views, double ViewsByChance, int Places, double PlacesByChance) Count(
        UnitSketch left,
        UnitSketch right,
        UnitBasis basis,
        IReadOnlyList<int> views,
        int most = int.MaxValue,
        int otherMost = int.MaxValue,
        int modulus = int.MaxValue,
        double alike = 0
    )
    {
        var (ours, theirs) = (Math.Min(left.Units, most), Math.Min(right.Units, otherMost));
        var words = Math.Min(left.Words, right.Words);
        var matchings = views
            .Select(view =>
                Match(
                    Words(left, basis, view, words)[..ours],
                    Words(right, basis, view, words)[..theirs]
                )
            )
            .ToArray();
        var (count, pairs, same) = (0, 0, 0);
        var taken = new HashSet<int>();
        for (var unit = 0; unit < ours; unit++)
        {
            var votes = matchings
                .Select(matching => matching[unit])
                .OfType<int>()
                .GroupBy(other => other)
                .OrderByDescending(votes => votes.Count())
                .ToArray();
            count += votes.Count(named => named.Count() >= 2);
            if (votes.FirstOrDefault() is { } named && taken.Add(named.Key))
            {
                pairs++;
                same += left.Places[unit] % modulus == right.Places[named.Key] % modulus ? 1 : 0;
            }
        }

        var sizes = matchings.Select(one => one.Count(other => other is not null)).ToArray();
        var chance = alike * Math.Min(ours, theirs);
        for (var one = 0; one < sizes.Length; one++)
        {
            for (var other = one + 1; other < sizes.Length; other++)
            {
                chance += (double)sizes[one] * sizes[other] / ours / theirs;
            }
        }

        var among = Math.Min(Math.Min(left.Exchangeable, right.Exchangeable), modulus);
        return (count, chance, same, (double)pairs / among);
    }

    /// <summary>λⁿ/n!, by logarithms.</summary>
    public static double Log10Bound(int agreements, double expected) =>
        agreements == 0 ? 0
        : expected <= 0 ? double.NegativeInfinity
        : Math.Min(
            0,
            (agreements * Math.Log10(expected))
                - Enumerable.Range(1, agreements).Sum(factor => Math.Log10(factor))
        );

    private static ulong[][] Words(UnitSketch layer, UnitBasis basis, int view, int words)
    {
        var place = layer.Bases.Index().First(one => one.Item == basis).Index;
        return
        [
            .. layer.Signs(place, view).ToArray().Chunk(layer.Words).Select(unit => unit[..words]),
        ];
    }

    private static int Near(ulong[] left, ulong[] right) =>
        Math.Abs(
            (64 * left.Length)
                - (
                    2
                    * left.Zip(right).Sum(pair => BitOperations.PopCount(pair.First ^ pair.Second))
                )
        );

    private static int? OnlyBest(int[] values) =>
        values.Count(value => value == values.Max()) == 1
            ? Array.IndexOf(values, values.Max())
            : null;
}
