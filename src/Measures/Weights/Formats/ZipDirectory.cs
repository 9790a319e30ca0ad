namespace Concord.Measures.Weights.Formats;

/// <summary>
/// The entries of a zip, believed only where its directory and the heads of the entries agree and
/// every byte of the archive belongs to one thing: no gap, no overlap, no second directory.
/// </summary>
public sealed class ZipDirectory
{
    private const int EndBytes = 22;
    private const int LocatorBytes = 20;
    private const int LongEndBytes = 56;
    private const int EntryBytes = 46;
    private const int HeadBytes = 30;
    private const int ReadAhead = 512;
    private const uint Escaped = uint.MaxValue;

    private readonly ByteSource _file;
    private readonly List<Listed> _listed = [];

    private ZipDirectory(ByteSource file) => _file = file;

    /// <summary>The entries in the order in which they lie.</summary>
    /// <param name="file">The archive.</param>
    /// <exception cref="WeightsFault">The archive is ambiguous, encrypted or broken.</exception>
    public static IReadOnlyList<ZipEntry> Read(ByteSource file) => new ZipDirectory(file).Entries();

    private List<ZipEntry> Entries()
    {
        var (count, start, end) = Bounds();
        List(count, start, end);
        _listed.Sort((one, other) => one.Head.CompareTo(other.Head));
        var heads = new Cursor(_file, 0, start, ReadAhead);
        var entries = new List<ZipEntry>(_listed.Count);
        for (var i = 0; i < _listed.Count; i++)
        {
            var next = i + 1 < _listed.Count ? _listed[i + 1].Head : start;
            entries.Add(Entry(heads, _listed[i], next));
        }

        if (heads.Position != start)
        {
            throw Wrong(heads.Position, "bytes of no entry stand before the directory");
        }

        return entries;
    }

    private (long Count, long Start, long End) Bounds()
    {
        var at = _file.Length - EndBytes;
        var cursor = at < 0 ? throw Wrong(0, "too short for an archive") : Tail(at);
        if (cursor.Word() != 0x06054b50)
        {
            throw Wrong(at, "the archive's end record is expected here, without a comment");
        }

        var disks = cursor.Word();
        var (here, all) = (cursor.Short(), cursor.Short());
        var (size, start) = (cursor.Word(), cursor.Word());
        if (disks != 0 || here != all || cursor.Short() != 0)
        {
            throw Wrong(at, "an archive of several parts or with a comment is not read");
        }

        var (count, length, from, end) = LongBounds(at) ?? (all, size, start, at);
        if (
            (all != count && all != ushort.MaxValue)
            || (size != length && size != Escaped)
            || (start != from && start != Escaped)
        )
        {
            throw Wrong(at, "the two end records of the archive say different things");
        }

        if (from < 0 || length < 0 || from > end || end - from != length)
        {
            throw Wrong(at, "the directory does not end where the end record begins");
        }

        if (count > ReaderLimits.TensorsOfFile || count * EntryBytes > length)
        {
            throw Wrong(at, $"a directory of {count} entries in {length} bytes");
        }

        return (count, from, end);
    }

    private (long Count, long Length, long From, long End)? LongBounds(long end)
    {
        if (end < LocatorBytes + LongEndBytes)
        {
            return null;
        }

        var locator = Tail(end - LocatorBytes);
        if (locator.Word() != 0x07064b50)
        {
            return null;
        }

        var at = end - LocatorBytes - LongEndBytes;
        if (locator.Word() != 0 || locator.Long() != (ulong)at || locator.Word() > 1)
        {
            throw Wrong(end - LocatorBytes, "the zip64 record does not stand right before this");
        }

        var record = Tail(at);
        if (record.Word() != 0x06064b50 || record.Long() != LongEndBytes - 12)
        {
            throw Wrong(at, "the zip64 end record is expected here");
        }

        record.Skip(4);
        var disks = record.Long();
        var (here, all) = ((long)record.Long(), (long)record.Long());
        if (disks != 0 || here != all || all < 0)
        {
            throw Wrong(at, "an archive of several parts is not read");
        }

        return (all, (long)record.Long(), (long)record.Long(), at);
    }

    private void List(long count, long start, long end)
    {
        var cursor = new Cursor(_file, start, end);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0L; i < count; i++)
        {
            var at = cursor.Position;
            var entry = ListedEntry(cursor);
            if (!names.Add(entry.Name))
            {
                throw Wrong(at, $"entry {Words.Quoted(entry.Name)} stands twice");
            }

            _listed.Add(entry);
        }

