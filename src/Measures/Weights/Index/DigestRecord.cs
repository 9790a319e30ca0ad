using System.Buffers.Binary;

namespace Concord.Measures.Weights.Index;

/// <summary>A digest and the place of its entry in the index: 48 bytes, little-endian.</summary>
/// <param name="Digest">The digest: 32 bytes.</param>
/// <param name="Slot">The place of the entry, counted from zero: 8 bytes.</param>
/// <param name="Kind">What the digest is of: one byte, then seven of zero.</param>
public readonly record struct DigestRecord(WeightsDigest Digest, long Slot, DigestKind Kind)
{
    /// <summary>How many bytes it has.</summary>
    public const int Size = 48;

    /// <summary>The record in some bytes.</summary>
    public static DigestRecord Read(ReadOnlySpan<byte> bytes) =>
        new(
            new(bytes[..WeightsDigest.Length]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
            (DigestKind)bytes[40]
        );

    /// <summary>Writes the record.</summary>
    public void CopyTo(Span<byte> into)
    {
        into[..Size].Clear();
        Digest.CopyTo(into);
        BinaryPrimitives.WriteInt64LittleEndian(into[32..], Slot);
        into[40] = (byte)Kind;
    }
}
