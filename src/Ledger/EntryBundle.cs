using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Concord.Ledger;

/// <summary>
/// The bytes of entry bundles: per entry its length as a big-endian unsigned 16-bit number, then
/// the
/// entry (C2SP tlog-tiles).
/// </summary>
public static class EntryBundle
{
    /// <summary>The largest entry, in bytes.</summary>
    public const int MaxEntrySize = ushort.MaxValue;

    /// <summary>Adds an entry at the end of a bundle.</summary>
    /// <exception cref="ArgumentException">The entry is larger than <see
    /// cref="MaxEntrySize"/>.</exception>
    public static void Append(IBufferWriter<byte> bundle, ReadOnlySpan<byte> entry)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        if (entry.Length > MaxEntrySize)
        {
            throw new ArgumentException(
                $"An entry has at most {MaxEntrySize} bytes, this one has {entry.Length}.",
                nameof(entry)
            );
        }

        var place = bundle.GetSpan(2 + entry.Length);
        BinaryPrimitives.WriteUInt16BigEndian(place, (ushort)entry.Length);
        entry.CopyTo(place[2..]);
        bundle.Advance(2 + entry.Length);
    }

    /// <summary>Reads a bundle that must hold exactly as many entries as its name says.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> bundle,
        int width,
        [NotNullWhen(true)] out ReadOnlyMemory<byte>[]? entries,
        [NotNullWhen(false)] out string? fault
    )
    {
        entries = null;
        var read = new ReadOnlyMemory<byte>[width];
        var offset = 0;
        for (var i = 0; i < width; i++)
        {
            if (bundle.Length - offset < 2)
            {
                fault = $"The bundle ends at byte {offset}, before entry {i} of {width}.";
                return false;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span[offset..]);
            if (bundle.Length - offset - 2 < length)
            {
                fault =
                    $"Entry {i} at byte {offset} says {length} bytes; "
                    + $"the bundle has {bundle.Length - offset - 2} left.";
                return false;
            }

            read[i] = bundle.Slice(offset + 2, length);
            offset += 2 + length;
        }

        if (offset != bundle.Length)
        {
            fault = $"{bundle.Length - offset} bytes follow the last entry, from byte {offset} on.";
            return false;
        }

        entries = read;
        fault = null;
        return true;
    }
}
