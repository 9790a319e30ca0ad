using System.Buffers.Binary;

namespace Concord.Measures.Weights.Index;

/// <summary>An entry of the index: 64 bytes, little-endian.</summary>
/// <param name="Entry">The entry of the log: 8 bytes.</param>
/// <param name="Weights">The weights digest: 32 bytes.</param>
/// <param name="DigestsEnd">How many digests there are up to and with its own: 8 bytes.</param>
/// <param name="Stands">Whether it is looked at: one byte, zero if so; then 15 of zero.</param>
public readonly record struct EntryRecord(
    long Entry,
    WeightsDigest Weights,
    long DigestsEnd,
    bool Stands
)
{
    /// <summary>How many bytes it has.</summary>
    public const int Size = 64;

    /// <summary>Where the byte stands that takes an entry out of every search.</summary>
    public const int WithdrawnAt = 48;

    /// <summary>The record in some bytes.</summary>
    public static EntryRecord Read(ReadOnlySpan<byte> bytes) =>
        new(
            BinaryPrimitives.ReadInt64LittleEndian(bytes),
            new(bytes.Slice(8, WeightsDigest.Length)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
            bytes[WithdrawnAt] == 0
        );

    /// <summary>Writes the record.</summary>
    public void CopyTo(Span<byte> into)
    {
        into[..Size].Clear();
        BinaryPrimitives.WriteInt64LittleEndian(into, Entry);
        Weights.CopyTo(into[8..]);
        BinaryPrimitives.WriteInt64LittleEndian(into[40..], DigestsEnd);
        into[WithdrawnAt] = Stands ? (byte)0 : (byte)1;
    }
}
