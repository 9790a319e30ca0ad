using System.Text;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Formats;
using Xunit;

namespace Concord.Tests.Measures.Weights.Formats;

/// <summary>What is read of good files of every format.</summary>
public sealed class ReaderTests
{
    [Fact]
    public void Safetensors_gives_tensors_and_metadata()
    {
        var contents = Read(SafetensorsFile.Good);

        Assert.Equal(WeightsFormat.Safetensors, contents.Format);
        Assert.Equal(["a [2, 2] F32 16", "b [3] BF16 6"], Shown(contents));
        Assert.Equal("pt", contents.Claims["format"]);
        Assert.Equal([0, 1, 2, 3], Bytes(contents.Tensors[0])[..4]);
        Assert.Equal([16, 17, 18, 19, 20, 21], Bytes(contents.Tensors[1]));
    }

    [Theory]
    [InlineData("BOOL", 8, 8)]
    [InlineData("F4", 8, 4)]
    [InlineData("F6_E2M3", 8, 6)]
    [InlineData("F6_E3M2", 8, 6)]
    [InlineData("F8_E4M3", 8, 8)]
    [InlineData("F8_E5M2", 8, 8)]
    [InlineData("F8_E8M0", 8, 8)]
    [InlineData("F8_E4M3FNUZ", 8, 8)]
    [InlineData("F8_E5M2FNUZ", 8, 8)]
    [InlineData("U8", 8, 8)]
    [InlineData("I8", 8, 8)]
    [InlineData("U16", 8, 16)]
    [InlineData("I16", 8, 16)]
    [InlineData("F16", 8, 16)]
    [InlineData("BF16", 8, 16)]
    [InlineData("U32", 8, 32)]
    [InlineData("I32", 8, 32)]
    [InlineData("F32", 8, 32)]
    [InlineData("U64", 8, 64)]
    [InlineData("I64", 8, 64)]
    [InlineData("F64", 8, 64)]
    [InlineData("C64", 8, 64)]
    public void Safetensors_has_these_types(string type, int elements, int bytes)
    {
        var entry = $"\"dtype\":\"{type}\",\"shape\":[{elements}],\"data_offsets\":[0,{bytes}]";
        var contents = Read(SafetensorsFile.Entry(entry, bytes));

        Assert.Equal(bytes, Assert.Single(contents.Tensors).ByteLength);
        Assert.NotEqual(ElementType.Opaque, contents.Tensors[0].Element);
    }

    [Fact]
    public void A_header_may_be_filled_up_with_spaces_and_a_tensor_may_be_empty()
    {
        var header = """{"a":{"dtype":"F32","shape":[0,4],"data_offsets":[0,0]}}""";

        Assert.Equal(["a [0, 4] F32 0"], Shown(Read(SafetensorsFile.Of(header + "   ", 0))));
    }

    [Fact]
    public void Gguf_gives_tensors_the_slowest_size_first_and_short_values()
    {
        var contents = Read(GgufFile.Good);

        Assert.Equal(WeightsFormat.Gguf, contents.Format);
        Assert.Equal(
            ["token_embd.weight [2, 256] Q4_K 288", "output_norm.weight [4] F32 16"],
            Shown(contents)
        );
        Assert.Equal("llama", contents.Claims["general.architecture"]);
        Assert.Equal("1", contents.Claims["llama.block_count"]);
        Assert.DoesNotContain("tokenizer.ggml.tokens", contents.Claims.Keys);
    }

    [Fact]
    public void The_parts_of_a_gguf_are_one_model_from_whichever_part_it_is_read()
    {
        var parts = new Dictionary<string, byte[]>
        {
            ["m-00001-of-00002.gguf"] = Part(0, "a"),
            ["m-00002-of-00002.gguf"] = Part(1, "b"),
        };

        foreach (var (name, bytes) in parts)
        {
            var set = WeightsReader.Read(new MemoryBytes("x/" + name, bytes), Beside(parts));
            Assert.Equal(["a [8] F32 32", "b [8] F32 32"], Shown(set));
        }
    }

