using System.Buffers.Binary;
using System.Text;
using Concord.Measures.Weights;
using Concord.Zoo;

namespace Concord.Bench.Weights;

/// <summary>Large files of weights by chance, as fast as the disk takes them.</summary>
internal static class LargeFiles
{
    private const int Width = 2048;
    private const int Units = 5632;
    private const int Tokens = 32000;
    private const int Layers = 10;

    /// <summary>A gated transformer of about 1 GiB in BF16, by Hugging Face's names.</summary>
    public static void WriteSafetensors(string path)
    {
        var header = new StringBuilder("{");
        var at = 0L;
        foreach (var (name, rows, columns) in Tensors("model.embed_tokens", "lm_head", Named))
        {
            var end = at + (2L * rows * columns);
            header
                .Append(at == 0 ? "" : ",")
                .Append($"\"{name}.weight\":{{\"dtype\":\"BF16\",\"shape\":[{rows},{columns}],")
                .Append($"\"data_offsets\":[{at},{end}]}}");
            at = end;
        }

        var text = Encoding.UTF8.GetBytes(header.Append('}').ToString());
        using var file = File.Create(path);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        file.Write(length);
        file.Write(text);
        Fill(file, at, BrainFloats());
    }

    /// <summary>The same in Q4_K, by llama.cpp's names.</summary>
    public static void WriteGguf(string path)
    {
        var tensors = Tensors("token_embd", "output", NamedByLlama).ToArray();
        using var file = File.Create(path);
        using var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true);
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((long)tensors.Length);
        writer.Write(0L);
        var at = 0L;
        foreach (var (name, rows, columns) in tensors)
        {
            var bytes = Encoding.UTF8.GetBytes($"{name}.weight");
            writer.Write((long)bytes.Length);
            writer.Write(bytes);
            writer.Write(2u);
            writer.Write((long)columns);
            writer.Write((long)rows);
            writer.Write(12u);
            writer.Write(at);
            at += (long)rows * columns / 256 * 144;
        }

        writer.Flush();
        file.Write(new byte[(int)((32 - (file.Position % 32)) % 32)]);
        Fill(file, at, SuperBlocks());
    }

    private static IEnumerable<(string Name, int Rows, int Columns)> Tensors(
        string input,
        string output,
        Func<int, string, string> named
    )
    {
        yield return (input, Tokens, Width);
        for (var layer = 0; layer < Layers; layer++)
        {
            yield return (named(layer, "q"), Width, Width);
            yield return (named(layer, "k"), Width, Width);
            yield return (named(layer, "v"), Width, Width);
            yield return (named(layer, "o"), Width, Width);
            yield return (named(layer, "gate"), Units, Width);
            yield return (named(layer, "up"), Units, Width);
            yield return (named(layer, "down"), Width, Units);
        }

        yield return (output, Tokens, Width);
    }

    private static string Named(int layer, string part) =>
        part.Length == 1
            ? $"model.layers.{layer}.self_attn.{part}_proj"
            : $"model.layers.{layer}.mlp.{part}_proj";

    private static string NamedByLlama(int layer, string part) =>
        part switch
        {
            "o" => $"blk.{layer}.attn_output",
            { Length: 1 } => $"blk.{layer}.attn_{part}",
            _ => $"blk.{layer}.ffn_{part}",
        };

    /// <summary>
    /// 16 MiB of numbers, begun at another place each time: no two tensors are the same.
    /// </summary>
    private static byte[] BrainFloats()
    {
        var chance = new Chance(1);
        var bytes = new byte[16 << 20];
        for (var at = 0; at < bytes.Length; at += 2)
        {
            var value = BitConverter.SingleToUInt32Bits((float)(0.02 * chance.Normal()));
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)(value >> 16));
        }

        return bytes;
    }

    private static byte[] SuperBlocks()
    {
        var chance = new Chance(2);
        var bytes = new byte[144 << 16];
        for (var at = 0; at < bytes.Length; at += 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), chance.Next());
        }

        for (var at = 0; at < bytes.Length; at += 144)
        {
            BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(at), (Half)0.0001);
            BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(at + 2), (Half)0.0008);
        }

        return bytes;
    }

    private static void Fill(FileStream file, long length, byte[] pattern)
    {
        var step = ElementLayout.Of(ElementType.Q4_K).BlockBytes * 7919;
        for (var (written, from) = (0L, 0); written < length; from = (from + step) % pattern.Length)
        {
            var part = (int)Math.Min(length - written, pattern.Length - from);
            file.Write(pattern, from, part);
            written += part;
        }

        // What is not on the disk yet cannot be forgotten, nor read cold.
        file.Flush(flushToDisk: true);
    }
}
