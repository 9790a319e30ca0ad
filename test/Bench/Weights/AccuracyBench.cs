using System.Globalization;
using Concord.Measures.Weights;
using Concord.Zoo.Changes;

namespace Concord.Bench.Weights;

/// <summary>
/// <c>weights accuracy FOLDER [--half choose|judge] [--seeds N]</c>: how often a network of the zoo
/// is recognised after each change, at the level of a register of a million.
/// </summary>
internal static class AccuracyBench
{
    private const long Entries = 1_000_000;

    /// <summary>What is asked of networks that were trained on, and measured of them.</summary>
    internal static IReadOnlyList<(string Role, NamedChange Change)> Trained { get; } =
    [
        ("ft", new("fine-tuned", 1, s => s.Net)),
        ("ft", new NamedChange("fine-tuned", 1, s => s.Net).Then(ChangeList.Disguise, 0.99)),
        ("cpt", new("trained on as long", 0.95, s => s.Net)),
        (
            "cpt",
            new NamedChange("trained on as long", null, s => s.Net)
                .Then(ChangeList.Rotation, null)
                .Then(ChangeList.Disguise, null)
                .Then(ChangeList.Light[1], null)
        ),
        ("newvocab", new("new vocabulary", null, s => s.Net)),
        (
            "newvocab",
            new NamedChange("new vocabulary", null, s => s.Net).Then(ChangeList.Rotation, null)
        ),
        ("distill", new("distilled: no lineage in weights", null, s => s.Net)),
    ];

    public static int Run(string folder, string? half, int seeds)
    {
        var shelf = new ZooShelf(folder, half);
        Print(
            $"{shelf.Bases.Count()} networks trained from nothing, {shelf.Members.Count} in all."
        );
        Print("");
        var kept = ContainerTable.Print(shelf);
        Print("| change | asked | made | small form | large form | worst log₁₀ p | median |");
        Print("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var change in ChangeList.All)
        {
            kept &= Report(change, OfBases(shelf, change, seeds));
        }

        foreach (var (role, change) in Trained)
        {
            kept &= Report(change, OfTrained(shelf, role, change));
        }

        return kept ? 0 : 1;
    }

    internal static IEnumerable<(Fingerprint From, Fingerprint Made)> OfBases(
        ZooShelf shelf,
        NamedChange change,
        int seeds
    )
    {
        foreach (var member in shelf.Bases)
        {
            var net = shelf.Net(member.Name);
            var stranger = shelf.Stranger(member) ?? net;
            for (var seed = 1UL; seed <= (ulong)seeds; seed++)
            {
                if (change.Make(new(net, stranger, seed)) is { } made)
                {
                    yield return (shelf.Taken(member.Name), ZooShelf.Take(made));
                }
            }
        }
    }

    internal static IEnumerable<(Fingerprint From, Fingerprint Made)> OfTrained(
        ZooShelf shelf,
        string role,
        NamedChange change
    )
    {
        foreach (var member in shelf.Members.Where(member => member.Role == role))
        {
            var net = shelf.Net(member.Name);
            if (member.Parent is { } parent && change.Make(new(net, net, 1)) is { } made)
            {
                yield return (shelf.Taken(parent), ZooShelf.Take(made));
            }
        }
    }

    private static bool Report(
        NamedChange change,
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
        var promised = change.Share is { } share ? $"{100 * share:0} %" : "measured";
        var worst = logs.Count == 0 ? "" : Number(logs[^1]);
        var median = logs.Count == 0 ? "" : Number(logs[logs.Count / 2]);
        Print(
            $"| {change.Name} | {promised} | {logs.Count} | {Share(small, logs.Count)} "
                + $"| {Share(large, logs.Count)} | {worst} | {median} |"
        );
        return large >= (change.Share ?? 0) * logs.Count;
    }

    private static string Share(int part, int whole) =>
        whole == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.#} %");

    private static string Number(double value) =>
        value.ToString("0.#", CultureInfo.InvariantCulture);

    private static void Print(string line) => Console.WriteLine(line);
}
