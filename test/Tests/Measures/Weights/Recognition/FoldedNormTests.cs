using Concord.Measures.Weights;
using Concord.Measures.Weights.Roles;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Xunit;
using static Concord.Tests.Measures.Weights.Recognition.Verdicts;

namespace Concord.Tests.Measures.Weights.Recognition;

/// <summary>A BatchNorm that an exporter has multiplied into the convolution before it.</summary>
public sealed class FoldedNormTests
{
    private static readonly ZooNet s_net = Untrained.Conv(1);
    private static readonly ZooNet s_folded =
        Rearranged.NormsFolded(s_net) ?? throw new InvalidOperationException("It has no norm.");

    [Fact]
    public void A_convolution_is_known_with_its_norm_and_without()
    {
        var (kept, folded) = (GivenWeights.Of(s_net), GivenWeights.Of(s_folded));

        Assert.False(kept.Weights == folded.Weights);
        Known(kept, folded);
        Assert.Equal(
            kept.Layers.Select(layer => layer.Places.Take(32)),
            folded.Layers.Select(layer => layer.Places.Take(32))
        );
    }

    [Fact]
    public void What_was_folded_reordered_and_rounded_is_known_too()
    {
        Known(GivenWeights.Of(s_net), GivenWeights.Of(Hidden(s_folded)));
        Known(GivenWeights.Of(s_folded), GivenWeights.Of(Hidden(s_net)));
    }

    [Fact]
    public void A_stranger_stays_one_with_its_norms_and_without()
    {
        var stranger = Untrained.Conv(2);
        var kept = GivenWeights.Of(s_net);

        Unknown(kept, GivenWeights.Of(stranger));
        Unknown(kept, GivenWeights.Of(Rearranged.NormsFolded(stranger)!));
    }

    [Theory]
    [InlineData("features.0", "features.1", true)]
    [InlineData("features.8", "features.10", true)]
    [InlineData("layer1.0.conv2", "layer1.0.bn2", true)]
    [InlineData("stem.conv", "stem.bn", true)]
    [InlineData("convs.3", "norms.3", true)]
    [InlineData("convolutions.0.0.conv", "convolutions.0.1", true)]
    [InlineData("features.1", "features.0", false)]
    [InlineData("layer1.0.conv2", "layer1.0.bn1", false)]
    [InlineData("layer1.0.downsample.0", "layer2.1", false)]
    public void Names_tell_which_convolution_a_norm_follows(string link, string norm, bool follows)
    {
        var layout = LayoutReader.Read([
            GivenWeights.Tensor(link + ".weight", [64, 32, 3], new float[64 * 32 * 3]),
            GivenWeights.Tensor(norm + ".running_var", [64], new float[64]),
            GivenWeights.Tensor(norm + ".weight", [64], new float[64]),
        ]);

        Assert.Equal(follows, Assert.Single(layout.Chain).Norm is not null);
    }

    [Fact]
    public void A_norm_of_another_width_is_of_another_convolution()
    {
        var layout = LayoutReader.Read([
            GivenWeights.Tensor("conv1.weight", [64, 32, 3], new float[64 * 32 * 3]),
            GivenWeights.Tensor("bn1.running_var", [32], new float[32]),
        ]);

        Assert.Null(Assert.Single(layout.Chain).Norm);
    }

    [Fact]
    public void A_norm_without_gains_divides_by_the_spread_alone()
    {
        var norm = new BatchNorm(null, GivenWeights.Tensor("bn.running_var", [2], [4, 0.25f]));

        Assert.Equal([0.5f, 2f], norm.Factors(), (one, other) => Math.Abs(one - other) < 1e-3);
    }

    private static ZooNet Hidden(ZooNet net) =>
        Roughened.Int4(Rearranged.Scaled(Rearranged.Hidden(net, 5), 0.5, 6));
}
