using System.Globalization;
using Concord.Cli.Weights;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Digests;
using Concord.Measures.Weights.Formats;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Concord.Zoo.Files;

namespace Concord.Bench.Weights;

/// <summary>
/// What other containers, names and converters do to digests: by how many networks the weights
/// digest is kept, and which share of the evidence-bearing bytes has equal tensors.
/// </summary>
internal static class ContainerTable
{
    private static readonly (
        string Name,
        bool Exact,
        Func<ZooNet, WeightsContents?> Make
    )[] _rows =
    [
        ("safetensors, names scrambled", true, net => InMemory.Contents(Renamed.Scrambled(net, 3))),
        ("safetensors, three shards", true, Sharded),
        ("PyTorch archive", true, net => Read("m.pt", PyTorchFile.Write(net))),
        ("safetensors F16, of F16", true, net => Narrow(net, ElementType.F16)),
        ("safetensors BF16, of BF16", true, net => Narrow(net, ElementType.BF16)),
        ("ONNX, matrices turned", false, net => Read("m.onnx", OnnxFile.Write(net))),
        ("ONNX, a byte each", false, net => Read("m.onnx", OnnxFile.Write(net, ElementType.U8))),
        ("GGUF as llama.cpp converts", false, Converted),
        ("gate and up joined (Phi)", false, net => Joined(net, Renamed.Phi)),
        ("query, key and value joined (ChatGLM)", false, net => Joined(net, Renamed.ChatGlm)),
        ("BatchNorm folded", false, Folded),
    ];

    public static bool Print(ZooShelf shelf)
    {
        Console.WriteLine(
            "| container | made | weights digest kept | bytes of equal tensors | known |"
        );
        Console.WriteLine("|---|---:|---:|---:|---:|");
        var kept = true;
        foreach (var (name, exact, make) in _rows)
        {
            var (made, same, known, shares) = (0, 0, 0, 0.0);
            foreach (var member in shelf.Bases)
            {
                var net = shelf.Net(member.Name);
                if (make(net) is not { } contents)
                {
                    continue;
                }

                var before = ZooShelf.Reading(Rounding(name, net));
                var after = Fingerprinter.Read(
                    contents,
                    [],
                    WeightsThreads.All,
                    null,
                    CancellationToken.None
                );
                var share = Share(before, after);
                var evidence = PairTest.Compare(before.Fingerprint, after.Fingerprint);
                made++;
                same += evidence.SameWeights ? 1 : 0;
                shares += share;
                known += share >= 0.5 || evidence.Decides(1_000_000) ? 1 : 0;
            }

            kept &= known == made && (!exact || same == made);
            Row(name, made, same, shares, known);
        }

        Console.WriteLine();
        return kept;
    }

    private static void Row(string name, int made, int same, double shares, int known) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {made} | {100.0 * same / made:0.#} % "
                    + $"| {100 * shares / made:0.#} % | {100.0 * known / made:0.#} % |"
            )
        );

    /// <summary>
    /// The share of the first's evidence-bearing bytes whose tensors the second has.
    /// </summary>
    private static double Share(WeightsReading before, WeightsReading after)
    {
        var there = after.Tensors.Select(tensor => tensor.Digest).ToHashSet();
        var ours = before.Tensors.Where(tensor => tensor.Kind == EvidenceKind.Evidence).ToArray();
        return (double)
                ours.Where(tensor => there.Contains(tensor.Digest)).Sum(t => t.Tensor.ByteLength)
            / ours.Sum(tensor => tensor.Tensor.ByteLength);
    }

    private static ZooNet Rounding(string name, ZooNet net) =>
        name.Contains("BF16", StringComparison.Ordinal) ? Every(ElementType.BF16, net)
        : name.Contains("F16", StringComparison.Ordinal) ? Every(ElementType.F16, net)
        : net;

    private static ZooNet Every(ElementType element, ZooNet net) =>
        net.Each(tensor =>
            tensor with
            {
                Values = StoredAs.Values(element, StoredAs.Bytes(element, tensor.Values)),
            }
        );

    private static WeightsContents Narrow(ZooNet net, ElementType element) =>
        Read("m.safetensors", SafetensorsFile.Write(Every(element, net), element));

    private static WeightsContents? Converted(ZooNet net) =>
        net.Architecture is "llama" ? Read("m.gguf", GgufFile.Write(net, ElementType.F32)) : null;

    private static WeightsContents? Joined(ZooNet net, Func<ZooNet, ZooNet> join) =>
        net.Architecture is "llama" ? InMemory.Contents(join(net)) : null;

    private static WeightsContents? Folded(ZooNet net) =>
        Rearranged.NormsFolded(net) is { } folded ? InMemory.Contents(folded) : null;

    private static WeightsContents Sharded(ZooNet net)
    {
        var files = SafetensorsFile.Shards(net, 3);
        var index = files.Keys.Single(name => name.EndsWith(".json", StringComparison.Ordinal));
        return WeightsReader.Read(
            new MemoryBytes(index, files[index]),
            name => files.TryGetValue(name, out var bytes) ? new MemoryBytes(name, bytes) : null
        );
    }

    private static WeightsContents Read(string name, byte[] bytes) =>
        WeightsReader.Read(new MemoryBytes(name, bytes), _ => null);
}
