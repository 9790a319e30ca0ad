using Concord.Measures.Weights;
using Concord.Measures.Weights.Roles;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Concord.Zoo.Files;
using Xunit;

namespace Concord.Tests.Measures.Weights.Recognition;

/// <summary>The operator LSTM of ONNX has a cell's gates in another order.</summary>
public sealed class GateOrderTests
{
    private static readonly ZooNet s_cell = Untrained.Lstm(1);

    [Fact]
    public void An_exported_cell_is_known_again_though_its_gates_were_put_in_another_order()
    {
        var kept = GivenWeights.OfFile(SafetensorsFile.Write(s_cell));
        var exported = GivenWeights.OfFile(OnnxFile.Write(s_cell));
        var hidden = GivenWeights.OfFile(
            OnnxFile.Write(Roughened.Int4(Rearranged.Hidden(s_cell, 5)))
        );
        var stranger = GivenWeights.OfFile(OnnxFile.Write(Untrained.Lstm(2)));

        Assert.True(PairTest.Compare(kept, exported).Decides(1_000_000));
        Assert.True(PairTest.Compare(kept, hidden).Decides(1_000_000));
        Assert.True(PairTest.Compare(exported, hidden).Decides(1_000_000));
        Assert.False(PairTest.Compare(kept, stranger).Decides(1_000_000));
    }

    [Fact]
    public void Two_factors_are_no_cell_though_their_sizes_would_fit_one()
    {
        WeightsTensor Of(string name, bool isFactor) =>
            GivenWeights.Tensor(name, [256, 64], new float[256 * 64]) with
            {
                HasInputRows = isFactor,
            };

        Assert.Equal(
            4,
            Assert.Single(LayoutReader.Read([Of("a", false), Of("b", false)]).Chain).Gates
        );
        Assert.All(
            LayoutReader.Read([Of("a", true), Of("b", true)]).Chain,
            link => Assert.Equal((1, 64, 256), (link.Gates, link.Units, link.Inputs))
        );
    }
}
