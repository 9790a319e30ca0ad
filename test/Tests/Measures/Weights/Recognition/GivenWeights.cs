using System.Runtime.InteropServices;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Formats;
using Concord.Zoo;
using Concord.Zoo.Files;

namespace Concord.Tests.Measures.Weights.Recognition;

/// <summary>Networks by chance, large enough to be evidence, and what is read of them.</summary>
internal static class GivenWeights
{
    public static ZooNet Llama(ulong seed, int layers = 3, int width = 64, int units = 96)
    {
        var chance = new Chance(seed);
        var tensors = new List<ZooTensor>
        {
            Some("lm_head.weight", [128, width], chance),
            Some("model.embed_tokens.weight", [128, width], chance),
            Gain("model.norm.weight", width, chance),
        };
        for (var layer = 0; layer < layers; layer++)
        {
            var at = $"model.layers.{layer}.";
            tensors.Add(Gain(at + "input_layernorm.weight", width, chance));
            tensors.Add(Gain(at + "post_attention_layernorm.weight", width, chance));
            tensors.Add(Some(at + "self_attn.q_proj.weight", [width, width], chance));
            tensors.Add(Some(at + "self_attn.k_proj.weight", [width, width], chance));
            tensors.Add(Some(at + "self_attn.v_proj.weight", [width, width], chance));
            tensors.Add(Some(at + "self_attn.o_proj.weight", [width, width], chance));
            tensors.Add(Some(at + "mlp.gate_proj.weight", [units, width], chance));
            tensors.Add(Some(at + "mlp.up_proj.weight", [units, width], chance));
            tensors.Add(Some(at + "mlp.down_proj.weight", [width, units], chance));
        }

        return new()
        {
            Architecture = "llama",
            Heads = 4,
            KvHeads = 4,
            Tensors = tensors,
        };
    }

    public static ZooTensor Some(string name, int[] shape, Chance chance) =>
        new(
            name,
            shape,
            Array.ConvertAll(
                chance.Normals(shape.Aggregate(1, (a, b) => a * b)),
                value => (float)(0.3 * value)
            )
        );

    public static ZooTensor Gain(string name, int width, Chance chance) =>
        new(name, [width], Array.ConvertAll(chance.Normals(width), x => (float)(1 + (0.1 * x))));

    public static WeightsReading Read(ZooNet net) => Read(InMemory.Contents(net));

    public static WeightsReading Read(WeightsContents contents, int workers = 2) =>
        Fingerprinter.Read(
            contents,
            [],
            workers == 1 ? Fingerprinter.OneByOne : (steps, step) => Parallel.For(0, steps, step),
            progress: null,
            CancellationToken.None
        );

    public static Fingerprint Of(ZooNet net) => Read(net).Fingerprint;

    /// <summary>The fingerprint of a file that needs no other.</summary>
    public static Fingerprint OfFile(byte[] file) =>
        Read(WeightsReader.Read(new MemoryBytes("file", file), _ => null)).Fingerprint;

    /// <summary>Some tensors as if a file held them.</summary>
    public static WeightsContents Contents(params WeightsTensor[] tensors) =>
        new()
        {
            Format = WeightsFormat.Safetensors,
            Tensors = tensors,
            Claims = new Dictionary<string, string>(StringComparer.Ordinal),
            Notes = [],
        };

    public static WeightsTensor Tensor(
        string name,
        long[] shape,
        ElementType element,
        ReadOnlySpan<byte> bytes
    ) =>
        new()
        {
            Name = name,
            Shape = shape,
            Element = element,
            Source = new MemoryBytes(name, bytes.ToArray()),
            Offset = 0,
            ByteLength = bytes.Length,
            Elements = shape.Aggregate(1L, (a, b) => a * b),
        };

    public static WeightsTensor Tensor(string name, long[] shape, float[] values) =>
        Tensor(name, shape, ElementType.F32, MemoryMarshal.AsBytes<float>(values));
}
