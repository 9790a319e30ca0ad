using System.Collections.Frozen;
using System.Globalization;

namespace Concord.Measures.Weights.Roles;

/// <summary>
/// The roles of tensors by the names that libraries give them: transformers' architectures, the
/// original Llama, GGUF (llama.cpp's gguf-py constants).
/// </summary>
internal static class RoleNames
{
    private static readonly FrozenDictionary<string, TensorRole> _byEnd = new Dictionary<
        string,
        TensorRole
    >(StringComparer.Ordinal)
    {
        ["embed_tokens"] = TensorRole.Embedding,
        ["token_embd"] = TensorRole.Embedding,
        ["tok_embeddings"] = TensorRole.Embedding,
        ["word_embeddings"] = TensorRole.Embedding,
        ["wte"] = TensorRole.Embedding,
        ["embed_in"] = TensorRole.Embedding,
        ["embedding"] = TensorRole.Embedding,
        ["embeddings"] = TensorRole.Embedding,
        ["embed"] = TensorRole.Embedding,
        ["emb"] = TensorRole.Embedding,
        ["shared"] = TensorRole.Embedding,
        ["encoder"] = TensorRole.Embedding,
        ["decoder"] = TensorRole.Unembedding,
        ["lm_head"] = TensorRole.Unembedding,
        ["embed_out"] = TensorRole.Unembedding,
        ["output"] = TensorRole.Unembedding,
        ["output_layer"] = TensorRole.Unembedding,
        ["ln_f"] = TensorRole.FinalGain,
        ["output_norm"] = TensorRole.FinalGain,
        ["norm_f"] = TensorRole.FinalGain,
        ["norm"] = TensorRole.FinalGain,
        ["final_layer_norm"] = TensorRole.FinalGain,
        ["final_layernorm"] = TensorRole.FinalGain,
        ["pre_feedforward_layernorm"] = TensorRole.FeedForwardGain,
        ["post_attention_layernorm"] = TensorRole.FeedForwardGain,
        ["ffn_norm"] = TensorRole.FeedForwardGain,
        ["ln_2"] = TensorRole.FeedForwardGain,
        ["mlp_norm"] = TensorRole.FeedForwardGain,
        ["norm2"] = TensorRole.FeedForwardGain,
        ["norm_2"] = TensorRole.FeedForwardGain,
        ["layernorm_after"] = TensorRole.FeedForwardGain,
        ["layer_norm2"] = TensorRole.FeedForwardGain,
        ["gate_proj"] = TensorRole.Gate,
        ["ffn_gate"] = TensorRole.Gate,
        ["ffn_gate_exps"] = TensorRole.Gate,
        ["w1"] = TensorRole.Gate,
        ["wi_0"] = TensorRole.Gate,
        ["up_proj"] = TensorRole.Up,
        ["ffn_up"] = TensorRole.Up,
        ["ffn_up_exps"] = TensorRole.Up,
        ["w3"] = TensorRole.Up,
        ["wi_1"] = TensorRole.Up,
        ["wi"] = TensorRole.Up,
        ["c_fc"] = TensorRole.Up,
        ["fc1"] = TensorRole.Up,
        ["fc_in"] = TensorRole.Up,
        ["lin1"] = TensorRole.Up,
        ["linear1"] = TensorRole.Up,
        ["dense_h_to_4h"] = TensorRole.Up,
        ["intermediate.dense"] = TensorRole.Up,
        ["intermediate_dense"] = TensorRole.Up,
        ["ffn"] = TensorRole.Up,
        ["gate_up_proj"] = TensorRole.GateUp,
        ["down_proj"] = TensorRole.Down,
        ["ffn_down"] = TensorRole.Down,
        ["ffn_down_exps"] = TensorRole.Down,
        ["w2"] = TensorRole.Down,
        ["wo"] = TensorRole.Down,
        ["mlp.c_proj"] = TensorRole.Down,
        ["fc2"] = TensorRole.Down,
        ["fc_out"] = TensorRole.Down,
        ["lin2"] = TensorRole.Down,
        ["linear2"] = TensorRole.Down,
        ["dense_4h_to_h"] = TensorRole.Down,
        ["output.dense"] = TensorRole.Down,
        ["output_dense"] = TensorRole.Down,
        ["ffn_output"] = TensorRole.Down,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The role that a name tells of.</summary>
    public static RolePlace Of(string name)
    {
        var parts = name.ToLowerInvariant().Split('.', '/', ':');
        var end = parts.Length;
        while (end > 0 && parts[end - 1] is "weight" or "kernel" or "gamma" or "data")
        {
            end--;
        }

        if (end == 0 || parts[end - 1] is "bias" or "beta" || name.Contains("bias"))
        {
            return new(TensorRole.Other, -1, -1);
        }

        var last = parts[end - 1];
        var two = end > 1 ? $"{parts[end - 2]}.{last}" : last;
        var layer = NumberIn(parts.AsSpan(0, end), after: null);
        var expert = NumberIn(parts.AsSpan(0, end), after: "experts");
        if (!_byEnd.TryGetValue(two, out var role) && !_byEnd.TryGetValue(last, out role))
        {
            return new(TensorRole.Other, layer, expert);
        }

        return Within(new(role, layer, expert), parts.AsSpan(0, end));
    }

    /// <summary>The same word has another meaning within a layer, or within attention.</summary>
    private static RolePlace Within(RolePlace place, ReadOnlySpan<string> parts) =>
        place switch
        {
            { Role: TensorRole.FinalGain, Layer: >= 0 } => parts[^1] is "final_layer_norm"
                ? place with
                {
                    Role = TensorRole.FeedForwardGain,
                }
                : place with
                {
                    Role = TensorRole.Other,
                },
            { Role: TensorRole.Unembedding, Layer: >= 0 } => place with { Role = TensorRole.Other },
            { Role: TensorRole.Down } when parts.Contains("attention") || parts.Contains("attn") =>
                place with
                {
                    Role = TensorRole.Other,
                },
            _ => place,
        };

    private static int NumberIn(ReadOnlySpan<string> parts, string? after)
    {
        for (var at = 0; at < parts.Length; at++)
        {
            if (
                int.TryParse(
                    parts[at],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                && (
                    after is null
                    || (at > 0 && string.Equals(parts[at - 1], after, StringComparison.Ordinal))
                )
            )
            {
                return number;
            }
        }

        return -1;
    }
}
