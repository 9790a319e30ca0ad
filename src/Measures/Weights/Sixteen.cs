using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Concord.Measures.Weights;

/// <summary>
/// Sixteen small integers to sixteen numbers: what every quantised block is made of.
/// </summary>
internal static class Sixteen
{
    /// <summary>scale · q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scaled(Vector128<sbyte> q, Vector256<float> scale, Span<float> into)
    {
        var words = Vector256.WidenLower(q.ToVector256Unsafe());
        var low = Vector256.ConvertToSingle(Vector256.WidenLower(words)) * scale;
        var high = Vector256.ConvertToSingle(Vector256.WidenUpper(words)) * scale;
        low.CopyTo(into);
        high.CopyTo(into[8..]);
    }

    /// <summary>scale · q + offset: the product is rounded before it is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Shifted(
        Vector128<byte> q,
        Vector256<float> scale,
        Vector256<float> offset,
        Span<float> into
    )
    {
        var words = Vector256.WidenLower(q.AsSByte().ToVector256Unsafe());
        var low = Vector256.ConvertToSingle(Vector256.WidenLower(words)) * scale;
        var high = Vector256.ConvertToSingle(Vector256.WidenUpper(words)) * scale;
        (low + offset).CopyTo(into);
        (high + offset).CopyTo(into[8..]);
    }

    /// <summary>The low halves of sixteen bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Low(Vector128<byte> bytes) => bytes & Vector128.Create((byte)15);

    /// <summary>The high halves of sixteen bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> High(Vector128<byte> bytes) => bytes >>> 4;
}