    [Fact]
    public void Onnx_gives_initialisers_constants_and_those_of_graphs_within()
    {
        var contents = Read(OnnxFile.Good);

        Assert.Equal(WeightsFormat.Onnx, contents.Format);
        Assert.Equal(
            [
                "w [2, 2] F32 16",
                "typed [3] F32 12",
                "half [2] F16 4",
                "c [1] I64 8",
                "deep [2, 8] F32 64",
            ],
            Shown(contents)
        );
        Assert.Equal(Written.Floats(1, 2, 3), Bytes(contents.Tensors[1]));
        Assert.Equal([0x00, 0x3C, 0x01, 0x00], Bytes(contents.Tensors[2]));
        Assert.Equal([5, 0, 0, 0, 0, 0, 0, 0], Bytes(contents.Tensors[3]));
    }

    [Fact]
    public void Onnx_takes_what_lies_in_a_file_beside_it()
    {
        var data = OnnxFile.External(("location", "w.bin"), ("offset", "4"), ("length", "8"));
        var tensor = OnnxFile.Tensor("w", [2], 1, data);
        var again = OnnxFile.Message(5, OnnxFile.Tensor("again", [2], 1, data));
        var model = OnnxFile.Model([.. OnnxFile.Message(5, tensor), .. again]);
        var beside = new Dictionary<string, byte[]>
        {
            ["w.bin"] = [9, 9, 9, 9, 1, 2, 3, 4, 5, 6, 7, 8],
        };

        var contents = WeightsReader.Read(new MemoryBytes("m.onnx", model), Beside(beside));

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], Bytes(Assert.Single(contents.Tensors)));
        Assert.Equal(["\"again\" has the bytes of a tensor before it"], contents.Notes);
    }

    [Fact]
    public void PyTorch_gives_the_tensors_of_its_storages()
    {
        var contents = Read(TorchFile.Good);

        Assert.Equal(WeightsFormat.PyTorch, contents.Format);
        Assert.Equal(["w [2, 2] F32 16"], Shown(contents));
        Assert.Equal(Written.Floats(1, 2, 3, 4), Bytes(contents.Tensors[0]));
        Assert.Equal(["w [2, 2] F32 16"], Shown(Read(PickleFile.GoodLegacy)));
        Assert.Equal(Written.Floats(1, 2, 3, 4), Bytes(Read(PickleFile.GoodLegacy).Tensors[0]));
    }

    [Fact]
    public void A_transposed_tensor_is_given_in_the_order_of_memory_and_a_tied_one_once()
    {
        var root = new PickleFile().Op('}').Op('(');
        root.Text("w").Tensor("0", 6, 0, [2, 3], [1, 2]).Text("tied");
        var pickle = root.Tensor("0", 6, 0, [3, 2], [2, 1]).Op('u').Bytes;

        var contents = Read(Torch(pickle, 24));

        Assert.Equal(["w [3, 2] F32 24"], Shown(contents));
        Assert.Equal(["\"tied\" is \"w\" again"], contents.Notes);
    }

    [Theory]
    [InlineData("QInt8Storage", "I8", 0)]
    [InlineData("QUInt8Storage", "U8", 113)]
    public void A_quantised_matrix_is_its_bytes_around_their_zero_under_its_own_name(
        string storage,
        string element,
        int zero
    )
    {
        var root = new PickleFile().Op('}').Op('(').Text("fc._packed_params._packed_params");
        var pickle = root.Op('(')
            .Quantised(storage, "0", [2, 3], [3, 1], zero)
            .Op('N')
            .Op('t')
            .Op('u')
            .Bytes;

        var contents = Read(Torch(pickle, 6));

        Assert.Equal([$"fc.weight [2, 3] {element} 6"], Shown(contents));
        Assert.Equal(zero, contents.Tensors[0].ZeroPoint);
        Assert.Empty(contents.Notes);
    }

    [Fact]
    public void A_view_with_gaps_is_its_whole_storage()
    {
        var contents = Read(Torch(PickleFile.Of("w", "0", 6, 0, [3, 1], [2, 1]), 24));

        Assert.Equal(["w [6] F32 24"], Shown(contents));
        Assert.Contains("its whole storage", Assert.Single(contents.Notes));
    }

    [Fact]
    public void A_pickle_that_would_run_something_runs_nothing_and_its_storages_are_taken()
    {
        var bad = new PickleFile().Name("posix", "system").Text("touch /tmp/x").Op((char)0x85);
        var contents = Read(Torch(bad.Op('R').Bytes, 8));

        Assert.Equal(["data/0 [8] Opaque 8"], Shown(contents));
        Assert.Contains("\"posix.system\", which is not imported", Assert.Single(contents.Notes));
    }

    [Fact]
    public void A_pickle_of_other_opcodes_is_opaque_and_its_storages_are_taken()
    {
        var contents = Read(Torch([0x80, 2, (byte)'i', (byte)'.'], 8));

        Assert.Equal(["data/0 [8] Opaque 8"], Shown(contents));
        Assert.Contains("opcode 0x69", Assert.Single(contents.Notes));
    }

    [Fact]
    public void Legacy_ggml_is_read_by_the_heads_of_llama_and_silero()
    {
        var silero = GgmlFile.Tensor("b", [4], 0, new byte[16], isAligned: false);

        Assert.Equal(["w [2, 32] Q4_0 36"], Shown(Read(GgmlFile.Good)));
        Assert.Equal(["b [4] F32 16"], Shown(Read(GgmlFile.Silero(silero))));
        Assert.Equal("silero-16k", Read(GgmlFile.Silero(silero)).Claims["model_type"]);
    }

    [Fact]
    public void An_index_joins_its_shards_and_tells_what_it_does_not_list()
    {
        var files = new Dictionary<string, byte[]>
        {
            ["1.safetensors"] = SafetensorsFile.Good,
            ["2.safetensors"] = SafetensorsFile.Of(
                """{"c":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""",
                2
            ),
        };
        var index = Encoding.UTF8.GetBytes(
            """
            {"metadata":{"total_size":22},
             "weight_map":{"a":"1.safetensors","c":"2.safetensors"}}
            """
        );

        var set = WeightsReader.Read(new MemoryBytes("index.json", index), Beside(files));

        Assert.Equal(["a [2, 2] F32 16", "b [3] BF16 6", "c [2] U8 2"], Shown(set));
        Assert.Equal(
            [
                "1 tensors are in the shards and not in the index, the first \"b\"",
                "the index says 22 bytes, and its shards' tensors have 24",
            ],
            set.Notes
        );
    }

    [Fact]
    public void An_adapter_brings_the_claims_of_its_configuration_from_either_file()
    {
        var name = "base_model.model.q.lora_A.weight";
        var files = new Dictionary<string, byte[]>
        {
            ["adapter_config.json"] = Encoding.UTF8.GetBytes(
                """
                {"base_model_name_or_path":"org/base","peft_type":"LORA","r":8,"lora_alpha":16,
                 "target_modules":["q","v"],"fan_in_fan_out":false,"loftq_config":{}}
                """
            ),
            ["adapter_model.safetensors"] = SafetensorsFile.Of(
                $$$"""{"{{{name}}}":{"dtype":"F32","shape":[1,4],"data_offsets":[0,16]}}""",
                16
            ),
        };

        foreach (var (file, bytes) in files)
        {
            var contents = WeightsReader.Read(new MemoryBytes(file, bytes), Beside(files));
            Assert.Equal([$"{name} [1, 4] F32 16"], Shown(contents));
            Assert.Equal("org/base", contents.Claims["base_model_name_or_path"]);
            Assert.Equal("8", contents.Claims["r"]);
            Assert.Equal("16", contents.Claims["lora_alpha"]);
            Assert.Equal("q v", contents.Claims["target_modules"]);
        }
    }

    private static WeightsContents Read(byte[] bytes) =>
        WeightsReader.Read(new MemoryBytes("file", bytes), static _ => null);

    private static byte[] Torch(byte[] pickle, int storage) =>
        new TorchFile().Entry("m/data.pkl", pickle).Entry("m/data/0", new byte[storage]).Bytes;

    private static byte[] Part(ushort number, string name) =>
        new GgufFile()
            .Key("split.no", 2, [(byte)number, 0])
            .Key("split.count", 2, [2, 0])
            .Key("split.tensors.count", 5, GgufFile.Word(2))
            .Tensor(name, [8], 0, 0)
            .Bytes(32);

    private static Func<string, ByteSource?> Beside(Dictionary<string, byte[]> files) =>
        name => files.TryGetValue(name, out var bytes) ? new MemoryBytes(name, bytes) : null;

    private static IEnumerable<string> Shown(WeightsContents contents) =>
        contents.Tensors.Select(tensor =>
            $"{tensor.Name} [{string.Join(", ", tensor.Shape)}] {tensor.Element}"
            + $" {tensor.ByteLength}"
        );

    private static byte[] Bytes(WeightsTensor tensor)
    {
        var bytes = new byte[tensor.ByteLength];
        tensor.Source.Fill(tensor.Offset, bytes);
        return bytes;
    }
}
