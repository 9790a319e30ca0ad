using System.Globalization;

namespace Concord.Bench.Weights;

/// <summary>The benches of weights, each a word.</summary>
internal static class WeightsBench
{
    public static async Task<int> RunAsync(string[] args) =>
        args switch
        {
            ["accuracy", var folder, .. var rest] => AccuracyBench.Run(
                folder,
                Option(rest, "--half"),
                Number(rest, "--seeds", 3)
            ),
            ["strangers", var folder, .. var rest] => StrangerBench.Run(
                folder,
                Option(rest, "--half"),
                Number(rest, "--draws", 1_000_000)
            ),
            ["speed", .. var rest] => SpeedBench.Run(rest.FirstOrDefault()),
            _ => await ZooBench.RunAsync(args),
        };

    private static string? Option(string[] words, string name)
    {
        var at = Array.IndexOf(words, name);
        return at >= 0 && at + 1 < words.Length ? words[at + 1] : null;
    }

    private static int Number(string[] words, string name, int otherwise) =>
        Option(words, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
