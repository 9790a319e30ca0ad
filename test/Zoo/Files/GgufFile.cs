using System.Text;
using Concord.Measures.Weights;

namespace Concord.Zoo.Files;

/// <summary>
/// GGUF, version 3, as llama.cpp's converter and its quantiser make it of a llama, a mixtral or a
/// GPT-2: its names, the rows of queries and keys in its order, experts in one tensor, one-
/// dimensional tensors and routers in F32, and a simpler type where rows fill no super-block.
/// </summary>
public static class GgufFile
{
    private const int Alignment = 32;

    /// <summary>A file with every tensor.</summary>
    /// <param name="net">The network.</param>
    /// <param name="element">F32, F16, BF16, Q8_0, Q4_0, Q4_K or Q6_K.</param>
    /// <param name="vocabulary">The text of each token; null: the file says none.</param>
    public static byte[] Write(
        ZooNet net,
        ElementType element,
        IReadOnlyList<string>? vocabulary = null
    )
    {
        var tensors = GgufNames.Converted(net);
        var keys = GgufKeys.Of(net, element, vocabulary);
        using var head = new MemoryStream();
        using var data = new MemoryStream();
        using var file = new BinaryWriter(head);
        file.Write("GGUF"u8);
        file.Write(3u);
        file.Write((ulong)tensors.Count);
        file.Write((ulong)keys.Count);
        foreach (var (key, value) in keys)
        {
            Put(file, key);
            PutValue(file, value);
        }

        foreach (var tensor in tensors)
        {
            var stored = TypeOf(tensor, element);
            Put(file, tensor.Name);
            file.Write(tensor.Shape.Length);
            foreach (var size in tensor.Shape.Reverse())
            {
                file.Write((ulong)size);
            }

            file.Write(NumberOf(stored));
            file.Write((ulong)data.Length);
            data.Write(StoredAs.Bytes(stored, tensor.Values));
            Pad(data);
        }

        Pad(head);
        return [.. head.ToArray(), .. data.ToArray()];
    }

    /// <summary>How a tensor is stored where the file is to be of a type.</summary>
    public static ElementType TypeOf(ZooTensor tensor, ElementType element)
    {
        var name = tensor.Name;
        if (
            !tensor.IsMatrix
            || name.Contains("_inp.", StringComparison.Ordinal)
            || name.StartsWith("position_", StringComparison.Ordinal)
        )
        {
            return ElementType.F32;
        }

        var output = name is "output.weight" && element is ElementType.Q4_K or ElementType.Q4_0;
        element = output ? ElementType.Q6_K : element;
        return (element, tensor.RowLength % 256, tensor.RowLength % 32) switch
        {
            (ElementType.Q4_K, not 0, 0) => ElementType.Q5_0,
            (ElementType.Q6_K, not 0, 0) => ElementType.Q8_0,
            (not (ElementType.F32 or ElementType.BF16), _, not 0) => ElementType.F16,
            _ => element,
        };
    }

    private static uint NumberOf(ElementType element) =>
        element switch
        {
            ElementType.F32 => 0,
            ElementType.F16 => 1,
            ElementType.Q4_0 => 2,
            ElementType.Q5_0 => 6,
            ElementType.Q8_0 => 8,
            ElementType.Q4_K => 12,
            ElementType.Q6_K => 14,
            ElementType.BF16 => 30,
            _ => throw new ArgumentException($"{element} is not made here.", nameof(element)),
        };

    private static void Put(BinaryWriter file, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        file.Write((ulong)bytes.Length);
        file.Write(bytes);
    }

    private static void PutValue(BinaryWriter file, object value)
    {
        switch (value)
        {
            case uint number:
                file.Write(4u);
                file.Write(number);
                break;
            case float number:
                file.Write(6u);
                file.Write(number);
                break;
            case string text:
                file.Write(8u);
                Put(file, text);
                break;
            case IReadOnlyList<string> texts:
                file.Write(9u);
                file.Write(8u);
                file.Write((ulong)texts.Count);
                foreach (var text in texts)
                {
                    Put(file, text);
                }

                break;
            default:
                throw new ArgumentException($"A {value.GetType()} is not written.", nameof(value));
        }
    }

    private static void Pad(Stream stream)
    {
        while (stream.Length % Alignment != 0)
        {
            stream.WriteByte(0);
        }
    }
}
