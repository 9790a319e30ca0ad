using Concord.Measures.Weights;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Concord.Zoo.Files;

namespace Concord.Bench.Weights;

/// <summary>A change that recognition must see through, and how often it has to.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Promised">The share that must be recognised, in percent; 0: it is measured alone.</param>
/// <param name="Of">The architectures that it is done to; empty: all.</param>
/// <param name="Make">
/// The changed network, out of a base, a stranger of the same recipe and a seed; null: it cannot be
/// done to this one.
/// </param>
internal sealed record AccuracyRow(
    string Name,
    int Promised,
    string[] Of,
    Func<ZooNet, ZooNet, ulong, ZooNet?> Make
)
{
    private static readonly string[] _all = [];
    private static readonly string[] _turnable = ["llama", "mixtral"];
    private static readonly string[] _deep = ["llama", "mixtral", "gpt2"];

    /// <summary>The rows that change a base network without training it.</summary>
    public static IReadOnlyList<AccuracyRow> Changes { get; } =
    [
        Stored("8 bits a row", net => Roughened.Int8(net)),
        Stored("Q8_0", net => StoredAs.Rounded(ElementType.Q8_0, net)),
        Stored("Q6_K", net => StoredAs.Rounded(ElementType.Q6_K, net)),
        Stored("Q4_K", net => StoredAs.Rounded(ElementType.Q4_K, net)),
        Stored("Q4_0", net => StoredAs.Rounded(ElementType.Q4_0, net)),
        Stored("pruned 30 %", net => Roughened.Pruned(net, 0.3)),
        Stored("pruned 50 %", net => Roughened.Pruned(net, 0.5)),
        new("noise 0.2 σ", 100, _all, (net, _, seed) => Roughened.Noise(net, 0.2, seed)),
        new("noise 0.5 σ", 100, _all, (net, _, seed) => Roughened.Noise(net, 0.5, seed)),
        new(
            "low rank 8, 0.1 of the norm",
            100,
            _all,
            (net, _, s) => Blended.LowRank(net, 8, 0.1, s)
        ),
        new(
            "low rank 8, 0.3 of the norm",
            100,
            _all,
            (net, _, s) => Blended.LowRank(net, 8, 0.3, s)
        ),
        Hidden("reordered, scaled, negated", net => net),
        Hidden("the same, 4 bits", Roughened.Int4),
        Hidden("the same, Q4_K", net => StoredAs.Rounded(ElementType.Q4_K, net)),
        Hidden("the same, pruned 50 %", net => Roughened.Pruned(net, 0.5)),
        new(
            "reordered, scaled, negated, noise 0.5 σ",
            99,
            _all,
            (net, _, seed) => Roughened.Noise(Disguised(net, seed), 0.5, seed)
        ),
        new("half of the units", 99, _all, (net, _, seed) => Cut.Units(net, 0.5, seed)),
        new(
            "a layer dropped",
            99,
            _deep,
            (net, _, seed) =>
                net.Layers < 2 ? null : Cut.Layers(net, (int)(seed % (ulong)net.Layers))
        ),
        new("stream rotated", 99, _turnable, (net, _, seed) => Rearranged.Rotated(net, seed)),
        new(
            "rotated, reordered, scaled, 4 bits",
            99,
            _turnable,
            (net, _, seed) => Roughened.Int4(Disguised(Rearranged.Rotated(net, seed), seed))
        ),
        new("pruned 80 %", 95, _all, (net, _, _) => Roughened.Pruned(net, 0.8)),
        new("merged 50/50", 95, _all, (net, other, _) => Blended.Merged(net, other, 0.5)),
        new(
            "merged 30/70, the lesser",
            0,
            _all,
            (net, other, _) => Blended.Merged(net, other, 0.3)
        ),
        new(
            "merged 50/50, rotated, reordered",
            0,
            _turnable,
            (net, other, seed) =>
                Disguised(Rearranged.Rotated(Blended.Merged(net, other, 0.5), seed), seed)
        ),
        new("noise 1 σ", 0, _all, (net, _, seed) => Roughened.Noise(net, 1, seed)),
        new("output table of another", 0, _turnable, (net, o, _) => Blended.Unembedding(net, o)),
        new(
            "output table of another, rotated",
            0,
            _turnable,
            (net, other, seed) => Rearranged.Rotated(Blended.Unembedding(net, other), seed)
        ),
    ];

    /// <summary>The rows of networks that were trained on from a base.</summary>
    public static IReadOnlyList<(string Role, AccuracyRow Row)> Children { get; } =
    [
        ("ft", new("fine-tuned", 100, _all, (net, _, _) => net)),
        ("ft", Hidden("fine-tuned, reordered, scaled, negated", net => net)),
        ("cpt", new("trained on as long as before", 95, _all, (net, _, _) => net)),
        (
            "cpt",
            new(
                "trained on as long, rotated, 4 bits",
                0,
                _turnable,
                (net, _, seed) => Roughened.Int4(Disguised(Rearranged.Rotated(net, seed), seed))
            )
        ),
        ("newvocab", new("new vocabulary", 0, _all, (net, _, _) => net)),
        (
            "newvocab",
            new(
                "new vocabulary, rotated",
                0,
                _turnable,
                (net, _, seed) => Rearranged.Rotated(net, seed)
            )
        ),
        ("distill", new("distilled (no lineage in weights)", 0, _all, (net, _, _) => net)),
    ];

    public bool Fits(ZooEntry entry) => Of.Length == 0 || Of.Contains(entry.Architecture);

    private static AccuracyRow Stored(string name, Func<ZooNet, ZooNet> change) =>
        new(name, 100, _all, (net, _, _) => change(net));

    private static AccuracyRow Hidden(string name, Func<ZooNet, ZooNet> change) =>
        new(name, 99, _all, (net, _, seed) => change(Disguised(net, seed)));

    private static ZooNet Disguised(ZooNet net, ulong seed) =>
        Rearranged.Scaled(Rearranged.Hidden(net, seed), 0.5, seed + 1);
}
