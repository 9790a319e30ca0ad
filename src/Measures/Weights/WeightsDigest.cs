using System.Diagnostics.CodeAnalysis;

namespace Concord.Measures.Weights;

/// <summary>
/// A SHA-256 over weights: of a tensor, or of all tensors of a model whatever they are called, in
/// whatever order, file or container they lie (specs/fingerprint.md, §2).
/// </summary>
public readonly struct WeightsDigest : IEquatable<WeightsDigest>, IComparable<WeightsDigest>
{
    /// <summary>How many bytes it has.</summary>
    public const int Length = 32;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    /// <summary>A digest out of its bytes.</summary>
    /// <exception cref="ArgumentException">They are not 32.</exception>
    public WeightsDigest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException("A digest of weights has 32 bytes.", nameof(bytes));
        }

        _high = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _low = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]);
    }

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> into)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(into, _high);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(into[16..], _low);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>The digest out of 64 hexadecimal digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out WeightsDigest digest)
    {
        digest = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (
            text?.Length != 2 * Length
            || Convert.FromHexString(text, bytes, out _, out _)
                != System.Buffers.OperationStatus.Done
        )
        {
            return false;
        }

        digest = new(bytes);
        return true;
    }

    /// <inheritdoc />
    public bool Equals(WeightsDigest other) => _high == other._high && _low == other._low;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is WeightsDigest other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => _low.GetHashCode();

    /// <inheritdoc />
    public int CompareTo(WeightsDigest other) =>
        _high != other._high ? _high.CompareTo(other._high) : _low.CompareTo(other._low);

    /// <summary>The digest in 64 hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());

    /// <summary>Whether two are the same.</summary>
    public static bool operator ==(WeightsDigest left, WeightsDigest right) => left.Equals(right);

    /// <summary>Whether two differ.</summary>
    public static bool operator !=(WeightsDigest left, WeightsDigest right) => !left.Equals(right);

    /// <summary>Whether the left comes first.</summary>
    public static bool operator <(WeightsDigest left, WeightsDigest right) =>
        left.CompareTo(right) < 0;

    /// <summary>Whether the left comes last.</summary>
    public static bool operator >(WeightsDigest left, WeightsDigest right) =>
        left.CompareTo(right) > 0;

    /// <summary>Whether the left comes first, or both are the same.</summary>
    public static bool operator <=(WeightsDigest left, WeightsDigest right) =>
        left.CompareTo(right) <= 0;

    /// <summary>Whether the left comes last, or both are the same.</summary>
    public static bool operator >=(WeightsDigest left, WeightsDigest right) =>
        left.CompareTo(right) >= 0;
}