        if (cursor.Left != 0)
        {
            throw cursor.Fault("the directory goes on behind its last entry");
        }
    }

    private Listed ListedEntry(Cursor cursor)
    {
        var at = cursor.Position;
        if (cursor.Word() != 0x02014b50)
        {
            throw Wrong(at, "an entry of the directory is expected here");
        }

        cursor.Skip(4);
        var (flags, method) = (cursor.Short(), cursor.Short());
        cursor.Skip(4);
        var checksum = cursor.Word();
        var sizes = new ZipSizes(cursor.Word(), cursor.Word());
        var (name, extra, comment) = (cursor.Short(), cursor.Short(), cursor.Short());
        var disk = cursor.Short();
        cursor.Skip(6);
        sizes.Head = cursor.Word();
        var text = cursor.Text(name, ReaderLimits.NameBytes, "an entry's name");
        sizes.Unescape(cursor, extra);
        cursor.Skip(comment);

        // Data descriptor, UTF-8 and the compressor's hints are known; encryption is not read.
        if (disk != 0 || (flags & ~0x080E) != 0 || method is not (0 or 8))
        {
            throw Wrong(at, $"entry {Words.Quoted(text)} is encrypted or of an unknown method");
        }

        if (method == 0 && sizes.Packed != sizes.Plain)
        {
            throw Wrong(at, $"entry {Words.Quoted(text)} is stored and says two lengths");
        }

        if (text.Length == 0 || text[0] == '/' || text.Contains("..", StringComparison.Ordinal))
        {
            throw Wrong(at, $"entry {Words.Quoted(text)} leads out of the archive");
        }

        return new(text, flags, method, checksum, sizes.Packed, sizes.Plain, sizes.Head);
    }

    private ZipEntry Entry(Cursor cursor, Listed listed, long next)
    {
        var at = cursor.Position;
        if (listed.Head != at)
        {
            throw Wrong(at, $"entry {Words.Quoted(listed.Name)} is said to begin at {listed.Head}");
        }

        var isHead = cursor.Left >= HeadBytes && cursor.Word() == 0x04034b50;
        if (!isHead)
        {
            throw Wrong(at, $"the head of entry {Words.Quoted(listed.Name)} is expected here");
        }

        cursor.Skip(2);
        var isSame = cursor.Short() == listed.Flags && cursor.Short() == listed.Method;
        cursor.Skip(4);
        var checksum = cursor.Word();
        var sizes = new ZipSizes(cursor.Word(), cursor.Word());
        var (name, extra) = (cursor.Short(), cursor.Short());
        var text = cursor.Text(name, ReaderLimits.NameBytes, "an entry's name");
        isSame &= string.Equals(text, listed.Name, StringComparison.Ordinal);
        sizes.Unescape(cursor, extra);
        var isLater = (listed.Flags & 8) != 0;
        isSame &= (isLater && checksum == 0) || checksum == listed.Checksum;
        isSame &= (isLater && sizes.Packed == 0) || sizes.Packed == listed.Packed;
        isSame &= (isLater && sizes.Plain == 0) || sizes.Plain == listed.Plain;
        if (!isSame)
        {
            throw Wrong(at, $"the head and the directory differ on {Words.Quoted(listed.Name)}");
        }

        var data = cursor.Position;
        cursor.Skip((ulong)listed.Packed);
        if (isLater)
        {
            Descriptor(cursor, listed, next);
        }

        return new(listed.Name, listed.Method == 0, data, listed.Packed);
    }

    private void Descriptor(Cursor cursor, Listed listed, long next)
    {
        var at = cursor.Position;
        var isLong = next - at == 24;
        if (!isLong && next - at != 16)
        {
            throw Wrong(
                at,
                $"entry {Words.Quoted(listed.Name)} ends here, and its descriptor lacks"
            );
        }

        var isSame = cursor.Word() == 0x08074b50 && cursor.Word() == listed.Checksum;
        isSame &= (isLong ? (long)cursor.Long() : cursor.Word()) == listed.Packed;
        isSame &= (isLong ? (long)cursor.Long() : cursor.Word()) == listed.Plain;
        if (!isSame)
        {
            throw Wrong(at, $"the descriptor of {Words.Quoted(listed.Name)} says something else");
        }
    }

    private Cursor Tail(long at) => new(_file, at, _file.Length, ReadAhead);

    private WeightsFault Wrong(long at, string reason) => new(_file.Name, $"byte {at}", reason);

    private sealed record Listed(
        string Name,
        ushort Flags,
        ushort Method,
        uint Checksum,
        long Packed,
        long Plain,
        long Head
    );
}
