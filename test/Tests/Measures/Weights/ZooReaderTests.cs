using Concord.Measures.Weights;
using Concord.Measures.Weights.Formats;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Concord.Zoo.Files;
using Xunit;

namespace Concord.Tests.Measures.Weights;

/// <summary>What the zoo writes, our readers read: every tensor, in every format.</summary>
public sealed class ZooReaderTests
{
    private static readonly ElementType[] s_plain =
    [
        ElementType.F32,
        ElementType.F16,
        ElementType.BF16,
    ];

    public static TheoryData<string, ElementType> Plain =>
        [
            .. from architecture in ZooTiny.Architectures
            from element in s_plain
            select (architecture, element),
        ];

    public static TheoryData<string, ElementType> Blocks =>
        [
            .. from architecture in (string[])["llama", "mixtral", "gpt2"]
            from element in (ElementType[])
                [.. s_plain, ElementType.Q8_0, ElementType.Q4_0, ElementType.Q4_K, ElementType.Q6_K]
            select (architecture, element),
        ];

    [Theory]
    [MemberData(nameof(Plain))]
    public void Safetensors_and_PyTorch(string architecture, ElementType element)
    {
        var net = ZooTiny.Of(architecture);

        AssertHolds(Read(SafetensorsFile.Write(net, element)), net.Tensors, _ => element);
        AssertHolds(Read(PyTorchFile.Write(net, element)), net.Tensors, _ => element);
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void Onnx_with_linear_layers_turned(string architecture, ElementType element)
    {
        var net = ZooTiny.Of(architecture);
        var contents = Read(OnnxFile.Write(net, element));
        var kept = net.Tensors.Where(one => !one.Name.StartsWith("rnn.", Ordinal)).ToArray();
        var plain = contents.Tensors.Where(one => !one.Name.StartsWith("onnx::LSTM", Ordinal));

        foreach (var (tensor, read) in kept.Zip(plain, (tensor, read) => (tensor, read)))
        {
            var anonymous = read.Name.StartsWith("onnx::", StringComparison.Ordinal);
            var turned = anonymous && architecture is not "gpt2" ? tensor.Transposed() : tensor;
            AssertHolds(read, turned, element);
            Assert.Equal(anonymous, read.HasInputRows);
        }

        Assert.Equal(kept.Length, plain.Count());
    }

    [Fact]
    public void Onnx_with_the_gates_of_a_cell_in_the_order_of_its_operator()
    {
        var net = ZooTiny.Of("lstm");
        var size = net["rnn.weight_hh_l0"].Shape[1];
        // Input, output, forget, candidate.
        int[] rows = [.. new[] { 0, 3, 1, 2 }.SelectMany(g => Enumerable.Range(g * size, size))];

        var taken = Read(OnnxFile.Write(net))
            .Tensors.Where(one => one.Gates == GateOrder.Onnx)
            .ToArray();
        var cells = taken.Where(one => one.Shape.Count == 3).ToArray();

        // Of each layer the biases too.
        Assert.Equal(2, taken.Count(one => one.Shape is [1, var both] && both == 8 * size));
        string[] names = ["weight_ih_l0", "weight_hh_l0", "weight_ih_l1", "weight_hh_l1"];
        Assert.Equal(names.Length, cells.Length);
        foreach (var (name, cell) in names.Zip(cells))
        {
            var stored = net["rnn." + name].Select(0, rows);
            AssertHolds(cell, stored with { Shape = [1, .. stored.Shape] }, ElementType.F32);
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Gguf_of_every_type(string architecture, ElementType element)
    {
        var net = ZooTiny.Of(architecture, wide: true);
        var contents = Read(GgufFile.Write(net, element, ["a", "b"]));

        AssertHolds(contents, GgufNames.Converted(net), t => GgufFile.TypeOf(t, element));
        Assert.Equal(
            architecture is "gpt2" ? "gpt2" : "llama",
            contents.Claims["general.architecture"]
        );
        Assert.True(architecture is "gpt2" || contents.Tensors.Any(t => t.Element == element));
    }

    [Fact]
    public void Shards_by_their_index()
    {
        var net = ZooTiny.Of("llama");
        var contents = Read(SafetensorsFile.Shards(net, 3), "model.safetensors.index.json");

        AssertHolds(contents, net.Tensors, _ => ElementType.F32);
        Assert.Empty(contents.Notes);
    }

    [Fact]
    public void An_adapter_with_its_claim()
    {
        var net = ZooTiny.Of("llama");
        var files = AdapterFile.Write(net, Blended.Adapter(net, 2, 0.3, 4), "zoo/base");
        var contents = Read(files, "adapter_model.safetensors");

        Assert.Equal("zoo/base", contents.Claims["base_model_name_or_path"]);
        Assert.Equal(
            2 * net.Tensors.Count(t => t.IsMatrix && t.Name.Contains("layers", Ordinal)),
            contents.Tensors.Count
        );
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static WeightsContents Read(byte[] file) =>
        WeightsReader.Read(new MemoryBytes("file", file), _ => null);

    private static WeightsContents Read(IReadOnlyDictionary<string, byte[]> files, string first) =>
        WeightsReader.Read(
            new MemoryBytes(first, files[first]),
            name => files.TryGetValue(name, out var bytes) ? new MemoryBytes(name, bytes) : null
        );

    private static void AssertHolds(
        WeightsContents contents,
        IReadOnlyList<ZooTensor> tensors,
        Func<ZooTensor, ElementType> element
    )
    {
        Assert.Equal(tensors.Count, contents.Tensors.Count);
        var byName = contents.Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        Assert.All(tensors, tensor => AssertHolds(byName[tensor.Name], tensor, element(tensor)));
    }

    private static void AssertHolds(WeightsTensor read, ZooTensor tensor, ElementType element)
    {
        Assert.Equal(element, read.Element);
        Assert.Equal(tensor.Shape.Select(size => (long)size), read.Shape);
        var bytes = new byte[read.ByteLength];
        read.Source.Fill(read.Offset, bytes);
        Assert.True(
            StoredAs.Bytes(element, tensor.Values).AsSpan().SequenceEqual(bytes),
            read.Name
        );
    }
}
