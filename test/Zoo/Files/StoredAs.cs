using System.Buffers.Binary;
using Concord.Measures.Weights;

namespace Concord.Zoo.Files;

/// <summary>Values as bytes, in the kinds that the zoo is stored in.</summary>
public static class StoredAs
{
    /// <summary>The bytes of values.</summary>
    public static byte[] Bytes(ElementType element, ReadOnlySpan<float> values) =>
        element switch
        {
            ElementType.F32 => F32(values),
            ElementType.F16 => Halves(values, x => BitConverter.HalfToUInt16Bits((Half)x)),
            ElementType.BF16 => Halves(values, ToBFloat),
            _ => GgmlBlocks.Bytes(element, values),
        };

    /// <summary>The values that bytes stand for.</summary>
    public static float[] Values(ElementType element, ReadOnlySpan<byte> bytes)
    {
        var layout = ElementLayout.Of(element);
        var values = new float[bytes.Length / layout.BlockBytes * layout.BlockElements];
        ElementDecoder.Decode(element, bytes, values);
        return values;
    }

    /// <summary>
    /// The network as it is after it was stored so: every matrix rounded whose elements fill whole
    /// blocks, be they of one row or not.
    /// </summary>
    public static ZooNet Rounded(ElementType element, ZooNet net) =>
        net.Each(tensor =>
            tensor.IsMatrix && tensor.Values.Length % ElementLayout.Of(element).BlockElements == 0
                ? tensor with
                {
                    Values = Values(element, Bytes(element, tensor.Values)),
                }
                : tensor
        );

    private static byte[] F32(ReadOnlySpan<float> values)
    {
        var bytes = new byte[values.Length * 4];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * 4), values[i]);
        }

        return bytes;
    }

    private static byte[] Halves(ReadOnlySpan<float> values, Func<float, ushort> bits)
    {
        var bytes = new byte[values.Length * 2];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), bits(values[i]));
        }

        return bytes;
    }

    /// <summary>To the nearest, of two as near to the even.</summary>
    private static ushort ToBFloat(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
