using Concord.Zoo;

namespace Concord.Tests.Measures.Weights;

/// <summary>
/// What a network computes, in binary64: the outputs at every position for a few tokens, or the
/// classes of a short wave.
/// </summary>
internal static class ZooForward
{
    private static readonly int[] s_tokens = [3, 1, 4, 1, 5, 9, 2];

    public static double[][] Outputs(ZooNet net) =>
        net.Architecture switch
        {
            "llama" or "mixtral" => Llama(net),
            "gpt2" => Gpt2(net),
            "lstm" => Lstm(net),
            _ => [ZooConvolution.Outputs(net)],
        };

    private static double[][] Llama(ZooNet net)
    {
        var stream = Looked(net["model.embed_tokens.weight"]);
        foreach (var at in ZooLayout.Layers(net))
        {
            var n = Each(stream, x => Rms(x, net[at + "input_layernorm.weight"]));
            var q = Each(n, x => Linear(net[at + "self_attn.q_proj.weight"], x));
            var k = Each(n, x => Linear(net[at + "self_attn.k_proj.weight"], x));
            var v = Each(n, x => Linear(net[at + "self_attn.v_proj.weight"], x));
            var size = q[0].Length / net.Heads;
            q = [.. q.Select((x, t) => Rotary(x, t, size))];
            k = [.. k.Select((x, t) => Rotary(x, t, size))];
            var a = Attention(q, k, v, net.Heads, net.KvHeads);
            stream = Sum(stream, Each(a, x => Linear(net[at + "self_attn.o_proj.weight"], x)));
            n = Each(stream, x => Rms(x, net[at + "post_attention_layernorm.weight"]));
            var experts = net.Architecture is "mixtral";
            stream = Sum(
                stream,
                Each(n, x => experts ? Mixture(net, at, x) : Gated(net, at + "mlp.", x))
            );
        }

        var last = Each(stream, x => Rms(x, net["model.norm.weight"]));
        return Each(last, x => Linear(net["lm_head.weight"], x));
    }

    private static double[] Gated(ZooNet net, string at, double[] x) =>
        Gated(
            x,
            net[at + "gate_proj.weight"],
            net[at + "up_proj.weight"],
            net[at + "down_proj.weight"]
        );

    private static double[] Gated(double[] x, ZooTensor gate, ZooTensor up, ZooTensor down)
    {
        var opened = Array.ConvertAll(Linear(gate, x), z => z / (1 + Math.Exp(-z)));
        return Linear(down, [.. opened.Zip(Linear(up, x), (a, b) => a * b)]);
    }

    private static double[] Mixture(ZooNet net, string at, double[] x)
    {
        at += "block_sparse_moe.";
        var share = Array.ConvertAll(Linear(net[at + "gate.weight"], x), Math.Exp);
        var two = share.Select((s, i) => (s, i)).OrderByDescending(e => e.s).Take(2).ToArray();
        var sum = new double[x.Length];
        foreach (var (s, i) in two)
        {
            var expert = $"{at}experts.{i}.";
            var made = Gated(
                x,
                net[expert + "w1.weight"],
                net[expert + "w3.weight"],
                net[expert + "w2.weight"]
            );
            sum = [.. sum.Zip(made, (a, b) => a + b * s / (two[0].s + two[1].s))];
        }

        return sum;
    }

    private static double[][] Gpt2(ZooNet net)
    {
        var places = net["transformer.wpe.weight"];
        var stream = Looked(net["transformer.wte.weight"]);
        stream = [.. stream.Select((x, t) => Plus(x, Row(places, t)))];
        foreach (var at in ZooLayout.Layers(net))
        {
            var all = Each(stream, x => InOut(net, at + "attn.c_attn", Norm(net, at + "ln_1", x)));
            var d = stream[0].Length;
            var a = Attention(
                Each(all, x => x[..d]),
                Each(all, x => x[d..(2 * d)]),
                Each(all, x => x[(2 * d)..]),
                net.Heads,
                net.Heads
            );
            stream = Sum(stream, Each(a, x => InOut(net, at + "attn.c_proj", x)));
            var up = Each(stream, x => InOut(net, at + "mlp.c_fc", Norm(net, at + "ln_2", x)));
            up = Each(up, x => Array.ConvertAll(x, Gelu));
            stream = Sum(stream, Each(up, x => InOut(net, at + "mlp.c_proj", x)));
        }

        return Each(
            stream,
            x => Linear(net["transformer.wte.weight"], Norm(net, "transformer.ln_f", x))
        );
    }

