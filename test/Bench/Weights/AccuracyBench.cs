using System.Globalization;
using Concord.Measures.Weights;
using Concord.Zoo;
using Concord.Zoo.Files;

namespace Concord.Bench.Weights;

/// <summary>
/// <c>weights accuracy FOLDER [--half choose|judge] [--seeds N]</c>: how often a network of the zoo
/// is recognised after each change, at the level of a register of a million.
/// </summary>
internal static class AccuracyBench
{
    private const long Entries = 1_000_000;

    public static int Run(string folder, string? half, int seeds)
    {
        var shelf = new ZooShelf(folder, half);
        Print(
            $"{shelf.Bases.Count()} networks trained from nothing, {shelf.Entries.Count} in all."
        );
        Print("");
        Print(
            "| change | promised | networks | small form | large form | worst log₁₀ p | median |"
        );
        Print("|---|---:|---:|---:|---:|---:|---:|");
        var kept = true;
        foreach (var row in AccuracyRow.Changes)
        {
            kept &= Report(row, OfBases(shelf, row, seeds));
        }

        foreach (var (role, row) in AccuracyRow.Children)
        {
            kept &= Report(row, OfChildren(shelf, role, row));
        }

        return kept ? 0 : 1;
    }

    private static IEnumerable<(Fingerprint From, Fingerprint Made)> OfBases(
        ZooShelf shelf,
        AccuracyRow row,
        int seeds
    )
    {
        foreach (var entry in shelf.Bases.Where(row.Fits))
        {
            var net = shelf.Net(entry.Name);
            var other = Stranger(shelf, entry);
            for (var seed = 1UL; seed <= (ulong)seeds; seed++)
            {
                if (other is not null && row.Make(net, other, seed) is { } made)
                {
                    yield return (shelf.Taken(entry.Name), ZooShelf.Take(InMemory.Contents(made)));
                }
            }
        }
    }

    private static IEnumerable<(Fingerprint From, Fingerprint Made)> OfChildren(
        ZooShelf shelf,
        string role,
        AccuracyRow row
    )
    {
        foreach (var entry in shelf.Entries.Where(entry => entry.Role == role && row.Fits(entry)))
        {
            var net = shelf.Net(entry.Name);
            if (row.Make(net, net, 1) is { } made && entry.Parent is { } parent)
            {
                yield return (shelf.Taken(parent), ZooShelf.Take(InMemory.Contents(made)));
            }
        }
    }

    /// <summary>Another network of the same recipe and the same shapes.</summary>
    private static ZooNet? Stranger(ZooShelf shelf, ZooEntry entry)
    {
        var net = shelf.Net(entry.Name);
        return shelf
            .Bases.Where(other => other != entry && other.Architecture == entry.Architecture)
            .Select(other => shelf.Net(other.Name))
            .FirstOrDefault(other =>
                other.Tensors.Count == net.Tensors.Count
                && other
                    .Tensors.Zip(net.Tensors)
                    .All(pair => pair.First.Shape.SequenceEqual(pair.Second.Shape))
            );
    }

    private static bool Report(
        AccuracyRow row,
        IEnumerable<(Fingerprint From, Fingerprint Made)> pairs
    )
    {
        var (small, large, logs) = (0, 0, new List<double>());
        foreach (var (from, made) in pairs)
        {
            small += PairTest.Compare(from.Small(), made.Small()).Decides(Entries) ? 1 : 0;
            var evidence = PairTest.Compare(from, made);
            large += evidence.Decides(Entries) ? 1 : 0;
            logs.Add(evidence.Log10P);
        }

        logs.Sort();
        var promised = row.Promised == 0 ? "measured" : $"{row.Promised} %";
        var worst = logs.Count == 0 ? "" : Number(logs[^1]);
        var median = logs.Count == 0 ? "" : Number(logs[logs.Count / 2]);
        Print(
            $"| {row.Name} | {promised} | {logs.Count} | {Share(small, logs.Count)} "
                + $"| {Share(large, logs.Count)} | {worst} | {median} |"
        );
        return large * 100 >= row.Promised * logs.Count;
    }

    private static string Share(int part, int whole) =>
        whole == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.#} %");

    private static string Number(double value) =>
        value.ToString("0.#", CultureInfo.InvariantCulture);

    private static void Print(string line) => Console.WriteLine(line);
}
