using System.Globalization;
using System.Numerics;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Index;
using Concord.Zoo.Changes;

namespace Concord.Bench.Weights;

/// <summary>
/// <c>weights found FOLDER [--half choose|judge] [--seeds N]</c>: how often the index would come
/// upon a network of the zoo after each change, by the scan of its sketch or by the screen of its
/// units; and how often it would compare a stranger of the same recipe whole, in vain.
/// </summary>
internal static class FoundBench
{
    public static int Run(string folder, string? half, int seeds)
    {
        var shelf = new ZooShelf(folder, half);
        Console.WriteLine("| change | networks | by the scan | by the screen | by either |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        foreach (var change in ChangeList.All)
        {
            Report(change.Name, AccuracyBench.OfBases(shelf, change, seeds));
        }

        foreach (var (role, change) in AccuracyBench.Trained)
        {
            Report(change.Name, AccuracyBench.OfTrained(shelf, role, change));
        }

        Report("strangers of one recipe", StrangerBench.Pairs(shelf));
        return 0;
    }

    private static void Report(string name, IEnumerable<(Fingerprint From, Fingerprint Made)> pairs)
    {
        var (count, scanned, screened, either) = (0, 0, 0, 0);
        foreach (var (from, made) in pairs)
        {
            var isScanned = IsNear(from.Scan.Span, made.Scan.Span);
            var isScreened =
                new ScreenTest(made).Log10P(ScreenTest.Write(from)) <= ScreenTest.PassLevel;
            count++;
            scanned += isScanned ? 1 : 0;
            screened += isScreened ? 1 : 0;
            either += isScanned || isScreened ? 1 : 0;
        }

        Console.WriteLine(
            $"| {name} | {count} | {Share(scanned, count)} | {Share(screened, count)} "
                + $"| {Share(either, count)} |"
        );
    }

    private static bool IsNear(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        var differing = 0;
        for (var word = 0; word < left.Length; word++)
        {
            differing += BitOperations.PopCount(left[word] ^ right[word]);
        }

        return left.ContainsAnyExcept(0UL)
            && right.ContainsAnyExcept(0UL)
            && differing <= SketchScan.DefaultDistance;
    }

    private static string Share(int part, int whole) =>
        whole == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.#} %");
}
