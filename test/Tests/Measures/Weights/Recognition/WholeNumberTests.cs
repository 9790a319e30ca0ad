using Concord.Measures.Weights;
using Concord.Measures.Weights.Digests;
using Concord.Tests.Measures.Weights.Formats;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Xunit;
using Written = Concord.Zoo.Files.OnnxFile;

namespace Concord.Tests.Measures.Weights.Recognition;

/// <summary>
/// Weights of operators on whole numbers lie around the number that stands for zero, which an
/// operator names.
/// </summary>
public sealed class WholeNumberTests
{
    public static TheoryData<string> Kinds => ["llama", "conv"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bytes_with_a_zero_of_their_own_are_the_weights_that_they_stand_for(string kind)
    {
        var net = Of(kind, 1);
        var kept = GivenWeights.OfFile(Written.Write(net));
        var bytes = Written.Write(net, ElementType.U8);
        var reading = GivenWeights.Read(
            Concord.Measures.Weights.Formats.WeightsReader.Read(
                new MemoryBytes("m.onnx", bytes),
                _ => null
            )
        );
        var hidden = GivenWeights.OfFile(Written.Write(Rearranged.Hidden(net, 5), ElementType.U8));
        var stranger = GivenWeights.OfFile(Written.Write(Of(kind, 2), ElementType.U8));

        Assert.All(
            reading.Tensors.Where(one =>
                one.Tensor is { Element: ElementType.U8, Elements: >= 4096 }
            ),
            one => Assert.Equal(EvidenceKind.Evidence, one.Kind)
        );
        Assert.Contains(reading.Tensors, one => one.Tensor.ZeroPoint is > 100 and < 156);
        Assert.True(PairTest.Compare(kept, reading.Fingerprint).Decides(1_000_000));
        Assert.True(PairTest.Compare(kept, hidden).Decides(1_000_000));
        Assert.False(PairTest.Compare(reading.Fingerprint, stranger).Decides(1_000_000));
    }

    [Fact]
    public void Numbers_are_counted_from_the_zero_that_the_operator_names_through_a_cast_too()
    {
        byte[] Node(string kind, string output, params string[] inputs) =>
            OnnxFile.Message(
                1,
                [
                    .. inputs.SelectMany(input => OnnxFile.Text(1, input)),
                    .. OnnxFile.Text(2, output),
                    .. OnnxFile.Text(4, kind),
                ]
            );
        byte[] Stored(string name, long[] sizes, params byte[] bytes) =>
            OnnxFile.Tensor(name, sizes, 2, OnnxFile.Message(9, bytes));
        var contents = Concord.Measures.Weights.Formats.WeightsReader.Read(
            new MemoryBytes(
                "m.onnx",
                OnnxFile.Model([
                    .. Node("DequantizeLinear", "w_numbers", "w", "w_scale", "w_zero"),
                    .. Node("MatMul", "y", "x", "w_numbers"),
                    .. OnnxFile.Message(5, Stored("w", [2, 2], 7, 8, 9, 10)),
                    .. OnnxFile.Message(5, Stored("w_zero", [], 8)),
                ])
            ),
            _ => null
        );
        var weights = contents.Tensors.Single(tensor => tensor.Name == "w");
        var numbers = new float[4];
        new TensorNumbers().Read(weights, 0, numbers);

        Assert.Equal(8, weights.ZeroPoint);
        Assert.True(weights.HasInputRows);
        Assert.Equal([-1f, 0f, 1f, 2f], numbers);
    }

    private static ZooNet Of(string kind, ulong seed) =>
        kind is "llama" ? GivenWeights.Llama(seed) : Untrained.Conv(seed);
}
