namespace Concord.Measures.Weights;

/// <summary>
/// Elements as numbers of 32 bits, by the rules of their formats: exact where binary32 holds the
/// value, else rounded to nearest, ties to even. Products and sums are rounded one by one and never
/// fused, so that every machine gets the same bits (of a NaN alone the bits are not promised).
/// </summary>
public static class ElementDecoder
{
    /// <summary>Decodes whole blocks.</summary>
    /// <param name="element">How the elements are stored: not opaque.</param>
    /// <param name="blocks">Whole blocks, little-endian.</param>
    /// <param name="into">Where the numbers go: room for all of them.</param>
    /// <returns>How many numbers were written.</returns>
    /// <exception cref="ArgumentException">
    /// The bytes are not whole blocks, or room lacks.
    /// </exception>
    public static int Decode(ElementType element, ReadOnlySpan<byte> blocks, Span<float> into)
    {
        var layout = ElementLayout.Of(element);
        if (blocks.Length % layout.BlockBytes != 0)
        {
            throw new ArgumentException("Only whole blocks are decoded.", nameof(blocks));
        }

        var count = blocks.Length / layout.BlockBytes;
        var values = checked(count * layout.BlockValues);
        if (into.Length < values)
        {
            throw new ArgumentException($"Room for {values} numbers is needed.", nameof(into));
        }

        var room = into[..values];
        if (layout.BlockElements >= 32)
        {
            DecodeBlocks(element, blocks, room);
        }
        else
        {
            DecodePlain(element, blocks, room);
        }

        return values;
    }

    private static void DecodePlain(ElementType element, ReadOnlySpan<byte> from, Span<float> into)
    {
        switch (element)
        {
            case ElementType.F32 or ElementType.C64:
                PlainElements.Singles(from, into);
                break;
            case ElementType.F16:
                PlainElements.Halves(from, into);
                break;
            case ElementType.BF16:
                PlainElements.BrainFloats(from, into);
                break;
            case ElementType.F64:
                PlainElements.Doubles(from, into);
                break;
            case ElementType.F4 or ElementType.F6E2M3 or ElementType.F6E3M2:
                SmallFloats.Packed(element, from, into);
                break;
            case ElementType.I8 or ElementType.U8 or ElementType.Bool:
            case ElementType.I16 or ElementType.U16 or ElementType.I32:
            case ElementType.U32 or ElementType.I64 or ElementType.U64:
                PlainElements.Integers(element, from, into);
                break;
            default:
                SmallFloats.Bytes(element, from, into);
                break;
        }
    }

    private static void DecodeBlocks(ElementType element, ReadOnlySpan<byte> from, Span<float> into)
    {
        switch (element)
        {
            case ElementType.Q4_0:
                SmallBlocks.Q40(from, into);
                break;
            case ElementType.Q4_1:
                SmallBlocks.Q41(from, into);
                break;
            case ElementType.Q5_0:
                SmallBlocks.Q50(from, into);
                break;
            case ElementType.Q5_1:
                SmallBlocks.Q51(from, into);
                break;
            case ElementType.Q8_0:
                SmallBlocks.Q80(from, into);
                break;
            case ElementType.Q2_K:
                LargeBlocks.Q2(from, into);
                break;
            case ElementType.Q3_K:
                LargeBlocks.Q3(from, into);
                break;
            case ElementType.Q4_K:
                LargeBlocks.Q4(from, into);
                break;
            case ElementType.Q5_K:
                LargeBlocks.Q5(from, into);
                break;
            default:
                LargeBlocks.Q6(from, into);
                break;
        }
    }
}
