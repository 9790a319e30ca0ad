using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Concord.Measures.Weights;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Concord.Zoo.Files;
using Xunit;

namespace Concord.Tests.Measures.Weights;

/// <summary>Files of the zoo hold what the network holds.</summary>
public sealed class ZooFileTests
{
    public static TheoryData<string> Architectures => [.. ZooTiny.Architectures];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void A_safetensors_file_reads_as_the_network(string architecture)
    {
        var net = ZooTiny.Of(architecture);
        var read = SafetensorsFile.Read(SafetensorsFile.Write(net));

        AssertSame(net, read);
        Assert.Equal(
            (net.Architecture, net.Heads, net.KvHeads),
            (read.Architecture, read.Heads, read.KvHeads)
        );
        AssertSame(
            StoredAs.Rounded(ElementType.BF16, net),
            SafetensorsFile.Read(SafetensorsFile.Write(net, ElementType.BF16)),
            matricesOnly: true
        );
    }

    [Fact]
    public void Shards_hold_every_tensor_once_where_the_index_says()
    {
        var net = ZooTiny.Of("mixtral");
        var files = SafetensorsFile.Shards(net, 3);
        var index = JsonNode.Parse(files["model.safetensors.index.json"])!;
        var read = files
            .Where(file => file.Key.EndsWith(".safetensors", StringComparison.Ordinal))
            .SelectMany(file =>
                SafetensorsFile.Read(file.Value).Tensors.Select(t => (File: file.Key, Tensor: t))
            )
            .ToArray();

        Assert.Equal(4, files.Count);
        AssertSame(net, net with { Tensors = [.. read.Select(t => t.Tensor)] });
        Assert.All(
            read,
            t => Assert.Equal(t.File, index["weight_map"]![t.Tensor.Name]!.GetValue<string>())
        );
        Assert.Equal(
            net.Tensors.Sum(t => t.Values.Length) * 4L,
            index["metadata"]!["total_size"]!.GetValue<long>()
        );
    }

    [Fact]
    public void Queries_are_paired_as_llama_cpp_turns_neighbours()
    {
        var rows = new ZooTensor("q", [8, 1], [0, 1, 2, 3, 10, 11, 12, 13]);

        Assert.Equal([0, 2, 1, 3, 10, 12, 11, 13], GgufNames.Paired(rows, 2).Values);
    }

    [Theory]
    [InlineData("llama", 21, "blk.1.ffn_gate.weight")]
    [InlineData("mixtral", 23, "blk.1.ffn_gate_exps.weight")]
    [InlineData("gpt2", 28, "blk.1.ffn_up.weight")]
    public void Gguf_has_its_own_names_and_sizes(string architecture, int count, string name)
    {
        var net = ZooTiny.Of(architecture);
        var tensors = GgufNames.Converted(net);
        var file = GgufFile.Write(net, ElementType.F16, ["a", "b"]);

        Assert.Equal(count, tensors.Count);
        Assert.Contains(tensors, t => t.Name.Equals(name, StringComparison.Ordinal));
        Assert.Equal(
            net.Tensors.Sum(t => t.Values.Length),
            tensors.Sum(t => t.Shape.Aggregate(1, (a, b) => a * b))
        );
        Assert.Equal("GGUF"u8, file.AsSpan(0, 4));
        Assert.Equal((ulong)count, BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(8)));
        Assert.Equal(0, file.Length % 32);
    }

    [Fact]
    public void Rows_that_fill_no_super_block_get_the_simpler_type()
    {
        Assert.Equal(ElementType.Q4_K, Stored("blk.0.ffn_up.weight", 512));
        Assert.Equal(ElementType.Q5_0, Stored("blk.0.ffn_up.weight", 128));
        Assert.Equal(ElementType.F16, Stored("blk.0.ffn_up.weight", 24));
        Assert.Equal(ElementType.Q6_K, Stored("output.weight", 256));
        Assert.Equal(ElementType.Q8_0, Stored("output.weight", 96));
        Assert.Equal(ElementType.F32, Stored("blk.0.ffn_gate_inp.weight", 256));

        static ElementType Stored(string name, int row) =>
            GgufFile.TypeOf(new(name, [2, row], []), ElementType.Q4_K);
    }

    [Fact]
    public void A_PyTorch_archive_stores_each_tensor_uncompressed()
    {
        var net = ZooTiny.Of("lstm");
        using var archive = new ZipArchive(new MemoryStream(PyTorchFile.Write(net)));
        var last = net.Tensors.Count - 1;
        using var stored = new MemoryStream();
        using (var entry = archive.GetEntry($"archive/data/{last}")!.Open())
        {
            entry.CopyTo(stored);
        }

        Assert.All(archive.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        Assert.Equal(net.Tensors[last].Values, StoredAs.Values(ElementType.F32, stored.ToArray()));
    }

    [Fact]
    public void An_onnx_file_has_linear_layers_in_by_out_and_without_names()
    {
        var net = ZooTiny.Of("llama");
        var file = Encoding.Latin1.GetString(OnnxFile.Write(net));
        var down = net["model.layers.0.mlp.down_proj.weight"].Transposed();

        Assert.DoesNotContain("down_proj", file, StringComparison.Ordinal);
        Assert.Contains("model.embed_tokens.weight", file, StringComparison.Ordinal);
        Assert.Contains(
            Encoding.Latin1.GetString(StoredAs.Bytes(ElementType.F32, down.Values)),
            file,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("llama")]
    [InlineData("gpt2")]
    public void An_adapter_has_the_factors_of_what_is_merged(string architecture)
    {
        var net = ZooTiny.Of(architecture);
        var files = AdapterFile.Write(net, Blended.Adapter(net, 2, 0.3, 4), "zoo/base");
        var factors = SafetensorsFile.Read(files["adapter_model.safetensors"]);
        var configuration = JsonNode.Parse(files["adapter_config.json"])!;
        var merged = Blended.LowRank(net, 2, 0.3, 4);
        var name = net.Tensors.First(t => t.IsMatrix && ZooNet.LayerOf(t.Name) == 1).Name;
        var at = $"base_model.model.{name[..^".weight".Length]}.lora_";
        var (a, b) = (factors[at + "A.weight"], factors[at + "B.weight"]);
        var turned = configuration["fan_in_fan_out"]!.GetValue<bool>();
        var (row, column) = turned ? (3, 2) : (2, 3);
        var difference =
            b.Values[row * 2] * a.Values[column]
            + b.Values[row * 2 + 1] * a.Values[a.RowLength + column];

        var place = 2 * net[name].RowLength + 3;
        Assert.Equal(architecture is "gpt2", turned);
        Assert.Equal(2, configuration["r"]!.GetValue<int>());
        Assert.Equal(merged[name].Values[place] - net[name].Values[place], difference, 1e-5);
    }

    private static void AssertSame(ZooNet one, ZooNet other, bool matricesOnly = false)
    {
        Assert.Equal(one.Tensors.Count, other.Tensors.Count);
        foreach (var tensor in one.Tensors.Where(t => t.IsMatrix || !matricesOnly))
        {
            Assert.Equal(tensor.Shape, other[tensor.Name].Shape);
            Assert.Equal(tensor.Values, other[tensor.Name].Values);
        }
    }
}
