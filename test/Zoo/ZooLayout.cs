namespace Concord.Zoo;

/// <summary>Where the interchangeable units of each architecture lie.</summary>
public static class ZooLayout
{
    /// <summary>The hidden units, a group for each layer or expert.</summary>
    public static IReadOnlyList<UnitGroup> Hidden(ZooNet net) =>
        net.Architecture switch
        {
            "llama" => [.. Layers(net).Select(at => Gated(net, at + "mlp", LlamaGate))],
            "mixtral" =>
            [
                .. from at in Layers(net)
                from expert in Enumerable.Range(0, Experts(net))
                select Gated(net, $"{at}block_sparse_moe.experts.{expert}", MixtralGate),
            ],
            "gpt2" => [.. Layers(net).Select(at => Gelu(net, at))],
            "lstm" => [.. Enumerable.Range(0, net.Layers).Select(layer => Lstm(net, layer))],
            "conv" => [.. Convolutions(net).Select((_, i) => Channels(net, i))],
            _ => throw new ArgumentException($"No architecture {net.Architecture}.", nameof(net)),
        };

    /// <summary>
    /// The heads of attention, a group for each layer; with fewer heads of keys, those.
    /// </summary>
    public static IReadOnlyList<UnitGroup> Heads(ZooNet net) =>
        net.Architecture switch
        {
            "llama" or "mixtral" => [.. Layers(net).Select(at => LlamaHeads(net, at))],
            "gpt2" => [.. Layers(net).Select(at => Gpt2Heads(net, at))],
            _ => [],
        };

    /// <summary>
    /// The axis that all layers read and add to; of an LSTM the axis of its embedding. Null: there
    /// is none.
    /// </summary>
    public static UnitGroup? Residual(ZooNet net) =>
        net.Architecture switch
        {
            "llama" or "mixtral" => LlamaResidual(net),
            "gpt2" => Gpt2Residual(net),
            "lstm" => new(
                net["encoder.weight"].RowLength,
                UnitFreedom.Sign,
                [
                    new("encoder.weight", 1, SlotSide.Times),
                    new("rnn.weight_ih_l0", 1, SlotSide.Times),
                ]
            ),
            _ => null,
        };

    /// <summary>
    /// Gains of RMSNorm, each with the tensors that read what it has multiplied, along their last
    /// axis.
    /// </summary>
    public static IEnumerable<(string Gain, string[] Readers)> Gains(ZooNet net)
    {
        foreach (var at in Layers(net))
        {
            yield return (
                at + "input_layernorm.weight",
                [.. "qkv".Select(c => $"{at}self_attn.{c}_proj.weight")]
            );
            yield return (
                at + "post_attention_layernorm.weight",
                [
                    .. net
                        .Tensors.Select(t => t.Name)
                        .Where(name => name.StartsWith(at, StringComparison.Ordinal))
                        .Where(name => s_reading.Any(end => name.EndsWith(end, Ordinal))),
                ]
            );
        }

        yield return ("model.norm.weight", ["lm_head.weight"]);
    }

    /// <summary>How many experts a layer has.</summary>
    public static int Experts(ZooNet net) =>
        net.Find("model.layers.0.block_sparse_moe.gate.weight")?.Shape[0] ?? 0;

    /// <summary>What the names of each layer begin with.</summary>
    public static IEnumerable<string> Layers(ZooNet net) =>
        Enumerable
            .Range(0, net.Layers)
            .Select(i => net.Architecture is "gpt2" ? $"transformer.h.{i}." : $"model.layers.{i}.");

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static readonly string[] s_reading =
    [
        "gate_proj.weight",
        "up_proj.weight",
        "moe.gate.weight",
        "w1.weight",
        "w3.weight",
    ];

    private static (string Gate, string Up, string Down) LlamaGate =>
        ("gate_proj", "up_proj", "down_proj");

    private static (string Gate, string Up, string Down) MixtralGate => ("w1", "w3", "w2");

    private static UnitGroup Gated(
        ZooNet net,
        string at,
        (string Gate, string Up, string Down) of
    ) =>
        new(
            net[$"{at}.{of.Gate}.weight"].Shape[0],
            UnitFreedom.Scale,
            [
                new($"{at}.{of.Gate}.weight", 0),
                new($"{at}.{of.Up}.weight", 0, SlotSide.Times),
                new($"{at}.{of.Down}.weight", 1, SlotSide.Over),
            ]
        );

    private static UnitGroup Gelu(ZooNet net, string at) =>
        new(
            net[at + "mlp.c_fc.bias"].Shape[0],
            UnitFreedom.Order,
            [
                new(at + "mlp.c_fc.weight", 1),
                new(at + "mlp.c_fc.bias", 0),
                new(at + "mlp.c_proj.weight", 0),
            ]
        );

