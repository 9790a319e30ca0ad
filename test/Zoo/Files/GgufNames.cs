namespace Concord.Zoo.Files;

/// <summary>The tensors of a network as llama.cpp's converter hands them on.</summary>
public static class GgufNames
{
    /// <summary>Renamed, queries and keys in llama.cpp's order, experts together.</summary>
    public static IReadOnlyList<ZooTensor> Converted(ZooNet net) =>
        net.Architecture switch
        {
            "llama" or "mixtral" => [.. OfLlama(net)],
            "gpt2" => [.. net.Tensors.Select(OfGpt2)],
            _ => throw new ArgumentException($"GGUF has no {net.Architecture}.", nameof(net)),
        };

    /// <summary>
    /// Rows of each head: what was the first half and the second half becomes pairs, since
    /// llama.cpp turns neighbours.
    /// </summary>
    public static ZooTensor Paired(ZooTensor tensor, int heads)
    {
        var size = tensor.Shape[0] / heads;
        var places =
            from head in Enumerable.Range(0, heads)
            from i in Enumerable.Range(0, size)
            select head * size + i / 2 + i % 2 * (size / 2);
        return tensor.Select(0, [.. places]);
    }

    private static readonly Dictionary<string, string> s_outside = new(StringComparer.Ordinal)
    {
        ["model.embed_tokens.weight"] = "token_embd.weight",
        ["model.norm.weight"] = "output_norm.weight",
        ["lm_head.weight"] = "output.weight",
        ["transformer.wte.weight"] = "token_embd.weight",
        ["transformer.wpe.weight"] = "position_embd.weight",
        ["transformer.ln_f.weight"] = "output_norm.weight",
        ["transformer.ln_f.bias"] = "output_norm.bias",
    };

    private static readonly Dictionary<string, string> s_inside = new(StringComparer.Ordinal)
    {
        ["input_layernorm"] = "attn_norm",
        ["self_attn.q_proj"] = "attn_q",
        ["self_attn.k_proj"] = "attn_k",
        ["self_attn.v_proj"] = "attn_v",
        ["self_attn.o_proj"] = "attn_output",
        ["post_attention_layernorm"] = "ffn_norm",
        ["mlp.gate_proj"] = "ffn_gate",
        ["mlp.up_proj"] = "ffn_up",
        ["mlp.down_proj"] = "ffn_down",
        ["block_sparse_moe.gate"] = "ffn_gate_inp",
        ["ln_1"] = "attn_norm",
        ["attn.c_attn"] = "attn_qkv",
        ["attn.c_proj"] = "attn_output",
        ["ln_2"] = "ffn_norm",
        ["mlp.c_fc"] = "ffn_up",
        ["mlp.c_proj"] = "ffn_down",
    };

    private static IEnumerable<ZooTensor> OfLlama(ZooNet net)
    {
        foreach (var tensor in net.Tensors)
        {
            if (tensor.Name.Contains(".experts.", StringComparison.Ordinal))
            {
                if (tensor.Name.Contains(".experts.0.", StringComparison.Ordinal))
                {
                    yield return Stacked(net, tensor.Name);
                }

                continue;
            }

            var heads = tensor.Name switch
            {
                var name when name.EndsWith("q_proj.weight", StringComparison.Ordinal) => net.Heads,
                var name when name.EndsWith("k_proj.weight", StringComparison.Ordinal) =>
                    net.KvHeads,
                _ => 0,
            };
            var paired = heads > 0 ? Paired(tensor, heads) : tensor;
            yield return paired with
            {
                Name = Named(tensor.Name, "model.layers."),
            };
        }
    }

    private static ZooTensor Stacked(ZooNet net, string first)
    {
        var count = ZooLayout.Experts(net);
        var parts = Enumerable
            .Range(0, count)
            .Select(e =>
                net[first.Replace(".experts.0.", $".experts.{e}.", StringComparison.Ordinal)]
            );
        var joined = ZooTensor.Joined("", [.. parts]);
        var kind = first switch
        {
            var name when name.EndsWith("w1.weight", StringComparison.Ordinal) => "gate",
            var name when name.EndsWith("w2.weight", StringComparison.Ordinal) => "down",
            _ => "up",
        };
        return new(
            $"blk.{ZooNet.LayerOf(first)}.ffn_{kind}_exps.weight",
            [count, joined.Shape[0] / count, joined.Shape[1]],
            joined.Values
        );
    }

    /// <summary>
    /// GPT-2's matrices lie in × out, and go out × in; its tables lie as they go.
    /// </summary>
    private static ZooTensor OfGpt2(ZooTensor tensor)
    {
        var turned = tensor.Name.Contains(".c_", StringComparison.Ordinal) && tensor.IsMatrix;
        return (turned ? tensor.Transposed() : tensor) with
        {
            Name = Named(tensor.Name, "transformer.h."),
        };
    }

    private static string Named(string name, string prefix)
    {
        if (s_outside.TryGetValue(name, out var outside))
        {
            return outside;
        }

        var layer = ZooNet.LayerOf(name);
        var rest = name[$"{prefix}{layer}.".Length..];
        var cut = rest.LastIndexOf('.');
        return $"blk.{layer}.{s_inside[rest[..cut]]}{rest[cut..]}";
    }
}
