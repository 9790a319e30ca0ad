using Concord.Measures.Weights;
using Concord.Measures.Weights.Roles;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Concord.Zoo.Files;
using Xunit;
using static Concord.Tests.Measures.Weights.Recognition.Verdicts;

namespace Concord.Tests.Measures.Weights.Recognition;

/// <summary>LSTMs that read both ways, and those of Keras.</summary>
public sealed class CellTests
{
    private static readonly ZooNet s_bothWays = Untrained.Lstm(1, Units, bothWays: true);

    public static TheoryData<string> Containers => ["safetensors", "onnx", "keras"];

    [Theory]
    [MemberData(nameof(Containers))]
    public void Units_of_both_directions_are_sketched_and_seen_in_what_reads_them(string container)
    {
        var taken = GivenWeights.OfFile(File(s_bothWays, container));

        Assert.Equal(2, taken.Layers.Count);
        Assert.All(
            taken.Layers,
            layer =>
            {
                Assert.Equal((UnitKind.Recurrent, 5), (layer.Kind, layer.Views));
                Assert.Equal(Units, layer.Exchangeable);
                Assert.Contains(layer.Places, place => place < Units);
                Assert.Contains(layer.Places, place => place >= Units);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void A_network_that_reads_both_ways_is_known_again_and_a_stranger_is_not(
        string container
    )
    {
        var kept = GivenWeights.OfFile(SafetensorsFile.Write(s_bothWays));
        var hidden = GivenWeights.OfFile(File(Roughened.Int4(Reordered(s_bothWays)), container));
        var stranger = GivenWeights.OfFile(
            File(Untrained.Lstm(2, Units, bothWays: true), container)
        );

        Known(kept, hidden);
        Unknown(kept, stranger);
        Unknown(hidden, stranger);
    }

    [Theory]
    [InlineData("safetensors")]
    [InlineData("onnx")]
    public void Many_cells_of_one_width_are_no_stream(string container)
    {
        var net = Untrained.Lstm(1, Units, layers: 5);
        var kept = GivenWeights.OfFile(SafetensorsFile.Write(net));
        var hidden = GivenWeights.OfFile(
            File(Roughened.Int4(Rearranged.Hidden(net, 5)), container)
        );
        var stranger = GivenWeights.OfFile(File(Untrained.Lstm(2, Units, layers: 5), container));

        Assert.Equal(5, hidden.Layers.Count);
        Assert.All(hidden.Layers, layer => Assert.Equal(UnitKind.Recurrent, layer.Kind));
        Known(kept, hidden);
        Unknown(kept, stranger);
    }

    [Fact]
    public void What_has_three_gates_stays_what_it_was_both_ways()
    {
        WeightsTensor Of(string part, int width) =>
            GivenWeights.Tensor("rnn.weight_" + part, [3 * 64, width], new float[3 * 64 * width]);
        var layout = LayoutReader.Read([
            Of("ih_l0", 40),
            Of("hh_l0", 64),
            Of("ih_l0_reverse", 40),
            Of("hh_l0_reverse", 64),
        ]);

        Assert.All(layout.Chain, link => Assert.Equal((1, 192), (link.Gates, link.Units)));
        Assert.Equal(4, layout.Chain.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_network_of_Keras_has_the_sketch_of_the_same_of_PyTorch(bool bothWays)
    {
        var net = Untrained.Lstm(1, Units, bothWays);
        var kept = GivenWeights.OfFile(SafetensorsFile.Write(net));
        var exported = GivenWeights.OfFile(SafetensorsFile.Write(OfKeras.Lstm(net)));

        Assert.Equal(2, kept.Layers.Count);
        Assert.Equal(kept.Layers.SelectMany(Signs), exported.Layers.SelectMany(Signs));

        static ulong[] Signs(UnitSketch layer) => layer.Bits.ToArray();
    }

    [Fact]
    public void A_cell_of_Keras_is_known_again_and_a_stranger_is_not()
    {
        var net = Untrained.Lstm(1, Units);
        var kept = GivenWeights.OfFile(SafetensorsFile.Write(OfKeras.Lstm(net)));
        var hidden = Roughened.Int4(Rearranged.Scaled(Rearranged.Hidden(net, 5), 0.5, 6));
        var stranger = OfKeras.Lstm(Untrained.Lstm(2, Units));

        Known(kept, GivenWeights.OfFile(SafetensorsFile.Write(hidden)));
        Known(kept, GivenWeights.OfFile(SafetensorsFile.Write(OfKeras.Lstm(hidden))));
        Known(kept, GivenWeights.OfFile(OnnxFile.Write(hidden)));
        Unknown(kept, GivenWeights.OfFile(SafetensorsFile.Write(stranger)));
    }

    private static byte[] File(ZooNet net, string container) =>
        container switch
        {
            "onnx" => OnnxFile.Write(net),
            "keras" => SafetensorsFile.Write(OfKeras.Lstm(net)),
            _ => SafetensorsFile.Write(net),
        };

    /// <summary>
    /// The units of each direction in another order and of either sign.
    /// </summary>
    private static ZooNet Reordered(ZooNet net)
    {
        var chance = new Chance(5);
        foreach (var layer in (int[])[0, 1])
        {
            var written = new List<int>();
            var signs = new List<double>();
            foreach (var way in (string[])["", "_reverse"])
            {
                var end = $"_l{layer}{way}";
                var (order, sign) = (chance.Order(Units), chance.Signs(Units));
                int[] rows = [.. Enumerable.Range(0, 4 * Units).Select(Row)];
                double[] ones = [.. Enumerable.Repeat(1.0, Units)];
                // Of the candidate's rows, and of what reads the state.
                double[] turned = [.. ones, .. ones, .. sign, .. ones];
                net = net.With(
                    net["rnn.weight_ih" + end].Select(0, rows).Scale(0, turned),
                    net["rnn.weight_hh" + end]
                        .Select(0, rows)
                        .Scale(0, turned)
                        .Select(1, order)
                        .Scale(1, sign),
                    net["rnn.bias_ih" + end].Select(0, rows).Scale(0, turned),
                    net["rnn.bias_hh" + end].Select(0, rows).Scale(0, turned)
                );
                written.AddRange(order.Select(unit => (way.Length > 0 ? Units : 0) + unit));
                signs.AddRange(sign);

                int Row(int row) => (row / Units * Units) + order[row % Units];
            }

            string[] readers =
                layer == 0 ? ["rnn.weight_ih_l1", "rnn.weight_ih_l1_reverse"] : ["decoder.weight"];
            net = net.With(
                readers.Select(name => net[name].Select(1, [.. written]).Scale(1, [.. signs]))
            );
        }

        return net;
    }

    private const int Units = 80;
}
