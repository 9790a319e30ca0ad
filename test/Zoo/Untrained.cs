namespace Concord.Zoo;

/// <summary>
/// A network of values by chance, wide enough to be recognised: what is done to it is seen as well
/// as in a trained one.
/// </summary>
public static class Untrained
{
    private const int Vocabulary = 256;

    // What comes in, then what each convolution gives.
    private static readonly int[] s_channels = [8, 64, 96, 128];

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

    /// <summary>An LSTM.</summary>
    /// <param name="seed">Another seed, another network.</param>
    /// <param name="units">Units of a layer, and the width of the table.</param>
    /// <param name="bothWays">
    /// Whether each layer reads forwards and backwards, so many units each.
    /// </param>
    /// <param name="layers">How many layers.</param>
    public static ZooNet Lstm(ulong seed, int units = 96, bool bothWays = false, int layers = 2)
    {
        var chance = new Chance(seed);
        return new()
        {
            Architecture = "lstm",
            Heads = 1,
            KvHeads = 1,
            Tensors = [.. Lstm(units, bothWays, layers).Select(tensor => Some(tensor, chance))],
        };
    }

    /// <summary>
    /// Three convolutions, a BatchNorm after each: some channels are much larger than others, which
    /// the norm makes up for, and a quarter of its gains are negative.
    /// </summary>
    /// <param name="seed">Another seed, another network.</param>
    public static ZooNet Conv(ulong seed)
    {
        var chance = new Chance(seed);
        var tensors = new List<ZooTensor>();
        for (var layer = 0; layer + 1 < s_channels.Length; layer++)
        {
            var (inner, outer) = (s_channels[layer], s_channels[layer + 1]);
            var (at, norm) = ($"features.{3 * layer}.", $"features.{(3 * layer) + 1}.");
            var sizes = Array.ConvertAll(chance.Normals(outer), x => Math.Exp(0.5 * x));
            tensors.Add(Some((at + "weight", [outer, inner, 3]), chance).Scale(0, sizes));
            tensors.Add(Some((at + "bias", [outer]), chance));
            tensors.Add(
                Some((norm + "weight", [outer]), chance)
                    .With((gain, _) => chance.Uniform() < 0.25 ? -gain : gain)
            );
            tensors.Add(Some((norm + "bias", [outer]), chance));
            tensors.Add(Some((norm + "running_mean", [outer]), chance));
            tensors.Add(
                Some((norm + "running_var", [outer]), chance)
                    .With((_, unit) => (float)(sizes[unit] * sizes[unit]))
            );
            tensors.Add(new(norm + "num_batches_tracked", [], [1000]));
        }

        tensors.Add(Some(("classifier.weight", [12, s_channels[^1]]), chance));
        tensors.Add(Some(("classifier.bias", [12]), chance));
        return new() { Architecture = "conv", Tensors = tensors };
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

    private static IEnumerable<(string Name, int[] Shape)> Lstm(
        int units,
        bool bothWays,
        int layers
    )
    {
        var written = bothWays ? 2 * units : units;
        yield return ("encoder.weight", [Vocabulary, units]);
        for (var layer = 0; layer < layers; layer++)
        {
            foreach (var way in (string[])(bothWays ? ["", "_reverse"] : [""]))
            {
                var end = $"_l{layer}{way}";
                yield return ("rnn.weight_ih" + end, [4 * units, layer == 0 ? units : written]);
                yield return ("rnn.weight_hh" + end, [4 * units, units]);
                yield return ("rnn.bias_ih" + end, [4 * units]);
                yield return ("rnn.bias_hh" + end, [4 * units]);
            }
        }

        yield return ("decoder.weight", [Vocabulary, written]);
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
