namespace Concord.Zoo;

/// <summary>
/// A network of values by chance, wide enough to be recognised: what is done to it is seen as well
/// as in a trained one.
/// </summary>
public static class Untrained
{
    private const int Vocabulary = 256;

    /// <summary>A SwiGLU transformer of two layers.</summary>
    /// <param name="seed">Another seed, another network.</param>
    /// <param name="width">The width of the stream.</param>
    /// <param name="hidden">Hidden units of a layer.</param>
    public static ZooNet Llama(ulong seed, int width = 64, int hidden = 96)
    {
        var chance = new Chance(seed);
        return new()
        {
            Architecture = "llama",
            Heads = 4,
            KvHeads = 4,
            Tensors = [.. Shapes(width, hidden).Select(tensor => Some(tensor, chance))],
        };
    }

    /// <summary>An LSTM of two layers.</summary>
    /// <param name="seed">Another seed, another network.</param>
    /// <param name="units">Units of a layer, and the width of the table.</param>
    public static ZooNet Lstm(ulong seed, int units = 96)
    {
        var chance = new Chance(seed);
        return new()
        {
            Architecture = "lstm",
            Heads = 1,
            KvHeads = 1,
            Tensors = [.. Lstm(units).Select(tensor => Some(tensor, chance))],
        };
    }

    private static ZooTensor Some((string Name, int[] Shape) tensor, Chance chance) =>
        new(
            tensor.Name,
            tensor.Shape,
            Array.ConvertAll(
                chance.Normals(tensor.Shape.Aggregate(1, (a, b) => a * b)),
                value => (float)((tensor.Shape.Length == 1 ? 1 : 0) + (0.1 * value))
            )
        );

    private static IEnumerable<(string Name, int[] Shape)> Lstm(int units)
    {
        yield return ("encoder.weight", [Vocabulary, units]);
        for (var layer = 0; layer < 2; layer++)
        {
            yield return ($"rnn.weight_ih_l{layer}", [4 * units, units]);
            yield return ($"rnn.weight_hh_l{layer}", [4 * units, units]);
            yield return ($"rnn.bias_ih_l{layer}", [4 * units]);
            yield return ($"rnn.bias_hh_l{layer}", [4 * units]);
        }

        yield return ("decoder.weight", [Vocabulary, units]);
        yield return ("decoder.bias", [Vocabulary]);
    }

    private static IEnumerable<(string Name, int[] Shape)> Shapes(int width, int hidden)
    {
        yield return ("model.embed_tokens.weight", [Vocabulary, width]);
        for (var layer = 0; layer < 2; layer++)
        {
            var at = $"model.layers.{layer}.";
            yield return (at + "input_layernorm.weight", [width]);
            yield return (at + "post_attention_layernorm.weight", [width]);
            foreach (var part in "qkvo")
            {
                yield return ($"{at}self_attn.{part}_proj.weight", [width, width]);
            }

            yield return (at + "mlp.gate_proj.weight", [hidden, width]);
            yield return (at + "mlp.up_proj.weight", [hidden, width]);
            yield return (at + "mlp.down_proj.weight", [width, hidden]);
        }

        yield return ("model.norm.weight", [width]);
        yield return ("lm_head.weight", [Vocabulary, width]);
    }
}
