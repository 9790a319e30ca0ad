using System.Numerics;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Index;
using Xunit;

namespace Concord.Tests.Measures.Weights.Index;

public sealed class SketchScanTests
{
    private const int Sketches = 3000;

    [Theory]
    [InlineData(400, 1000)]
    [InlineData(500, 10)]
    [InlineData(1024, 1)]
    [InlineData(0, 5)]
    public void What_is_near_is_what_an_exhaustive_comparison_finds(int within, int most)
    {
        var given = new GivenForms(within + most);
        var query = given.Words(Fingerprint.ScanWords);
        var sketches = Enumerable
            .Range(0, Sketches)
            .Select(at =>
                at % 37 == 0 ? given.Flipped(query, at / (2.0 * Sketches))
                : at % 101 == 0 ? [.. query]
                : given.Words(Fingerprint.ScanWords)
            )
            .ToArray();

        var scan = Scan(query, sketches, within, most, slot => slot % 5 != 0);

        var expected = sketches
            .Index()
            .Where(one => one.Index % 5 != 0)
            .Select(one => ((long)one.Index, Distance(query, one.Item)))
            .Where(one => one.Item2 <= within)
            .OrderBy(one => one.Item2)
            .ThenBy(one => one.Item1)
            .ToArray();
        Assert.Equal(expected.Take(most), scan.Nearest());
        Assert.Equal(expected.Length, scan.Within);
    }

    [Fact]
    public void A_sketch_that_says_nothing_is_near_to_none()
    {
        var nothing = new ulong[Fingerprint.ScanWords];
        var few = nothing.ToArray();
        few[3] = 1;

        Assert.Empty(Scan(nothing, [nothing, few], 1024, 10, _ => true).Nearest());
        Assert.Equal([(1L, 0)], Scan(few, [nothing, few], 1024, 10, _ => true).Nearest());
    }

    [Fact]
    public void Half_of_the_signs_of_strangers_differ_and_none_is_near()
    {
        // 512 ± 16: at 400 signs, seven deviations below, one in 10^12 would be.
        var given = new GivenForms(9);
        var query = given.Words(Fingerprint.ScanWords);
        var sketches = Enumerable
            .Range(0, 20_000)
            .Select(_ => given.Words(Fingerprint.ScanWords))
            .ToArray();

        Assert.Equal(0, Scan(query, sketches, 400, 10, _ => true).Within);
        Assert.Equal(512, sketches.Average(sketch => Distance(query, sketch)), 1.0);
    }

    private static SketchScan Scan(
        ulong[] query,
        ulong[][] sketches,
        int within,
        int most,
        Func<long, bool> stands
    )
    {
        var scan = new SketchScan(query, within, most, stands);
        var first = 0L;
        foreach (var part in sketches.Chunk(700))
        {
            var bytes = new byte[part.Length * SketchScan.Size];
            for (var at = 0; at < part.Length; at++)
            {
                SketchScan.Write(part[at], bytes.AsSpan(at * SketchScan.Size));
            }

            scan.Take(bytes, first);
            first += part.Length;
        }

        return scan;
    }

    private static int Distance(ulong[] left, ulong[] right) =>
        left.Zip(right).Sum(pair => BitOperations.PopCount(pair.First ^ pair.Second));
}
