using Concord.Measures.Weights;
using Concord.Measures.Weights.Formats;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Xunit;

namespace Concord.Tests.Measures.Weights.Recognition;

/// <summary>
/// Real networks in four containers whose families are known (Silero VAD, MIT): they lie beside the
/// repository, or where <c>CONCORD_WEIGHTS</c> says, and are no part of it.
/// </summary>
public sealed class SileroTests
{
    private static readonly string[][] _families =
    [
        ["v5.onnx", "v5_op13.onnx", "v5_half.onnx"],
        ["v6.0.onnx", "v6.0_16k_op15.onnx"],
        [
            "v6.2_16k_op15.onnx",
            "v6.2_openvino_16k.onnx",
            "v6.2.0_ggml.bin",
            "v6.2_16k_finetune.safetensors",
        ],
        ["v4.onnx"],
    ];

    private static readonly string _folder =
        Environment.GetEnvironmentVariable("CONCORD_WEIGHTS")
        ?? Path.Combine(Golden.Root, "..", "shared", "data", "weights", "silero");

    [Fact]
    public void The_true_families_are_found_and_no_others()
    {
        Assert.SkipUnless(Directory.Exists(_folder), $"There is no {_folder}.");
        var taken = Taken();
        foreach (var (one, family) in taken)
        {
            foreach (var (other, its) in taken)
            {
                foreach (var (a, b) in new[] { (one, other), (one.Small(), other.Small()) })
                {
                    Assert.Equal(family == its, PairTest.Compare(a, b).Decides(1_000_000));
                }
            }
        }
    }

    [Fact]
    public void Reordered_and_in_four_bits_they_are_found_too()
    {
        Assert.SkipUnless(Directory.Exists(_folder), $"There is no {_folder}.");
        var hidden = GivenWeights.Of(
            Roughened.Int4(Reordered(Network("v6.2_16k_finetune.safetensors")))
        );
        foreach (var (other, family) in Taken())
        {
            Assert.Equal(family == 2, PairTest.Compare(hidden, other).Decides(1_000_000));
        }
    }

    private static List<(Fingerprint Taken, int Family)> Taken() =>
        [
            .. _families.SelectMany(
                (family, at) =>
                    family.Select(name => (GivenWeights.Read(Contents(name)).Fingerprint, at))
            ),
        ];

    private static WeightsContents Contents(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(_folder, name));
        return WeightsReader.Read(new MemoryBytes(name, bytes), _ => null);
    }

    private static ZooNet Network(string name)
    {
        var numbers = new TensorNumbers();
        return new()
        {
            Architecture = "conv",
            Tensors =
            [
                .. Contents(name)
                    .Tensors.Select(tensor =>
                    {
                        var values = new float[tensor.Elements];
                        numbers.Read(tensor, 0, values);
                        return new ZooTensor(
                            tensor.Name,
                            [.. tensor.Shape.Select(size => (int)size)],
                            values
                        );
                    }),
            ],
        };
    }

    /// <summary>
    /// The channels of every convolution and the units of the LSTM in another order.
    /// </summary>
    private static ZooNet Reordered(ZooNet net)
    {
        var chance = new Chance(5);
        string[] chain =
        [
            "conv1.weight",
            "conv2.weight",
            "conv3.weight",
            "conv4.weight",
            "lstm_cell.weight_ih",
        ];
        for (var at = 0; at + 1 < chain.Length; at++)
        {
            var order = chance.Order(net[chain[at]].Shape[0]);
            net = net.With(net[chain[at]].Select(0, order), net[chain[at + 1]].Select(1, order));
        }

        var units = chance.Order(128);
        int[] gates = [.. Enumerable.Range(0, 4).SelectMany(g => units.Select(u => (128 * g) + u))];
        return net.With(
            net["lstm_cell.weight_ih"].Select(0, gates),
            net["lstm_cell.weight_hh"].Select(0, gates).Select(1, units),
            net["final_conv.weight"].Select(1, units)
        );
    }
}
