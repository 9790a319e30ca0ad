namespace Concord.Measures.Weights.Formats;

/// <summary>
/// Lengths of a zip entry: of 32 bits, or, where all bits are set, of 64 in an extra field.
/// </summary>
internal sealed class ZipSizes(uint packed, uint plain)
{
    private const ushort LongSizes = 1;

    /// <summary>The bytes in the archive.</summary>
    public long Packed { get; private set; } = packed;

    /// <summary>The bytes unpacked.</summary>
    public long Plain { get; private set; } = plain;

    /// <summary>The place of the head; zero in the head itself.</summary>
    public long Head { get; set; }

    /// <summary>Reads the extra fields, and takes lengths from there which are escaped.</summary>
    public void Unescape(Cursor cursor, ushort length)
    {
        var end = cursor.Position + length;
        var isFound = false;
        while (end - cursor.Position >= 4)
        {
            var (id, size) = (cursor.Short(), cursor.Short());
            var next = cursor.Position + size;
            if (next > end || (id == LongSizes && isFound))
            {
                throw cursor.Fault("an extra field of the entry is broken or stands twice");
            }

            if (id == LongSizes)
            {
                isFound = true;
                Plain = Long(cursor, Plain, next);
                Packed = Long(cursor, Packed, next);
                Head = Long(cursor, Head, next);
            }

            cursor.Skip((ulong)(next - cursor.Position));
        }

        cursor.Skip((ulong)(end - cursor.Position));
    }

    private static long Long(Cursor cursor, long value, long end)
    {
        if (value != uint.MaxValue)
        {
            return value;
        }

        if (end - cursor.Position < 8 || (long)cursor.Long() is not (>= 0 and { } whole))
        {
            throw cursor.Fault("the zip64 field lacks a length, or it is beyond 2^63");
        }

        return whole;
    }
}
