using Concord.Zoo;
using Concord.Zoo.Changes;
using Xunit;

namespace Concord.Tests.Measures.Weights;

/// <summary>Changes of the zoo that claim to leave the function as it was.</summary>
public sealed class ZooFunctionTests
{
    public static TheoryData<string> Architectures => [.. ZooTiny.Architectures];

    public static TheoryData<string> Attentive => ["llama", "mixtral", "gpt2"];

    public static TheoryData<string> Streams => ["llama", "mixtral", "gpt2", "lstm"];

    public static TheoryData<string> Turnable => ["llama", "mixtral", "lstm"];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Hidden_units_have_no_order(string architecture) =>
        Same(architecture, net => Rearranged.Hidden(net, 7));

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Hidden_units_are_multiplied_where_the_function_allows_it(string architecture) =>
        Same(
            architecture,
            net => Rearranged.Scaled(net, 0.5, 8),
            // GELU allows nothing.
            untouched: architecture is "gpt2"
        );

    [Theory]
    [MemberData(nameof(Attentive))]
    public void Heads_have_no_order(string architecture) =>
        Same(architecture, net => Rearranged.Heads(net, 9));

    [Fact]
    public void Experts_have_no_order() => Same("mixtral", net => Rearranged.Experts(net, 10));

    [Theory]
    [MemberData(nameof(Streams))]
    public void The_residual_axis_has_no_order_and_under_a_norm_of_squares_no_sign(
        string architecture
    ) => Same(architecture, net => Rearranged.Residual(net, 11));

    [Theory]
    [MemberData(nameof(Turnable))]
    public void The_residual_stream_turns(string architecture) =>
        Same(architecture, net => Rearranged.Rotated(net, 12));

    [Fact]
    public void A_BatchNorm_goes_into_the_convolution_before_it()
    {
        var net = ZooTiny.Of("conv");
        var folded = Rearranged.NormsFolded(net)!;

        Assert.DoesNotContain(folded.Tensors, one => one.Name.EndsWith("running_var", Ordinal));
        Assert.InRange(Difference(net, folded), 0, 2e-5);
        Assert.Null(Rearranged.NormsFolded(folded));
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    [Fact]
    public void A_stream_under_a_norm_that_subtracts_the_mean_does_not_turn() =>
        Assert.Throws<ArgumentException>(() => Rearranged.Rotated(ZooTiny.Of("gpt2"), 12));

    [Fact]
    public void Everything_at_once_leaves_the_function() =>
        Same(
            "mixtral",
            net =>
            {
                net = Rearranged.Scaled(Rearranged.Hidden(net, 1), 1, 2);
                net = Rearranged.Experts(Rearranged.Heads(net, 3), 4);
                return Rearranged.Rotated(Rearranged.Residual(net, 5), 6);
            }
        );

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Noise_changes_the_function(string architecture)
    {
        var net = ZooTiny.Of(architecture);

        Assert.True(Difference(net, Roughened.Noise(net, 0.1, 1)) > 1e-3);
    }

    private static void Same(
        string architecture,
        Func<ZooNet, ZooNet> change,
        bool untouched = false
    )
    {
        var net = ZooTiny.Of(architecture);
        var changed = change(net);

        Assert.Equal(
            untouched,
            net.Tensors.Zip(changed.Tensors).All(p => p.First.Values.SequenceEqual(p.Second.Values))
        );
        Assert.InRange(Difference(net, changed), 0, 2e-5);
    }

    /// <summary>The largest difference of an output, in the largest output.</summary>
    private static double Difference(ZooNet one, ZooNet other)
    {
        var (a, b) = (ZooForward.Outputs(one), ZooForward.Outputs(other));
        var pairs = a.SelectMany(row => row).Zip(b.SelectMany(row => row)).ToArray();
        var largest = pairs.Max(p => Math.Abs(p.First));
        Assert.True(largest > 0.01);
        return pairs.Max(p => Math.Abs(p.First - p.Second)) / largest;
    }
}
