using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Concord.Ledger;

/// <summary>
/// A SHA-256 value, 32 bytes held in four machine words (no allocation, fast equality).
/// </summary>
public readonly struct Digest : IEquatable<Digest>, IComparable<Digest>
{
    /// <summary>The number of bytes, 32.</summary>
    public const int Size = 32;

    private const string Prefix = "sha256:";

    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdef");

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>A value out of exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 32 bytes long.</exception>
    public Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException("A SHA-256 value has 32 bytes.", nameof(bytes));
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The SHA-256 of the bytes.</summary>
    public static Digest Of(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(data, hash);
        return new(hash);
    }

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <summary>The 32 bytes as a new array.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string ToHex() => Convert.ToHexStringLower(ToArray());

    /// <summary>
    /// Standard base64 with padding, 44 characters, as in checkpoints and proofs.
    /// </summary>
    public string ToBase64() => Convert.ToBase64String(ToArray());

    /// <summary>Writes the 44 characters of base64 with padding.</summary>
    public void WriteBase64(Span<char> destination)
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        Convert.TryToBase64Chars(bytes, destination, out _);
    }

    /// <summary>
    /// The wire form in acts: <c>sha256:</c> and 64 lower-case hexadecimal digits.
    /// </summary>
    public override string ToString() => Prefix + ToHex();

    /// <summary>
    /// Parses the wire form of acts, <c>sha256:</c> and 64 lower-case hexadecimal digits.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        digest = default;
        return text is { Length: 71 }
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && TryParseHex(text.AsSpan(Prefix.Length), out digest);
    }

    /// <summary>Parses 64 lower-case hexadecimal digits.</summary>
    public static bool TryParseHex(ReadOnlySpan<char> text, out Digest digest)
    {
        digest = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (
            text.Length != 64
            || text.IndexOfAnyExcept(s_hex) >= 0
            || Convert.FromHexString(text, bytes, out _, out _) != OperationStatus.Done
        )
        {
            return false;
        }

        digest = new(bytes);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Digest other) =>
        _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Digest other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)_d ^ (int)(_d >> 32);

    /// <inheritdoc/>
    public int CompareTo(Digest other)
    {
        var byA = _a.CompareTo(other._a);
        var byB = byA != 0 ? byA : _b.CompareTo(other._b);
        var byC = byB != 0 ? byB : _c.CompareTo(other._c);
        return byC != 0 ? byC : _d.CompareTo(other._d);
    }

    /// <summary>Same value.</summary>
    public static bool operator ==(Digest left, Digest right) => left.Equals(right);

    /// <summary>Another value.</summary>
    public static bool operator !=(Digest left, Digest right) => !left.Equals(right);

    /// <summary>Before, in the order of the bytes.</summary>
    public static bool operator <(Digest left, Digest right) => left.CompareTo(right) < 0;

    /// <summary>After, in the order of the bytes.</summary>
    public static bool operator >(Digest left, Digest right) => left.CompareTo(right) > 0;

    /// <summary>Not after, in the order of the bytes.</summary>
    public static bool operator <=(Digest left, Digest right) => left.CompareTo(right) <= 0;

    /// <summary>Not before, in the order of the bytes.</summary>
    public static bool operator >=(Digest left, Digest right) => left.CompareTo(right) >= 0;
}
