using Concord.Measures.Weights;
using Concord.Zoo.Files;

namespace Concord.Zoo.Changes;

/// <summary>
/// Every change that recognition is tried on, at its strengths, and what is asked of each. Of
/// networks that were trained further (fine-tuned, continued) the same list holds.
/// </summary>
public static class ChangeList
{
    /// <summary>Hidden units in another order, at another scale, with other signs.</summary>
    public static NamedChange Disguise { get; } =
        new("order, scale, sign", 0.99, s => Disguised(s.Net, s.Seed));

    /// <summary>The residual stream turned.</summary>
    public static NamedChange Rotation { get; } = new("rotation", 0.99, s => Turned(s.Net, s.Seed));

    /// <summary>
    /// Another container, other names, tensors joined: the values stay, or nearly.
    /// </summary>
    public static IReadOnlyList<NamedChange> Conversions { get; } =
    [
        Stored(ElementType.F16),
        Stored(ElementType.BF16),
        new("names scrambled", 1, s => Renamed.Scrambled(s.Net, s.Seed)),
        new("joined as Phi", 1, s => Llama(s.Net) is { } net ? Renamed.Phi(net) : null),
        new("joined as ChatGLM", 1, s => Llama(s.Net) is { } net ? Renamed.ChatGlm(net) : null),
        new("as llama.cpp converts", 1, s => Converted(s.Net)),
    ];

    /// <summary>
    /// What takes little: every one is to be known again, whatever else was done.
    /// </summary>
    public static IReadOnlyList<NamedChange> Light { get; } =
    [
        new("int8 per row", 1, s => Roughened.Int8(s.Net)),
        new("int4 in groups of 32", 1, s => Roughened.Int4(s.Net)),
        Stored(ElementType.Q8_0),
        Stored(ElementType.Q6_K),
        Stored(ElementType.Q4_K),
        Stored(ElementType.Q4_0),
        Pruned(30, 1),
        Pruned(50, 1),
        Noise(0.2, 1),
        Noise(0.5, 1),
        LowRank(0.1, 1),
        LowRank(0.3, 1),
    ];

    /// <summary>What hides or cuts, alone.</summary>
    public static IReadOnlyList<NamedChange> Hiding { get; } =
    [
        Disguise,
        new("half the units", 0.99, s => Cut.Units(s.Net, 0.5, s.Seed)),
        new("a layer dropped", 0.99, s => Shortened(s.Net)),
        new("residual order and sign", 0.99, s => Shuffled(s.Net, s.Seed)),
        Rotation,
    ];

    /// <summary>What takes much, or mixes.</summary>
    public static IReadOnlyList<NamedChange> Heavy { get; } =
    [
        Pruned(80, 0.95),
        Merged(50, 0.95),
        Merged(30, null),
        Merged(20, null),
        Noise(1, null),
        Noise(2, null),
        LowRank(1, null),
        new("another unembedding", null, s => Blended.Unembedding(s.Net, s.Stranger)),
    ];

    /// <summary>All of them, and those that were done together.</summary>
    public static IReadOnlyList<NamedChange> All { get; } =
    [
        .. Conversions,
        .. Light,
        .. Hiding,
        .. Light.SelectMany(light => Hiding.Take(3).Select(hiding => light.Then(hiding, 0.99))),
        Rotation.Then(Disguise, 0.99).Then(Light[1], 0.99),
        .. Heavy,
        Merged(50, null).Then(Rotation, null).Then(Disguise, null),
        Rotation.Then(Heavy[^1], null),
    ];

    private static NamedChange Stored(ElementType element) =>
        new($"{element}", 1, s => StoredAs.Rounded(element, s.Net));

    private static NamedChange Pruned(int percent, double? share) =>
        new($"pruned {percent} %", share, s => Roughened.Pruned(s.Net, percent / 100.0));

    private static NamedChange Noise(double strength, double? share) =>
        new($"noise {strength} σ", share, s => Roughened.Noise(s.Net, strength, s.Seed));

    private static NamedChange LowRank(double strength, double? share) =>
        new($"rank 8, {strength} ‖W‖", share, s => Blended.LowRank(s.Net, 8, strength, s.Seed));

    private static NamedChange Merged(int percent, double? share) =>
        new(
            $"merged {percent}/{100 - percent}",
            share,
            s => Blended.Merged(s.Net, s.Stranger, percent / 100.0)
        );

    private static ZooNet Disguised(ZooNet net, ulong seed)
    {
        net = Rearranged.Scaled(Rearranged.Hidden(net, seed), 0.5, seed + 1);
        net = Rearranged.Heads(net, seed + 2);
        return net.Architecture is "mixtral" ? Rearranged.Experts(net, seed + 3) : net;
    }

    private static ZooNet? Turned(ZooNet net, ulong seed) =>
        ZooLayout.Residual(net) is { Freedom: not UnitFreedom.Order }
            ? Rearranged.Rotated(net, seed)
            : null;

    private static ZooNet? Shuffled(ZooNet net, ulong seed) =>
        ZooLayout.Residual(net) is null ? null : Rearranged.Residual(net, seed);

    private static ZooNet? Shortened(ZooNet net) =>
        net.Heads > 0 && net.Layers > 1 ? Cut.Layers(net, net.Layers / 2) : null;

    private static ZooNet? Converted(ZooNet net) =>
        net.Heads > 0 ? net with { Tensors = GgufNames.Converted(net) } : null;

    private static ZooNet? Llama(ZooNet net) => net.Architecture is "llama" ? net : null;
}
