using Concord.Measures.Weights;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Concord.Zoo.Files;
using Xunit;

namespace Concord.Tests.Measures.Weights;

/// <summary>Changes of the zoo that change the function do what their strength says.</summary>
public sealed class ZooChangeTests
{
    public static TheoryData<string> Architectures => [.. ZooTiny.Architectures];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Noise_is_of_the_size_said_and_of_the_seed(string architecture)
    {
        var net = ZooTiny.Of(architecture);
        var noisy = Roughened.Noise(net, 0.5, 3);

        foreach (var (before, after) in net.Tensors.Zip(noisy.Tensors).Where(p => p.First.IsMatrix))
        {
            var ratio =
                Distance(before, after) / Math.Sqrt(before.Values.Length) / before.Deviation;
            Assert.InRange(ratio, 0.3, 0.7);
        }

        Assert.Equal(Values(noisy), Values(Roughened.Noise(net, 0.5, 3)));
        Assert.NotEqual(Values(noisy), Values(Roughened.Noise(net, 0.5, 4)));
    }

    [Fact]
    public void Rounding_leaves_255_or_15_steps()
    {
        var net = ZooTiny.Of("gpt2");

        Assert.All(Matrices(Roughened.Int8(net)), t => AssertSteps(t.Values[..t.RowLength], 255));
        Assert.All(
            Matrices(Roughened.Int4(net)),
            t => AssertSteps(t.Values[..Math.Min(32, t.RowLength)], 15)
        );
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.8)]
    public void Pruning_takes_the_smallest(double share)
    {
        var net = ZooTiny.Of("mixtral");

        foreach (var (before, after) in net.Tensors.Zip(Roughened.Pruned(net, share).Tensors))
        {
            var zeros = after.Values.Count(x => x == 0);
            Assert.Equal(before.IsMatrix ? (int)(share * before.Values.Length) : 0, zeros);
            var largestGone = before
                .Values.Zip(after.Values)
                .Where(p => p.Second == 0)
                .Select(p => Math.Abs(p.First))
                .DefaultIfEmpty(0)
                .Max();
            Assert.True(after.Values.Where(x => x != 0).Min(Math.Abs) >= largestGone);
        }
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Half_the_units_are_those_units_in_their_order(string architecture)
    {
        var net = ZooTiny.Of(architecture);
        var half = Cut.Units(net, 0.5, 6);

        foreach (var (before, after) in ZooLayout.Hidden(net).Zip(ZooLayout.Hidden(half)))
        {
            Assert.Equal(before.Count / 2, after.Count);
        }

        Assert.True(half.Tensors.Sum(t => t.Values.Length) < net.Tensors.Sum(t => t.Values.Length));
        Assert.All(
            half.Tensors,
            t => Assert.Equal(t.Shape.Aggregate(1, (a, b) => a * b), t.Values.Length)
        );
        Assert.All(
            ZooForward.Outputs(half),
            row => Assert.All(row, x => Assert.True(double.IsFinite(x)))
        );
    }

    [Theory]
    [InlineData("llama", "model.layers.0.self_attn.q_proj.weight")]
    [InlineData("gpt2", "transformer.h.0.attn.c_attn.weight")]
    public void Dropped_layers_are_gone_and_the_rest_move_up(string architecture, string name)
    {
        var net = ZooTiny.Of(architecture);
        var cut = Cut.Layers(net, 0);

        Assert.Equal(1, cut.Layers);
        Assert.Equal(
            net[name.Replace(".0.", ".1.", StringComparison.Ordinal)].Values,
            cut[name].Values
        );
        _ = ZooForward.Outputs(cut);
    }

    [Theory]
    [InlineData("llama", 0.1)]
    [InlineData("gpt2", 1.0)]
    [InlineData("lstm", 0.3)]
    [InlineData("conv", 0.3)]
    public void A_difference_of_low_rank_has_its_norm(string architecture, double strength)
    {
        var net = ZooTiny.Of(architecture);
        var merged = Blended.LowRank(net, 2, strength, 4);
        var changed = net
            .Tensors.Zip(merged.Tensors)
            .Where(p => p.First.IsMatrix && ZooNet.LayerOf(p.First.Name) >= 0)
            .ToArray();

        Assert.NotEmpty(changed);
        Assert.All(
            changed,
            p =>
            {
                var zero = p.First.With((_, _) => 0);
                var ratio = Distance(p.First, p.Second) / Distance(p.First, zero);
                Assert.Equal(strength, ratio, 1e-3);
            }
        );
    }

    [Fact]
    public void A_merge_is_the_weighted_mean()
    {
        var (one, other) = (ZooTiny.Of("llama", 1), ZooTiny.Of("llama", 2));
        var merged = Blended.Merged(one, other, 0.3);

        Assert.Equal(
            0.3f * one.Tensors[3].Values[5] + 0.7f * other.Tensors[3].Values[5],
            merged.Tensors[3].Values[5],
            1e-6
        );
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Another_table_of_words_changes_nothing_else(string architecture)
    {
        var (one, other) = (ZooTiny.Of(architecture, 1), ZooTiny.Of(architecture, 2));
        var replaced = Blended.Unembedding(one, other);

        Assert.Equal(1, one.Tensors.Zip(replaced.Tensors).Count(p => p.First != p.Second));
    }

    [Fact]
    public void Fused_tensors_hold_the_same_values()
    {
        var net = ZooTiny.Of("llama");
        var (phi, glm) = (Renamed.Phi(net), Renamed.ChatGlm(net));

        Assert.Equal(Values(net).Order(), Values(phi).Order());
        Assert.Equal(Values(net).Order(), Values(glm).Order());
        Assert.Equal([32, 16], phi["model.layers.1.self_attn.qkv_proj.weight"].Shape);
        Assert.Equal([48, 16], phi["model.layers.1.mlp.gate_up_proj.weight"].Shape);
        Assert.Equal(
            phi["model.layers.1.mlp.gate_up_proj.weight"].Values,
            glm["transformer.encoder.layers.1.mlp.dense_h_to_4h.weight"].Values
        );
        Assert.Equal(
            net["model.layers.0.self_attn.o_proj.weight"].Values,
            glm["transformer.encoder.layers.0.self_attention.dense.weight"].Values
        );
    }

    [Fact]
    public void Scrambled_names_say_nothing()
    {
        var net = ZooTiny.Of("lstm");
        var scrambled = Renamed.Scrambled(net, 1);

        Assert.Equal(Values(net).Order(), Values(scrambled).Order());
        Assert.All(scrambled.Tensors, t => Assert.Matches("^[0-9a-f]{16}$", t.Name));
    }

    [Fact]
    public void Storing_in_fewer_bits_rounds_matrices_and_nothing_else()
    {
        var net = ZooTiny.Of("llama");
        var rounded = StoredAs.Rounded(ElementType.Q4_0, net);

        foreach (var (before, after) in net.Tensors.Zip(rounded.Tensors))
        {
            var whole = before.Values.Length % 32 == 0 && before.IsMatrix;
            Assert.Equal(!whole, before.Values.SequenceEqual(after.Values));
        }
    }

    private static IEnumerable<ZooTensor> Matrices(ZooNet net) =>
        net.Tensors.Where(t => t.IsMatrix);

    private static void AssertSteps(float[] values, int steps)
    {
        var step = values.Max(Math.Abs) / (steps / 2);
        Assert.All(values, x => Assert.Equal(MathF.Round(x / step), x / step, 1e-3));
        Assert.InRange(values.Distinct().Count(), 2, steps);
    }

    private static IEnumerable<float> Values(ZooNet net) => net.Tensors.SelectMany(t => t.Values);

    private static double Distance(ZooTensor a, ZooTensor b) =>
        Math.Sqrt(a.Values.Zip(b.Values, (x, y) => (double)(x - y) * (x - y)).Sum());
}
