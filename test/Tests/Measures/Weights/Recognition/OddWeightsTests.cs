using System.Runtime.InteropServices;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Roles;
using CsCheck;
using Xunit;

namespace Concord.Tests.Measures.Weights.Recognition;

/// <summary>
/// Files that a reader admits and no architecture has: names that promise what shapes do not keep,
/// and sizes that would take all memory.
/// </summary>
public sealed class OddWeightsTests
{
    private static readonly string[] _names =
    [
        "model.embed_tokens.weight",
        "lm_head.weight",
        "model.norm.weight",
        "model.layers.0.mlp.gate_proj.weight",
        "model.layers.0.mlp.up_proj.weight",
        "model.layers.0.mlp.down_proj.weight",
        "model.layers.0.mlp.gate_up_proj.weight",
        "model.layers.0.post_attention_layernorm.weight",
        "model.layers.1.mlp.experts.0.gate_proj.weight",
        "model.layers.1.mlp.experts.0.up_proj.weight",
        "model.layers.1.mlp.experts.1.up_proj.weight",
        "model.layers.1.mlp.experts.0.down_proj.weight",
        "model.layers.1.mlp.experts.1.down_proj.weight",
        "blk.2.ffn_up_exps.weight",
        "blk.2.ffn_down_exps.weight",
        "rnn.weight_ih_l0",
        "rnn.weight_hh_l0",
        "conv.0.weight",
        "conv.1.weight",
        "",
    ];

    private static readonly long[] _sizes = [1, 3, 16, 64, 96, 128, 130];
    private static readonly long[][] _leading =
    [
        [],
        [],
        [1],
        [2],
        [3],
    ];

    private static readonly Gen<WeightsTensor> _tensors = Gen.Select(
            Gen.Int[0, _names.Length - 1].Select(at => _names[at]),
            Gen.Select(
                Gen.Int[0, _leading.Length - 1],
                Gen.Int[0, _sizes.Length - 1].Array[1, 2],
                (leading, sizes) =>
                    (long[])[.. _leading[leading], .. sizes.Select(at => _sizes[at])]
            ),
            Gen.Int
        )
        .Select(
            (name, shape, seed) =>
                GivenWeights.Tensor(
                    name,
                    shape,
                    Numbers(shape.Aggregate(1L, (a, b) => a * b), seed)
                )
        );

    [Fact]
    public void Whatever_the_names_promise_the_weights_are_read_to_their_end() =>
        _tensors
            .Array[1, 12]
            .Sample(
                tensors =>
                {
                    var reading = GivenWeights.Read(GivenWeights.Contents(tensors), workers: 1);
                    Assert.Equal(tensors.Length, reading.Tensors.Count);
                    Assert.True(
                        Fingerprint.TryRead(reading.Fingerprint.Write(), out _, out var fault),
                        fault
                    );
                },
                iter: 300
            );

    [Theory]
    [InlineData(8, 1 << 26)]
    [InlineData(1 << 20, 1 << 18)]
    public void A_stream_or_layer_wider_than_any_is_no_layer(long width, long units)
    {
        var layout = LayoutReader.Read([
            Sparse("model.layers.0.mlp.up_proj.weight", units, width),
            Sparse("model.layers.0.mlp.down_proj.weight", width, units),
        ]);
        Assert.Empty(layout.Layers);
    }

    [Fact]
    public void More_experts_than_any_network_has_are_no_layer()
    {
        var layout = LayoutReader.Read([
            Sparse("blk.0.ffn_up_exps.weight", 1 << 28, 64, 16),
            Sparse("blk.0.ffn_down_exps.weight", 1 << 28, 16, 64),
        ]);
        Assert.Empty(layout.Layers);
    }

    [Fact]
    public void A_chain_is_followed_as_far_as_memory_allows()
    {
        var wide = LayoutReader.Read([Sparse("a.0", 1 << 16, 1 << 12), Sparse("a.1", 64, 1 << 16)]);
        Assert.DoesNotContain(wide.Chain, link => link.Tensor.Elements > 1 << 23);
        var many = Enumerable.Range(0, 60_000).Select(at => Sparse($"a.{at}", 64, 64)).ToArray();
        Assert.InRange(LayoutReader.Read(many).Chain.Sum(link => link.Units), 64, 8192);
    }

    private static float[] Numbers(long count, int seed)
    {
        var numbers = new float[count];
        for (var at = 0; at < numbers.Length; at++)
        {
            numbers[at] = (int)Counter.At((ulong)seed, (ulong)at) / 2147483648f;
        }

        return numbers;
    }

    /// <summary>A tensor of which only the shape is asked.</summary>
    private static WeightsTensor Sparse(string name, params long[] shape) =>
        GivenWeights.Tensor(name, shape, ElementType.F32, MemoryMarshal.AsBytes<float>([0])) with
        {
            ByteLength = 4 * shape.Aggregate(1L, (a, b) => a * b),
        };
}
