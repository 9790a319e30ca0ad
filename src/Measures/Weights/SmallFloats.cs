namespace Concord.Measures.Weights;

/// <summary>
/// Floats of four, six and eight bits: by tables made from their rules. What is packed lies from
/// the low bits of the first byte on.
/// </summary>
internal static class SmallFloats
{
    private static readonly float[] s_e4m3 = Table(8, 4, 7, static bits => (bits & 0x7F) == 0x7F);

    private static readonly float[] s_e5m2 =
    [
        .. Enumerable.Range(0, 256).Select(bits => PlainElements.Half((ushort)(bits << 8))),
    ];

    private static readonly float[] s_e4m3Fnuz = Table(8, 4, 8, static bits => bits == 0x80);
    private static readonly float[] s_e5m2Fnuz = Table(8, 5, 16, static bits => bits == 0x80);

    private static readonly float[] s_e8m0 =
    [
        .. Enumerable
            .Range(0, 256)
            .Select(bits => bits == 255 ? float.NaN : MathF.ScaleB(1, bits - 127)),
    ];

    private static readonly float[] s_e2m3 = Table(6, 2, 1, static _ => false);
    private static readonly float[] s_e3m2 = Table(6, 3, 3, static _ => false);
    private static readonly float[] s_e2m1 = Table(4, 2, 1, static _ => false);

    public static void Bytes(ElementType element, ReadOnlySpan<byte> from, Span<float> into)
    {
        var table = element switch
        {
            ElementType.F8E4M3 => s_e4m3,
            ElementType.F8E5M2 => s_e5m2,
            ElementType.F8E8M0 => s_e8m0,
            ElementType.F8E4M3Fnuz => s_e4m3Fnuz,
            ElementType.F8E5M2Fnuz => s_e5m2Fnuz,
            _ => throw new ArgumentOutOfRangeException(nameof(element), element, "Not of a byte."),
        };
        for (var i = 0; i < from.Length; i++)
        {
            into[i] = table[from[i]];
        }
    }

    public static void Packed(ElementType element, ReadOnlySpan<byte> from, Span<float> into)
    {
        if (element == ElementType.F4)
        {
            for (var i = 0; i < from.Length; i++)
            {
                into[2 * i] = s_e2m1[from[i] & 15];
                into[(2 * i) + 1] = s_e2m1[from[i] >> 4];
            }

            return;
        }

        var table = element == ElementType.F6E2M3 ? s_e2m3 : s_e3m2;
        for (int i = 0, at = 0; i < from.Length; i += 3)
        {
            var bits = from[i] | (from[i + 1] << 8) | (from[i + 2] << 16);
            for (var k = 0; k < 4; k++)
            {
                into[at++] = table[(bits >> (6 * k)) & 63];
            }
        }
    }

    private static float[] Table(int width, int exponentBits, int bias, Func<int, bool> isNaN)
    {
        var mantissaBits = width - 1 - exponentBits;
        var table = new float[1 << width];
        for (var bits = 0; bits < table.Length; bits++)
        {
            var exponent = (bits >> mantissaBits) & ((1 << exponentBits) - 1);
            var mantissa = bits & ((1 << mantissaBits) - 1);
            var whole = exponent == 0 ? mantissa : mantissa | (1 << mantissaBits);
            var power = Math.Max(exponent, 1) - bias - mantissaBits;
            var value = MathF.ScaleB(whole, power);
            var signed = bits >> (width - 1) == 0 ? value : -value;
            table[bits] = isNaN(bits) ? float.NaN : signed;
        }

        return table;
    }
}
