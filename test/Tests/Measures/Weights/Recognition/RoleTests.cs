using Concord.Measures.Weights;
using Concord.Measures.Weights.Roles;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Concord.Zoo.Files;
using Xunit;

namespace Concord.Tests.Measures.Weights.Recognition;

public sealed class RoleTests
{
    [Theory]
    [InlineData("model.layers.3.mlp.gate_proj.weight", TensorRole.Gate, 3, -1)]
    [InlineData("blk.12.ffn_up.weight", TensorRole.Up, 12, -1)]
    [InlineData("blk.0.ffn_down_exps.weight", TensorRole.Down, 0, -1)]
    [InlineData("blk.0.ffn_gate_inp.weight", TensorRole.Other, 0, -1)]
    [InlineData("transformer.h.5.mlp.c_fc.weight", TensorRole.Up, 5, -1)]
    [InlineData("transformer.h.5.mlp.c_proj.weight", TensorRole.Down, 5, -1)]
    [InlineData("transformer.h.5.attn.c_proj.weight", TensorRole.Other, 5, -1)]
    [InlineData("model.layers.1.block_sparse_moe.experts.2.w2.weight", TensorRole.Down, 1, 2)]
    [InlineData("layers.7.feed_forward.w3.weight", TensorRole.Up, 7, -1)]
    [InlineData("bert.encoder.layer.2.intermediate.dense.weight", TensorRole.Up, 2, -1)]
    [InlineData("bert.encoder.layer.2.output.dense.weight", TensorRole.Down, 2, -1)]
    [InlineData("bert.encoder.layer.2.attention.output.dense.weight", TensorRole.Other, 2, -1)]
    [InlineData("gpt_neox.layers.4.mlp.dense_h_to_4h.weight", TensorRole.Up, 4, -1)]
    [InlineData("model.layers.0.mlp.gate_up_proj.weight", TensorRole.GateUp, 0, -1)]
    [InlineData("model.embed_tokens.weight", TensorRole.Embedding, -1, -1)]
    [InlineData("token_embd.weight", TensorRole.Embedding, -1, -1)]
    [InlineData("output.weight", TensorRole.Unembedding, -1, -1)]
    [InlineData("output_norm.weight", TensorRole.FinalGain, -1, -1)]
    [InlineData("shared.weight", TensorRole.Embedding, -1, -1)]
    [InlineData("decoder.block.3.layer.2.DenseReluDense.wi_0.weight", TensorRole.Gate, 3, -1)]
    [InlineData("encoder.layers.9.feed_forward.intermediate_dense.weight", TensorRole.Up, 9, -1)]
    [InlineData("encoder.layers.9.feed_forward.output_dense.weight", TensorRole.Down, 9, -1)]
    [InlineData("encoder.albert_layer_groups.0.albert_layers.0.ffn.weight", TensorRole.Up, 0, -1)]
    [InlineData("transformer.h.5.mlp.c_fc.bias", TensorRole.Other, -1, -1)]
    public void Names_tell_roles(string name, TensorRole role, int layer, int expert) =>
        Assert.Equal(new RolePlace(role, layer, expert), RoleNames.Of(name));

    [Theory]
    [InlineData("albert.encoder.albert_layer_groups.0.albert_layers.", "ffn", "ffn_output")]
    [InlineData("model.decoder.layers.", "fc1", "fc2")]
    public void A_table_may_be_narrower_than_the_stream(string before, string up, string down)
    {
        var chance = new Chance(1);
        ZooTensor[] tensors =
        [
            GivenWeights.Some("model.decoder.embed_tokens.weight", [512, 32], chance),
            GivenWeights.Some("model.decoder.project_in.weight", [64, 32], chance),
            GivenWeights.Some($"{before}0.{up}.weight", [256, 64], chance),
            GivenWeights.Some($"{before}0.{down}.weight", [64, 256], chance),
        ];

        var layout = Layout(new() { Architecture = "opt", Tensors = tensors });

        Assert.Equal(256, Assert.Single(layout.Layers).Units);
        Assert.Equal(64, layout.Layers[0].Width);
        Assert.Null(layout.Input);
    }

    [Fact]
    public void Names_of_GGUF_tell_the_same_layers()
    {
        var net = GivenWeights.Llama(1, layers: 2);
        var converted = net with { Tensors = GgufNames.Converted(net) };
        Same(Layout(net), Layout(converted));
    }

    [Fact]
    public void Fused_tensors_are_told_apart() =>
        Same(Layout(GivenWeights.Llama(1)), Layout(Renamed.Phi(GivenWeights.Llama(1))));

    [Fact]
    public void Shapes_alone_tell_the_layers_where_names_tell_nothing()
    {
        var net = GivenWeights.Llama(1);
        var nameless = net.Each(tensor => tensor with { Name = "" });
        var layout = Layout(nameless);
        Assert.Equal(3, layout.Layers.Count);
        Assert.All(layout.Layers, layer => Assert.Equal(UnitKind.Gated, layer.Kind));
        Assert.All(layout.Layers, layer => Assert.Equal(96, layer.Units));
    }

    [Fact]
    public void Convolutions_and_LSTMs_make_a_chain_in_the_order_of_their_sizes()
    {
        var chance = new Chance(1);
        ZooTensor[] tensors =
        [
            GivenWeights.Some("decoder.rnn.weight_hh", [256, 64], chance),
            GivenWeights.Some("decoder.rnn.weight_ih", [256, 64], chance),
            GivenWeights.Some("encoder.0.weight", [48, 80, 3], chance),
            GivenWeights.Some("encoder.1.weight", [64, 48, 3], chance),
        ];
        var layout = Layout(new() { Architecture = "conv", Tensors = tensors });
        Assert.Equal(
            ["encoder.0.weight", "encoder.1.weight", "decoder.rnn.weight_ih"],
            layout.Chain.Select(link => link.Tensor.Name)
        );
        Assert.Equal([true, true, false], layout.Chain.Select(link => link.HasNext));
        Assert.Equal(4, layout.Chain[2].Gates);
    }

    private static NetworkLayout Layout(ZooNet net) =>
        LayoutReader.Read(InMemory.Contents(net).Tensors);

    private static void Same(NetworkLayout expected, NetworkLayout actual)
    {
        Assert.Equal(
            expected.Layers.Select(layer => (layer.Kind, layer.Units, layer.Views.Count)),
            actual.Layers.Select(layer => (layer.Kind, layer.Units, layer.Views.Count))
        );
        Assert.Equal(expected.Input?.Elements, actual.Input?.Elements);
        Assert.Equal(expected.Output?.Elements, actual.Output?.Elements);
        Assert.NotNull(actual.OutputGain);
    }
}
