using Concord.Measures.Weights;

namespace Concord.Zoo.Files;

/// <summary>What a GGUF file says of itself.</summary>
internal static class GgufKeys
{
    /// <summary>The keys and their values, in order.</summary>
    public static IReadOnlyList<(string Key, object Value)> Of(
        ZooNet net,
        ElementType element,
        IReadOnlyList<string>? vocabulary
    )
    {
        var llama = net.Architecture is not "gpt2";
        var name = llama ? "llama" : "gpt2";
        var width = net[llama ? "model.norm.weight" : "transformer.ln_f.weight"].Shape[0];
        var hidden = ZooLayout.Hidden(net)[0].Count;
        List<(string, object)> keys =
        [
            ("general.architecture", name),
            ("general.name", "zoo"),
            ("general.file_type", FileType(element)),
            ($"{name}.block_count", (uint)net.Layers),
            ($"{name}.context_length", 64u),
            ($"{name}.embedding_length", (uint)width),
            ($"{name}.feed_forward_length", (uint)hidden),
            ($"{name}.attention.head_count", (uint)net.Heads),
        ];
        if (llama)
        {
            keys.Add(("llama.attention.head_count_kv", (uint)net.KvHeads));
            keys.Add(("llama.attention.layer_norm_rms_epsilon", 1e-5f));
            keys.Add(("llama.rope.dimension_count", (uint)(width / net.Heads)));
        }
        else
        {
            keys.Add(("gpt2.attention.layer_norm_epsilon", 1e-5f));
        }

        if (ZooLayout.Experts(net) is > 0 and var experts)
        {
            keys.Add(("llama.expert_count", (uint)experts));
            keys.Add(("llama.expert_used_count", 2u));
        }

        if (vocabulary is not null)
        {
            keys.Add(("tokenizer.ggml.model", "llama"));
            keys.Add(("tokenizer.ggml.tokens", vocabulary));
        }

        return keys;
    }

    private static uint FileType(ElementType element) =>
        element switch
        {
            ElementType.F16 => 1,
            ElementType.Q4_0 => 2,
            ElementType.Q8_0 => 7,
            ElementType.Q4_K => 15,
            ElementType.Q6_K => 18,
            ElementType.BF16 => 32,
            _ => 0,
        };
}