    /// <summary>
    /// Gates in PyTorch's order: input, forget, cell, output. A unit of the other sign has its cell
    /// input turned, and what reads it.
    /// </summary>
    private static UnitGroup Lstm(ZooNet net, int layer)
    {
        var size = net[$"rnn.weight_hh_l{layer}"].Shape[1];
        string[] gates = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"];
        var last = layer + 1 == net.Layers;
        var slots =
            from gate in gates
            from block in Enumerable.Range(0, 4)
            let side = block == 2 ? SlotSide.Times : SlotSide.Still
            select new UnitSlot($"rnn.{gate}_l{layer}", 0, side, block * size);
        return new(
            size,
            UnitFreedom.Sign,
            [
                .. slots,
                new($"rnn.weight_hh_l{layer}", 1, SlotSide.Over),
                new(last ? "decoder.weight" : $"rnn.weight_ih_l{layer + 1}", 1, SlotSide.Over),
            ]
        );
    }

    private static string[] Convolutions(ZooNet net) =>
        [
            .. net
                .Tensors.Where(t => t.Shape.Length == 3)
                .Select(t => t.Name)
                .OrderBy(ZooNet.LayerOf),
        ];

    private static UnitGroup Channels(ZooNet net, int i)
    {
        var names = Convolutions(net);
        var at = ZooNet.LayerOf(names[i]);
        var norm = $"features.{at + 1}.";
        var normed = net.Find(norm + "running_mean") is not null;
        var after = normed ? SlotSide.Still : SlotSide.Times;
        List<UnitSlot> slots =
        [
            new(names[i], 0, after),
            new($"features.{at}.bias", 0, after),
            new(i + 1 < names.Length ? names[i + 1] : "classifier.weight", 1, SlotSide.Over),
        ];
        if (normed)
        {
            slots.Add(new(norm + "weight", 0, SlotSide.Times));
            slots.Add(new(norm + "bias", 0, SlotSide.Times));
            slots.Add(new(norm + "running_mean", 0));
            slots.Add(new(norm + "running_var", 0));
        }

        return new(net[names[i]].Shape[0], UnitFreedom.PositiveScale, slots);
    }

    private static UnitGroup LlamaHeads(ZooNet net, string at)
    {
        var size = net[at + "self_attn.k_proj.weight"].Shape[0] / net.KvHeads;
        var shared = net.Heads / net.KvHeads;
        return new(
            net.KvHeads,
            UnitFreedom.Order,
            [
                new(at + "self_attn.q_proj.weight", 0, Chunk: size * shared),
                new(at + "self_attn.k_proj.weight", 0, Chunk: size),
                new(at + "self_attn.v_proj.weight", 0, Chunk: size),
                new(at + "self_attn.o_proj.weight", 1, Chunk: size * shared),
            ]
        );
    }

    private static UnitGroup Gpt2Heads(ZooNet net, string at)
    {
        var width = net[at + "attn.c_proj.weight"].Shape[0];
        var slots =
            from part in (string[])["weight", "bias"]
            from block in Enumerable.Range(0, 3)
            let axis = part is "weight" ? 1 : 0
            select new UnitSlot(
                $"{at}attn.c_attn.{part}",
                axis,
                At: block * width,
                Chunk: width / net.Heads
            );
        return new(
            net.Heads,
            UnitFreedom.Order,
            [.. slots, new(at + "attn.c_proj.weight", 0, Chunk: width / net.Heads)]
        );
    }

    /// <summary>Gains keep their sign and cannot be turned: they are folded before.</summary>
    private static UnitGroup LlamaResidual(ZooNet net)
    {
        var slots =
            from tensor in net.Tensors
            let writes = s_writing.Any(end => tensor.Name.EndsWith(end, Ordinal))
            let axis = writes || !tensor.IsMatrix ? 0 : 1
            let side = tensor.IsMatrix ? SlotSide.Times : SlotSide.Still
            select new UnitSlot(tensor.Name, axis, side);
        return new(net["model.norm.weight"].Shape[0], UnitFreedom.Sign, [.. slots]);
    }

    private static readonly string[] s_writing = ["o_proj.weight", "down_proj.weight", "w2.weight"];

    private static UnitGroup Gpt2Residual(ZooNet net)
    {
        var slots =
            from tensor in net.Tensors
            where !tensor.Name.EndsWith("c_attn.bias", Ordinal)
            where !tensor.Name.EndsWith("c_fc.bias", Ordinal)
            let reads = tensor.Name.EndsWith("c_attn.weight", Ordinal)
                || tensor.Name.EndsWith("c_fc.weight", Ordinal)
            select new UnitSlot(tensor.Name, tensor.IsMatrix && !reads ? 1 : 0);
        return new(net["transformer.ln_f.weight"].Shape[0], UnitFreedom.Order, [.. slots]);
    }
}
