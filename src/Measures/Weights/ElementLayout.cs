namespace Concord.Measures.Weights;

/// <summary>
/// How elements of a type are packed: in blocks of so many elements and so many bytes, each of
/// which decodes to so many numbers. A type of whole bytes has blocks of one element.
/// </summary>
/// <param name="BlockElements">Elements of a block.</param>
/// <param name="BlockBytes">Bytes of a block.</param>
/// <param name="BlockValues">
/// Numbers of a block: of a complex element two, else as elements.
/// </param>
public readonly record struct ElementLayout(int BlockElements, int BlockBytes, int BlockValues)
{
    private ElementLayout(int elements, int bytes)
        : this(elements, bytes, elements) { }

    /// <summary>Bits of an element, a share of its block's scales included.</summary>
    public double Bits => 8.0 * BlockBytes / BlockElements;

    /// <summary>The layout of a type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is opaque: it has none.</exception>
    public static ElementLayout Of(ElementType element) =>
        element switch
        {
            ElementType.F64 or ElementType.I64 or ElementType.U64 => new(1, 8),
            ElementType.C64 => new(1, 8, 2),
            ElementType.F32 or ElementType.I32 or ElementType.U32 => new(1, 4),
            ElementType.F16 or ElementType.BF16 => new(1, 2),
            ElementType.I16 or ElementType.U16 => new(1, 2),
            ElementType.F8E4M3 or ElementType.F8E5M2 or ElementType.F8E8M0 => new(1, 1),
            ElementType.F8E4M3Fnuz or ElementType.F8E5M2Fnuz => new(1, 1),
            ElementType.Bool or ElementType.I8 or ElementType.U8 => new(1, 1),
            ElementType.F6E2M3 or ElementType.F6E3M2 => new(4, 3),
            ElementType.F4 => new(2, 1),
            ElementType.Q4_0 => new(32, 18),
            ElementType.Q4_1 => new(32, 20),
            ElementType.Q5_0 => new(32, 22),
            ElementType.Q5_1 => new(32, 24),
            ElementType.Q8_0 => new(32, 34),
            ElementType.Q2_K => new(256, 84),
            ElementType.Q3_K => new(256, 110),
            ElementType.Q4_K => new(256, 144),
            ElementType.Q5_K => new(256, 176),
            ElementType.Q6_K => new(256, 210),
            _ => throw new ArgumentOutOfRangeException(
                nameof(element),
                element,
                "It has no layout."
            ),
        };

    /// <summary>
    /// How many bytes so many elements take, or nothing where they fill no whole number of blocks
    /// or the length is beyond 2^63.
    /// </summary>
    /// <param name="elements">How many elements, not negative.</param>
    public long? ByteLength(long elements)
    {
        if (elements < 0 || elements % BlockElements != 0)
        {
            return null;
        }

        var bytes = (Int128)(elements / BlockElements) * BlockBytes;
        return bytes <= long.MaxValue ? (long)bytes : null;
    }
}
