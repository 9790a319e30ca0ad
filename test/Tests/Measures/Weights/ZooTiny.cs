using Concord.Zoo;

namespace Concord.Tests.Measures.Weights;

/// <summary>Tiny networks with the tensors of each architecture and values by chance.</summary>
internal static class ZooTiny
{
    public static string[] Architectures => ["llama", "mixtral", "gpt2", "lstm", "conv"];

    /// <summary>A network of an architecture.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="seed">The seed of its values.</param>
    /// <param name="wide">Whether rows of a llama fill super-blocks, but for those of down.</param>
    public static ZooNet Of(string architecture, ulong seed = 1, bool wide = false)
    {
        var chance = new Chance(seed);
        var attention = architecture is "llama" or "mixtral" or "gpt2";
        return new()
        {
            Architecture = architecture,
            Heads = attention ? 4 : 0,
            KvHeads =
                architecture is "llama" ? 2
                : attention ? 4
                : 0,
            Tensors =
            [
                .. Shapes(architecture, wide)
                    .Select(t => new ZooTensor(t.Name, t.Shape, Some(t, chance))),
            ],
        };
    }

    private static float[] Some((string Name, int[] Shape) tensor, Chance chance)
    {
        var values = chance.Normals(tensor.Shape.Aggregate(1, (a, b) => a * b));
        var positive = tensor.Name.EndsWith("running_var", StringComparison.Ordinal);
        return Array.ConvertAll(values, x => (float)(positive ? x * x + 0.5 : 0.4 * x));
    }

    private static IEnumerable<(string Name, int[] Shape)> Shapes(string architecture, bool wide) =>
        architecture switch
        {
            "llama" => Llama(experts: false, d: wide ? 256 : 16, hidden: wide ? 32 : 24),
            "mixtral" => Llama(experts: true, d: wide ? 256 : 16, hidden: wide ? 32 : 24),
            "gpt2" => Gpt2(),
            "lstm" => Lstm(),
            _ => Conv(),
        };

    private static IEnumerable<(string Name, int[] Shape)> Llama(bool experts, int d, int hidden)
    {
        var keys = experts ? d : d / 2;
        yield return ("lm_head.weight", [11, d]);
        yield return ("model.embed_tokens.weight", [11, d]);
        for (var i = 0; i < 2; i++)
        {
            var at = $"model.layers.{i}.";
            yield return (at + "input_layernorm.weight", [d]);
            yield return (at + "post_attention_layernorm.weight", [d]);
            yield return (at + "self_attn.q_proj.weight", [d, d]);
            yield return (at + "self_attn.k_proj.weight", [keys, d]);
            yield return (at + "self_attn.v_proj.weight", [keys, d]);
            yield return (at + "self_attn.o_proj.weight", [d, d]);
            foreach (var tensor in experts ? Experts(at, d, hidden) : Gated(at, d, hidden))
            {
                yield return tensor;
            }
        }

        yield return ("model.norm.weight", [d]);
    }

    private static IEnumerable<(string Name, int[] Shape)> Gated(string at, int d, int hidden)
    {
        yield return (at + "mlp.gate_proj.weight", [hidden, d]);
        yield return (at + "mlp.up_proj.weight", [hidden, d]);
        yield return (at + "mlp.down_proj.weight", [d, hidden]);
    }

    private static IEnumerable<(string Name, int[] Shape)> Experts(string at, int d, int hidden)
    {
        yield return (at + "block_sparse_moe.gate.weight", [4, d]);
        for (var e = 0; e < 4; e++)
        {
            yield return ($"{at}block_sparse_moe.experts.{e}.w1.weight", [hidden, d]);
            yield return ($"{at}block_sparse_moe.experts.{e}.w2.weight", [d, hidden]);
            yield return ($"{at}block_sparse_moe.experts.{e}.w3.weight", [hidden, d]);
        }
    }

    private static IEnumerable<(string Name, int[] Shape)> Gpt2()
    {
        yield return ("transformer.wte.weight", [11, 16]);
        yield return ("transformer.wpe.weight", [8, 16]);
        for (var i = 0; i < 2; i++)
        {
            var at = $"transformer.h.{i}.";
            foreach (var norm in (string[])["ln_1", "ln_2"])
            {
                yield return ($"{at}{norm}.weight", [16]);
                yield return ($"{at}{norm}.bias", [16]);
            }

            yield return (at + "attn.c_attn.weight", [16, 48]);
            yield return (at + "attn.c_attn.bias", [48]);
            yield return (at + "attn.c_proj.weight", [16, 16]);
            yield return (at + "attn.c_proj.bias", [16]);
            yield return (at + "mlp.c_fc.weight", [16, 32]);
            yield return (at + "mlp.c_fc.bias", [32]);
            yield return (at + "mlp.c_proj.weight", [32, 16]);
            yield return (at + "mlp.c_proj.bias", [16]);
        }

        yield return ("transformer.ln_f.weight", [16]);
        yield return ("transformer.ln_f.bias", [16]);
    }

    private static IEnumerable<(string Name, int[] Shape)> Lstm()
    {
        yield return ("encoder.weight", [11, 12]);
        for (var i = 0; i < 2; i++)
        {
            yield return ($"rnn.weight_ih_l{i}", [48, 12]);
            yield return ($"rnn.weight_hh_l{i}", [48, 12]);
            yield return ($"rnn.bias_ih_l{i}", [48]);
            yield return ($"rnn.bias_hh_l{i}", [48]);
        }

        yield return ("decoder.weight", [11, 12]);
        yield return ("decoder.bias", [11]);
    }

    /// <summary>Its first convolution is normalised, its second is not.</summary>
    private static IEnumerable<(string Name, int[] Shape)> Conv()
    {
        yield return ("features.0.weight", [8, 1, 9]);
        yield return ("features.0.bias", [8]);
        foreach (var name in (string[])["weight", "bias", "running_mean", "running_var"])
        {
            yield return ($"features.1.{name}", [8]);
        }

        yield return ("features.3.weight", [12, 8, 9]);
        yield return ("features.3.bias", [12]);
        yield return ("classifier.weight", [5, 12]);
        yield return ("classifier.bias", [5]);
    }
}
