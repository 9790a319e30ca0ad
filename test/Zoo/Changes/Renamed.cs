using System.Globalization;

namespace Concord.Zoo.Changes;

/// <summary>The same values under other names, in other tensors, in another order.</summary>
public static class Renamed
{
    /// <summary>
    /// Queries, keys and values in one tensor, gate and up in one, as Phi-3 names them.
    /// </summary>
    public static ZooNet Phi(ZooNet net) =>
        Fused(net, "self_attn.qkv_proj.weight", "mlp.gate_up_proj.weight");

    /// <summary>The same as ChatGLM names them.</summary>
    public static ZooNet ChatGlm(ZooNet net)
    {
        var fused = Fused(net, "self_attention.query_key_value.weight", "mlp.dense_h_to_4h.weight");
        return fused.Each(tensor => tensor with { Name = OfChatGlm(tensor.Name) });
    }

    /// <summary>Names that say nothing, in an order that says nothing.</summary>
    public static ZooNet Scrambled(ZooNet net, ulong seed)
    {
        var chance = new Chance(seed);
        return net with
        {
            Tensors =
            [
                .. from at in chance.Order(net.Tensors.Count)
                let name = chance.Next().ToString("x16", CultureInfo.InvariantCulture)
                select net.Tensors[at] with
                {
                    Name = name,
                },
            ],
        };
    }

    private static ZooNet Fused(ZooNet net, string attention, string gated)
    {
        var tensors = new List<ZooTensor>();
        foreach (var tensor in net.Tensors)
        {
            var cut = tensor.Name.IndexOf("self_attn.", StringComparison.Ordinal);
            var at = tensor.Name[..Math.Max(cut, 0)];
            if (cut > 0 && tensor.Name.EndsWith(".q_proj.weight", StringComparison.Ordinal))
            {
                var parts = "qkv".Select(c => net[$"{at}self_attn.{c}_proj.weight"]);
                tensors.Add(ZooTensor.Joined(at + attention, [.. parts]));
            }
            else if (tensor.Name.EndsWith("mlp.gate_proj.weight", StringComparison.Ordinal))
            {
                at = tensor.Name[..^"mlp.gate_proj.weight".Length];
                tensors.Add(ZooTensor.Joined(at + gated, tensor, net[at + "mlp.up_proj.weight"]));
            }
            else if (!s_joined.Any(end => tensor.Name.EndsWith(end, StringComparison.Ordinal)))
            {
                tensors.Add(tensor);
            }
        }

        return net with
        {
            Tensors = tensors,
        };
    }

    private static readonly string[] s_joined =
    [
        ".k_proj.weight",
        ".v_proj.weight",
        "mlp.up_proj.weight",
    ];

    private static string OfChatGlm(string name) =>
        name switch
        {
            "model.embed_tokens.weight" => "transformer.embedding.word_embeddings.weight",
            "model.norm.weight" => "transformer.encoder.final_layernorm.weight",
            "lm_head.weight" => "transformer.output_layer.weight",
            _ => name.Replace("model.", "transformer.encoder.", StringComparison.Ordinal)
                .Replace("self_attn.o_proj", "self_attention.dense", StringComparison.Ordinal)
                .Replace("mlp.down_proj", "mlp.dense_4h_to_h", StringComparison.Ordinal),
        };
}
