using System.Buffers.Binary;

namespace Concord.Measures.Weights.Formats;

/// <summary>
/// Reads what a file of weights, or a set of files, says that it holds: by its content and never by
/// its name, headers alone, and nothing that it names is run.
/// </summary>
public static class WeightsReader
{
    private const int SniffedBytes = 16;

    /// <summary>Reads a file.</summary>
    /// <param name="file">
    /// The file: of tensors, an index of shards, or an adapter's configuration.
    /// </param>
    /// <param name="beside">
    /// Opens a file in the same folder by its plain name, or gives nothing where it is not there.
    /// Names are checked before; whether what opens is a link is for the opener to see.
    /// </param>
    /// <exception cref="WeightsFault">
    /// It is of no known format, breaks its rules, or asks for more than any model has.
    /// </exception>
    public static WeightsContents Read(ByteSource file, Func<string, ByteSource?> beside)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(beside);
        Span<byte> start = stackalloc byte[SniffedBytes];
        start = start[..(int)Math.Min(SniffedBytes, file.Length)];
        file.Fill(0, start);
        if (IsJson(start))
        {
            return ReadJson(file, beside);
        }

        var contents = ReadTensors(file, start, beside);
        if (contents.Format == WeightsFormat.Gguf && GgufSplit.Parts(contents) > 1)
        {
            return GgufSplit.Set(file, contents, beside);
        }

        return AdapterConfig.IsAdapter(contents) && beside(AdapterConfig.FileName) is { } config
            ? With(contents, AdapterConfig.Claims(config))
            : contents;
    }

    /// <summary>
    /// Whether a file begins as weights do, so that the others of a folder are left: of ONNX as its
    /// writers begin it, with the version.
    /// </summary>
    /// <param name="start">Its first sixteen bytes.</param>
    public static bool IsWeights(ReadOnlySpan<byte> start) =>
        start.Length == SniffedBytes
        && (
            start.StartsWith("GGUF"u8)
            || LegacyGgmlReader.IsMagic(BinaryPrimitives.ReadUInt32LittleEndian(start))
            || start.StartsWith("PK\x03\x04"u8)
            || start.StartsWith(LegacyTorchReader.Magic)
            || (start[8] == '{' && start[7] == 0)
            || (start[0] == 0x08 && start[1] < 0x40 && IsOnnx(start[2..]))
        );

    private static WeightsContents ReadTensors(
        ByteSource file,
        ReadOnlySpan<byte> start,
        Func<string, ByteSource?> beside
    )
    {
        if (start.Length < SniffedBytes)
        {
            throw new WeightsFault(
                file.Name,
                "byte 0",
                $"a file of {file.Length} bytes is too short for any format of weights"
            );
        }

        var word = BinaryPrimitives.ReadUInt32LittleEndian(start);
        return 0 switch
        {
            _ when start.StartsWith("GGUF"u8) => GgufReader.Read(file),
            _ when LegacyGgmlReader.IsMagic(word) => LegacyGgmlReader.Read(file),
            _ when start.StartsWith("PK\x03\x04"u8) => TorchReader.Read(file),
            _ when start.StartsWith(LegacyTorchReader.Magic) => LegacyTorchReader.Read(file),
            _ when start[8] == '{' => SafetensorsReader.Read(file),
            _ when IsOnnx(start) => OnnxReader.Read(file, beside),
            _ when start[0] == 0x80 => throw Unknown(file, "a pickle, and nothing is unpickled"),
            _ => throw Unknown(file, "none of these"),
        };
    }

    private static WeightsContents ReadJson(ByteSource file, Func<string, ByteSource?> beside)
    {
        if (ShardIndex.Of(file) is { } index)
        {
            return index.Set(beside, ReadShard);
        }

        var claims =
            AdapterConfig.Claims(file)
            ?? throw Unknown(file, "JSON without a weight_map or a peft_type");
        foreach (var name in AdapterConfig.TensorFiles)
        {
            if (beside(name) is { } tensors)
            {
                return With(ReadShard(tensors), claims);
            }
        }

        throw new WeightsFault(
            file.Name,
            "its folder",
            $"the adapter's tensors, {AdapterConfig.TensorFiles[0]}, are not beside it"
        );
    }

    private static WeightsContents ReadShard(ByteSource file)
    {
        Span<byte> start = stackalloc byte[SniffedBytes];
        start = start[..(int)Math.Min(SniffedBytes, file.Length)];
        file.Fill(0, start);
        return IsJson(start)
            ? throw Unknown(file, "JSON where tensors are expected")
            : ReadTensors(file, start, static _ => null);
    }

    private static WeightsContents With(
        WeightsContents contents,
        IReadOnlyDictionary<string, string>? claims
    )
    {
        var all = new Dictionary<string, string>(contents.Claims, StringComparer.Ordinal);
        foreach (var (key, value) in claims ?? contents.Claims)
        {
            all[key] = value;
        }

        return contents with
        {
            Claims = all,
        };
    }

    // A header of safetensors may begin with the same byte, as the lowest of its length, whose
    // highest is zero; no letter of JSON is.
    private static bool IsJson(ReadOnlySpan<byte> start) =>
        start.Length > 1 && start[0] == '{' && (start.Length < 8 || start[7] != 0);

    private static bool IsOnnx(ReadOnlySpan<byte> start) =>
        start[0] is 0x08 or 0x12 or 0x1A or 0x22 or 0x28 or 0x32 or 0x3A or 0x42 or 0x72;

    private static WeightsFault Unknown(ByteSource file, string what) =>
        new(
            file.Name,
            "byte 0",
            "read are safetensors, GGUF, ONNX, PyTorch and GGML, indexes of shards and PEFT"
                + $" adapters, and this is {what}"
        );
}
