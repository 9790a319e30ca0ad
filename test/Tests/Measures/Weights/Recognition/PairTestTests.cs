using Concord.Measures.Weights;
using Concord.Measures.Weights.Formats;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Concord.Zoo.Files;
using Xunit;

namespace Concord.Tests.Measures.Weights.Recognition;

public sealed class PairTestTests
{
    private const long Registered = 1_000_000;

    private static readonly ZooNet _net = GivenWeights.Llama(1);
    private static readonly Fingerprint _taken = GivenWeights.Of(_net);

    public static TheoryData<string, Func<ZooNet, ZooNet>> Disguises =>
        new()
        {
            { "renamed", net => Renamed.Scrambled(net, 2) },
            { "four bits", Roughened.Int4 },
            { "Q4_0", net => StoredAs.Rounded(ElementType.Q4_0, net) },
            { "noise", net => Roughened.Noise(net, 0.5, 3) },
            { "pruned", net => Roughened.Pruned(net, 0.5) },
            { "reordered and scaled", Disguised },
            { "half of the units", net => Cut.Units(net, 0.5, 5) },
            { "a layer dropped", net => Cut.Layers(net, 1) },
            { "rotated", net => Rearranged.Rotated(net, 6) },
            { "all at once", net => Roughened.Int4(Disguised(Rearranged.Rotated(net, 7))) },
            { "fused", Renamed.Phi },
        };

    [Theory]
    [MemberData(nameof(Disguises))]
    public void A_disguised_copy_was_not_trained_independently(
        string disguise,
        Func<ZooNet, ZooNet> put
    )
    {
        var evidence = PairTest.Compare(_taken, GivenWeights.Of(put(_net)));
        Assert.True(evidence.Decides(Registered), $"{disguise}: {evidence.Log10P}");
    }

    [Fact]
    public void A_converter_that_turns_matrices_and_takes_their_names_hides_nothing()
    {
        var file = new MemoryBytes("m.onnx", OnnxFile.Write(_net));
        var turned = GivenWeights.Read(WeightsReader.Read(file, _ => null)).Fingerprint;
        Assert.True(PairTest.Compare(_taken, turned).Decides(Registered));
    }

    [Fact]
    public void A_merge_is_of_both_parents()
    {
        var other = GivenWeights.Llama(2);
        var merged = GivenWeights.Of(Blended.Merged(_net, other, 0.5));
        Assert.True(PairTest.Compare(_taken, merged).Decides(Registered));
        Assert.True(PairTest.Compare(GivenWeights.Of(other), merged).Decides(Registered));
    }

    [Fact]
    public void Strangers_are_not_called_relatives()
    {
        var others = Enumerable
            .Range(10, 12)
            .Select(seed => GivenWeights.Of(GivenWeights.Llama((ulong)seed)))
            .ToArray();
        foreach (var other in others)
        {
            Assert.True(PairTest.Compare(_taken, other).Log10P > -4);
            Assert.True(PairTest.Compare(_taken.Small(), other.Small()).Log10P > -4);
        }
    }

    [Fact]
    public void A_fingerprint_that_overstates_its_layers_is_no_relative_of_everybody()
    {
        var others = Enumerable
            .Range(10, 24)
            .Select(seed => GivenWeights.Of(GivenWeights.Llama((ulong)seed)))
            .ToArray();
        var bytes = _taken.Write();
        for (var at = 0; at + 4 <= bytes.Length; at++)
        {
            // The number of units among which places are arbitrary: 96, in the head of each layer.
            if (bytes.AsSpan(at).StartsWith<byte>([3, 0, 96, 0, 0, 0, 96, 0, 0, 0]))
            {
                bytes.AsSpan(at + 2, 4).Fill(0x7F);
            }
        }

        Assert.True(Fingerprint.TryRead(bytes, out var overstated, out var fault), fault);
        Assert.All(overstated.Layers, layer => Assert.Equal(0x7F7F7F7F, layer.Exchangeable));
        Assert.All(others, other => Assert.False(PairTest.Compare(overstated, other).Decides(1)));
    }

    [Fact]
    public void Which_of_two_comes_first_makes_no_difference()
    {
        var other = GivenWeights.Of(Roughened.Noise(Disguised(_net), 0.5, 9));
        var (one, turned) = (PairTest.Compare(_taken, other), PairTest.Compare(other, _taken));
        Assert.Equal(one.Log10P, turned.Log10P, 6);
        Assert.Equal(one.Agreements, turned.Agreements);
    }

    [Fact]
    public void The_small_form_is_compared_with_the_large() =>
        Assert.True(PairTest.Compare(_taken.Small(), _taken).Decides(Registered));

    [Fact]
    public void Networks_without_weights_are_no_relatives()
    {
        var empty = GivenWeights.Read(GivenWeights.Contents()).Fingerprint;
        Assert.False(PairTest.Compare(empty, empty).Decides(1));
    }

    [Theory]
    [InlineData(0, 0.5, 0)]
    [InlineData(1, 0.5, -0.301)]
    [InlineData(3, 1, -0.778)]
    [InlineData(2, 4, 0)]
    public void The_bound_of_n_agreements_is_that_of_the_specification(
        int agreements,
        double expected,
        double log
    ) => Assert.Equal(log, PairTest.Log10Bound(agreements, expected), 3);

    private static ZooNet Disguised(ZooNet net) =>
        Rearranged.Scaled(Rearranged.Hidden(net, 4), 0.5, 5);
}
