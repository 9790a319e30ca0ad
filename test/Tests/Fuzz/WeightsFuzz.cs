using Concord.Measures.Weights;
using Concord.Measures.Weights.Formats;
using Concord.Tests.Measures.Weights.Formats;
using Xunit;

namespace Concord.Tests.Fuzz;

/// <summary>
/// Headers that were bent: they are read or refused, and nothing else, without much of memory. That
/// none hangs is held by the bounds on what is read, and the run would not end.
/// </summary>
public sealed class WeightsFuzz
{
    private const long AllocatedMax = 64 << 20;
    private const long ReadMax = 4 << 20;

    public static TheoryData<string, byte[]> Formats =>
        new()
        {
            { "safetensors", SafetensorsFile.Good },
            { "GGUF", GgufFile.Good },
            { "ONNX", OnnxFile.Good },
            { "PyTorch", TorchFile.Good },
            { "PyTorch before its archive", PickleFile.GoodLegacy },
            { "GGML", GgmlFile.Good },
            { "an index", HostileFile.Json("""{"weight_map":{"a":"b.safetensors"}}""") },
            { "an adapter", HostileFile.Json("""{"peft_type":"LORA","r":8}""") },
        };

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_bent_header_is_read_or_refused(string format, byte[] good)
    {
        Assert.NotEmpty(format);
        FuzzRun.Of([good], Read);
    }

    private static void Read(byte[] bytes)
    {
        var source = new CountedBytes("file", bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var contents = WeightsReader.Read(source, Beside);
            Assert.All(contents.Tensors, LiesWithin);
        }
        catch (WeightsFault fault)
        {
            Assert.NotEmpty(fault.Reason);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocatedMax);
        Assert.InRange(source.BytesRead, 0, ReadMax);
    }

    private static void LiesWithin(WeightsTensor tensor)
    {
        Assert.InRange(tensor.Offset, 0, tensor.Source.Length);
        Assert.InRange(tensor.ByteLength, 0, tensor.Source.Length - tensor.Offset);
        if (tensor.Element != ElementType.Opaque)
        {
            var layout = ElementLayout.Of(tensor.Element);
            Assert.Equal(layout.ByteLength(tensor.Elements), tensor.ByteLength);
        }
    }

    private static MemoryBytes? Beside(string name) =>
        name.EndsWith(".safetensors", StringComparison.Ordinal)
            ? new(name, SafetensorsFile.Good)
            : null;
}
