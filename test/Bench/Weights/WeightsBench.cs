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
            ["fingerprints", var folder, var into, .. var names] => Fingerprints(
                folder,
                into,
                names
            ),
            ["speed", .. var rest] => SpeedBench.Run(rest.FirstOrDefault()),
            ["found", var folder, .. var rest] => FoundBench.Run(
                folder,
                Option(rest, "--half"),
                Number(rest, "--seeds", 3)
            ),
            ["index", .. var rest] => await IndexBench.RunAsync(rest),
            _ => await ZooBench.RunAsync(args),
        };

    /// <summary>The small forms of some networks of the zoo, as the tests keep them.</summary>
    private static int Fingerprints(string folder, string into, string[] names)
    {
        var shelf = new ZooShelf(folder, half: null);
        foreach (var name in names)
        {
            var small = shelf.Taken(name).Small().Write();
            File.WriteAllBytes(Path.Combine(into, name + ".fingerprint"), small);
            Console.WriteLine($"{name}: {small.Length} bytes");
        }

        return 0;
    }

    private static string? Option(string[] words, string name)
    {
        var at = Array.IndexOf(words, name);
        return at >= 0 && at + 1 < words.Length ? words[at + 1] : null;
    }

    private static int Number(string[] words, string name, int otherwise) =>
        Option(words, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
