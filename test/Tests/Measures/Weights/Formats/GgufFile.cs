using System.Text;

namespace Concord.Tests.Measures.Weights.Formats;

/// <summary>GGUF, part by part, so that a test can put a wrong one into any place.</summary>
internal sealed class GgufFile
{
    private readonly List<byte[]> _keys = [];
    private readonly List<byte[]> _tensors = [];

    public static byte[] Good =>
        new GgufFile()
            .Key("general.architecture", 8, Text("llama"))
            .Key("general.alignment", 4, Word(32))
            .Key("llama.block_count", 4, Word(1))
            .Key("tokenizer.ggml.tokens", 9, [.. Word(8), .. Long(2), .. Text("a"), .. Text("b")])
            .Tensor("token_embd.weight", [256, 2], 12, 0)
            .Tensor("output_norm.weight", [4], 0, 288)
            .Bytes(288 + 16);

    public uint Version { get; init; } = 3;

    public ulong? Tensors { get; init; }

    public ulong? Keys { get; init; }

    public int Alignment { get; init; } = 32;

    public static byte[] Word(uint value) => new Written().Word(value).Bytes;

    public static byte[] Long(ulong value) => new Written().Long(value).Bytes;

    public static byte[] Text(string text) => [.. Long((ulong)text.Length), .. Latin(text)];

    public GgufFile Key(string key, uint type, byte[] value)
    {
        _keys.Add([.. Text(key), .. Word(type), .. value]);
        return this;
    }

    /// <summary>A tensor with its sizes in the file's order, the fastest first.</summary>
    public GgufFile Tensor(string name, ulong[] sizes, uint type, ulong offset, uint? count = null)
    {
        var written = new Written().Add(Text(name)).Word(count ?? (uint)sizes.Length);
        foreach (var size in sizes)
        {
            written.Long(size);
        }

        _tensors.Add(written.Word(type).Long(offset).Bytes);
        return this;
    }

    public byte[] Bytes(int data)
    {
        var written = new Written()
            .Text("GGUF")
            .Word(Version)
            .Long(Tensors ?? (ulong)_tensors.Count)
            .Long(Keys ?? (ulong)_keys.Count);
        foreach (var part in _keys.Concat(_tensors))
        {
            written.Add(part);
        }

        return written.Pad(Alignment).Add(new byte[data]).Bytes;
    }

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);
}
