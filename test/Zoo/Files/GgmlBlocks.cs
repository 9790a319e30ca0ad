using System.Buffers.Binary;
using Concord.Measures.Weights;

namespace Concord.Zoo.Files;

/// <summary>
/// GGML's blocks by the rules of its reference quantisers (<c>quantize_row_*_ref</c>), without
/// weights of importance.
/// </summary>
public static class GgmlBlocks
{
    /// <summary>The blocks of values; their number must fill whole blocks.</summary>
    public static byte[] Bytes(ElementType element, ReadOnlySpan<float> values)
    {
        var layout = ElementLayout.Of(element);
        var (elements, size) = (layout.BlockElements, layout.BlockBytes);
        if (values.Length % elements != 0)
        {
            throw new ArgumentException(
                $"{values.Length} values fill no whole {element}.",
                nameof(values)
            );
        }

        var bytes = new byte[values.Length / elements * size];
        for (var i = 0; i < values.Length / elements; i++)
        {
            var block = values.Slice(i * elements, elements);
            Write(element, block, bytes.AsSpan(i * size, size));
        }

        return bytes;
    }

    private static void Write(ElementType element, ReadOnlySpan<float> x, Span<byte> block)
    {
        switch (element)
        {
            case ElementType.Q8_0:
                WriteQ8(x, block);
                break;
            case ElementType.Q4_0:
                WriteQ4(x, block);
                break;
            case ElementType.Q5_0:
                WriteQ5(x, block);
                break;
            case ElementType.Q4_K:
                GgmlSuperBlocks.WriteQ4(x, block);
                break;
            case ElementType.Q6_K:
                GgmlSuperBlocks.WriteQ6(x, block);
                break;
            default:
                throw new ArgumentException($"{element} is not made here.", nameof(element));
        }
    }

    private static void WriteQ8(ReadOnlySpan<float> x, Span<byte> block)
    {
        var d = Math.Abs(Furthest(x)) / 127;
        var inverse = d > 0 ? 1 / d : 0;
        BinaryPrimitives.WriteHalfLittleEndian(block, (Half)d);
        for (var i = 0; i < 32; i++)
        {
            block[2 + i] = (byte)(sbyte)MathF.Round(x[i] * inverse, MidpointRounding.AwayFromZero);
        }
    }

    /// <summary>The furthest value gets the step that only one side has.</summary>
    private static void WriteQ4(ReadOnlySpan<float> x, Span<byte> block)
    {
        var d = Furthest(x) / -8;
        var inverse = d != 0 ? 1 / d : 0;
        BinaryPrimitives.WriteHalfLittleEndian(block, (Half)d);
        for (var i = 0; i < 16; i++)
        {
            var low = Math.Min(15, (int)(x[i] * inverse + 8.5f));
            var high = Math.Min(15, (int)(x[i + 16] * inverse + 8.5f));
            block[2 + i] = (byte)(low | high << 4);
        }
    }

    private static void WriteQ5(ReadOnlySpan<float> x, Span<byte> block)
    {
        var d = Furthest(x) / -16;
        var inverse = d != 0 ? 1 / d : 0;
        BinaryPrimitives.WriteHalfLittleEndian(block, (Half)d);
        var fifth = 0u;
        for (var i = 0; i < 16; i++)
        {
            var low = Math.Min(31, (int)(x[i] * inverse + 16.5f));
            var high = Math.Min(31, (int)(x[i + 16] * inverse + 16.5f));
            block[6 + i] = (byte)(low & 15 | (high & 15) << 4);
            fifth |= (uint)(low >> 4) << i | (uint)(high >> 4) << (i + 16);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(block[2..], fifth);
    }

    /// <summary>The value of the largest size, with its sign; the first of several.</summary>
    internal static float Furthest(ReadOnlySpan<float> x)
    {
        var furthest = 0f;
        foreach (var value in x)
        {
            furthest = Math.Abs(value) > Math.Abs(furthest) ? value : furthest;
        }

        return furthest;
    }
}