    private static double[][] Lstm(ZooNet net)
    {
        var inputs = Looked(net["encoder.weight"]);
        for (var layer = 0; layer < net.Layers; layer++)
        {
            var h = new double[net[$"rnn.weight_hh_l{layer}"].RowLength];
            var c = new double[h.Length];
            for (var t = 0; t < inputs.Length; t++)
            {
                var gates = Plus(
                    Plus(
                        Linear(net[$"rnn.weight_ih_l{layer}"], inputs[t]),
                        Values(net, "ih", layer)
                    ),
                    Plus(Linear(net[$"rnn.weight_hh_l{layer}"], h), Values(net, "hh", layer))
                );
                h = new double[h.Length];
                for (var u = 0; u < h.Length; u++)
                {
                    var cell = Math.Tanh(gates[2 * h.Length + u]);
                    c[u] = Open(gates[h.Length + u]) * c[u] + Open(gates[u]) * cell;
                    h[u] = Open(gates[3 * h.Length + u]) * Math.Tanh(c[u]);
                }

                inputs[t] = h;
            }
        }

        var bias = Array.ConvertAll(net["decoder.bias"].Values, x => (double)x);
        return Each(inputs, x => Plus(Linear(net["decoder.weight"], x), bias));
    }

    private static double[] Values(ZooNet net, string which, int layer) =>
        Array.ConvertAll(net[$"rnn.bias_{which}_l{layer}"].Values, x => (double)x);

    private static double Open(double x) => 1 / (1 + Math.Exp(-x));

    private static double Gelu(double x) =>
        0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));

    private static double[] Rms(double[] x, ZooTensor gain)
    {
        var size = Math.Sqrt(x.Average(v => v * v) + 1e-5);
        return [.. x.Select((v, i) => v / size * gain.Values[i])];
    }

    private static double[] Norm(ZooNet net, string at, double[] x)
    {
        var mean = x.Average();
        var size = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)) + 1e-5);
        var (gain, bias) = (net[at + ".weight"].Values, net[at + ".bias"].Values);
        return [.. x.Select((v, i) => (v - mean) / size * gain[i] + bias[i])];
    }

    private static double[] Rotary(double[] x, int t, int size)
    {
        var turned = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var (head, at) = (i / size * size, i % size);
            var angle = t * Math.Pow(10000, -2.0 * (at % (size / 2)) / size);
            var other = at < size / 2 ? -x[head + at + size / 2] : x[head + at - size / 2];
            turned[i] = x[i] * Math.Cos(angle) + other * Math.Sin(angle);
        }

        return turned;
    }

    private static double[][] Attention(
        double[][] q,
        double[][] k,
        double[][] v,
        int heads,
        int kvHeads
    )
    {
        var size = q[0].Length / heads;
        var made = Each(q, x => new double[x.Length]);
        for (var t = 0; t < q.Length; t++)
        {
            for (var head = 0; head < heads; head++)
            {
                var (mine, its) = (head * size, head / (heads / kvHeads) * size);
                var weights = Enumerable
                    .Range(0, t + 1)
                    .Select(s => Enumerable.Range(0, size).Sum(i => q[t][mine + i] * k[s][its + i]))
                    .Select(dot => Math.Exp(dot / Math.Sqrt(size)))
                    .ToArray();
                for (var i = 0; i < size; i++)
                {
                    var mean = weights.Select((w, s) => w * v[s][its + i]).Sum() / weights.Sum();
                    made[t][mine + i] = mean;
                }
            }
        }

        return made;
    }

    private static double[] InOut(ZooNet net, string at, double[] x) =>
        Plus(
            Linear(net[at + ".weight"].Transposed(), x),
            Array.ConvertAll(net[at + ".bias"].Values, v => (double)v)
        );

    internal static double[] Linear(ZooTensor weight, double[] x)
    {
        var made = new double[weight.Shape[0]];
        for (var i = 0; i < weight.Values.Length; i++)
        {
            made[i / x.Length] += weight.Values[i] * x[i % x.Length];
        }

        return made;
    }

    private static double[][] Looked(ZooTensor table) =>
        [.. s_tokens.Select(token => Row(table, token))];

    private static double[] Row(ZooTensor table, int row) =>
        [.. table.Values.Skip(row * table.RowLength).Take(table.RowLength).Select(v => (double)v)];

    private static double[] Plus(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static double[][] Sum(double[][] a, double[][] b) => [.. a.Zip(b, Plus)];

    private static double[][] Each(double[][] x, Func<double[], double[]> f) =>
        Array.ConvertAll(x, row => f(row));
}
