using System.Buffers.Binary;
using System.Security.Cryptography;
using Concord.Measures.Weights.Index;

namespace Concord.Stores;

/// <summary>
/// The index of weights in four files of a folder. It is made of the log and can be made again at
/// any time: where its files do not fit, it begins anew, empty, and says why. Records are written
/// behind those that count; then, when they are on the disk, their number, in one write.
/// One writer, any number of readers of <see cref="Index" />.
/// </summary>
public sealed class WeightsIndexFile : IDisposable
{
    private const byte Version = 1;
    private const int GenerationAt = 16;
    private const int NumbersAt = 32;
    private const int HeadBytes = 64;

    private static readonly (string Name, int Size)[] s_files =
    [
        ("entries", EntryRecord.Size),
        ("digests", DigestRecord.Size),
        ("sketches", SketchScan.Size),
        ("screens", ScreenTest.Size),
    ];

    private readonly MappedRecords[] _files;
    private readonly DigestTable _table;

    private WeightsIndexFile(MappedRecords[] files, string? fault)
    {
        _files = files;
        Fault = fault;
        _table = new(BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)));
        Index = new(Entries, Digests, Sketches, Screens, _table);
    }

    /// <summary>Why it was begun anew; null: it was not, or there was none.</summary>
    public string? Fault { get; }

    /// <summary>How much of the log is in it: entries before this number.</summary>
    public long Through { get; private set; }

    /// <summary>Searches in it.</summary>
    public WeightsIndex Index { get; }

    private MappedRecords Entries => _files[0];

    private MappedRecords Digests => _files[1];

    private MappedRecords Sketches => _files[2];

    private MappedRecords Screens => _files[3];

    /// <summary>Opens the index of a folder, which is made where there is none.</summary>
    /// <exception cref="IOException">Another process has it open, or the disk fails.</exception>
    public static WeightsIndexFile Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        var files = new List<MappedRecords>();
        try
        {
            foreach (var (name, size) in s_files)
            {
                files.Add(new(Path.Combine(folder, name), size));
            }

            var opened = files.ToArray();
            var fault = FaultOf(opened, out var isNew);
            var index = new WeightsIndexFile(opened, isNew ? null : fault);
            if (fault is null)
            {
                index.TakeUp();
            }
            else
            {
                index.Begin();
            }

            return index;
        }
        catch
        {
            files.ForEach(file => file.Dispose());
            throw;
        }
    }

    /// <summary>
    /// Takes in what a stretch of the log says, all of it or, whatever happens, nothing of what is
    /// added. An entry that is there already is passed over, so that a stretch may come again.
    /// </summary>
    /// <param name="added">The entries that came, in the order of the log.</param>
    /// <param name="standing">Entries that stand no more, or again.</param>
    /// <param name="through">The log is in the index up to this entry, not with it.</param>
    public void Apply(
        IReadOnlyList<IndexedEntry> added,
        IReadOnlyList<(long Entry, bool Stands)> standing,
        long through
    )
    {
        ArgumentNullException.ThrowIfNull(added);
        ArgumentNullException.ThrowIfNull(standing);
        var changed = standing
            .GroupBy(one => one.Entry)
            .ToDictionary(ones => ones.Key, ones => ones.Last().Stands);
        var last = Entries.Count == 0 ? -1 : Index.EntryAt(Entries.Count - 1).Entry;
        var (slot, digest) = (Entries.Count, Digests.Count);
        foreach (var (entry, stands) in changed)
        {
            Mark(Index.SlotOf(entry), stands);
        }

        foreach (var entry in added)
        {
            if (entry.Entry <= last)
            {
                continue;
            }

            last = entry.Entry;
            digest = WriteDigests(entry, slot, digest);
            Write(entry, changed.GetValueOrDefault(last, entry.Stands), slot, digest);
            slot++;
        }

        Array.ForEach(_files, file => file.Flush());
        WriteNumbers(slot, digest, through);
        Publish(slot, digest);
        Through = through;
    }

    /// <summary>Nobody may search in it any more.</summary>
    public void Dispose() => Array.ForEach(_files, file => file.Dispose());

    private static string? FaultOf(MappedRecords[] files, out bool isNew)
    {
        Span<byte> first = stackalloc byte[HeadBytes];
        Span<byte> head = stackalloc byte[HeadBytes];
        isNew = files.All(file => file.Room < 0);
        for (var at = 0; at < files.Length; at++)
        {
            var name = s_files[at].Name;
            head.Clear();
            if (files[at].ReadHead(head) < HeadBytes || !head.StartsWith(HeadOf(at)))
            {
                return $"{name}: it does not begin as version {Version} of an index does";
            }

            if (at == 0)
            {
                head.CopyTo(first);
            }

            if (!head[GenerationAt..NumbersAt].SequenceEqual(first[GenerationAt..NumbersAt]))
            {
                return $"{name}: it belongs to another index than {s_files[0].Name}";
            }
        }

        var (entries, digests, through) = Numbers(first);
        if (entries < 0 || digests < entries || through < 0)
        {
            return $"{s_files[0].Name}: {entries} entries with {digests} digests cannot be";
        }

        for (var at = 0; at < files.Length; at++)
        {
            var count = at == 1 ? digests : entries;
            if (files[at].Room < count)
            {
                return $"{s_files[at].Name}: {count} records are to be in it, "
                    + $"and {files[at].Room} are";
            }
        }

        return null;
    }

    private static byte[] HeadOf(int file) =>
        [.. "CNIX"u8, Version, (byte)file, .. BitConverter.GetBytes((ushort)s_files[file].Size)];

    private static (long Entries, long Digests, long Through) Numbers(ReadOnlySpan<byte> head) =>
        (
            BinaryPrimitives.ReadInt64LittleEndian(head[NumbersAt..]),
            BinaryPrimitives.ReadInt64LittleEndian(head[(NumbersAt + 8)..]),
            BinaryPrimitives.ReadInt64LittleEndian(head[(NumbersAt + 16)..])
        );

    /// <summary>An index without entries. The first file gets its head last.</summary>
    private void Begin()
    {
        var generation = RandomNumberGenerator.GetBytes(NumbersAt - GenerationAt);
        for (var at = _files.Length - 1; at >= 0; at--)
        {
            _files[at].Empty();
            var head = new byte[MappedRecords.HeadBytes];
            HeadOf(at).CopyTo(head, 0);
            generation.CopyTo(head, GenerationAt);
            _files[at].WriteHead(head);
            _files[at].Flush();
        }
    }

    /// <summary>What is in the files; what is behind the records that count is cut off.</summary>
    private void TakeUp()
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        Entries.ReadHead(head);
        var (entries, digests, through) = Numbers(head);
        Array.ForEach(_files, file => file.Cut(file == Digests ? digests : entries));
        Through = through;
        var bytes = new byte[DigestRecord.Size * 1024];
        for (long at = 0; at < digests; )
        {
            var block = bytes.AsSpan(0, DigestRecord.Size * (int)Math.Min(1024, digests - at));
            Digests.Read(at, block);
            for (; block.Length > 0; block = block[DigestRecord.Size..], at++)
            {
                _table.Add(DigestRecord.Read(block).Digest);
            }
        }
    }

    private long WriteDigests(IndexedEntry entry, long slot, long digest)
    {
        var records = new[] { (Digest: entry.Form.Weights, Kind: DigestKind.Weights) }
            .Concat(entry.Files.Distinct().Select(file => (Digest: file, Kind: DigestKind.File)))
            .Select(one => new DigestRecord(one.Digest, slot, one.Kind));
        Span<byte> bytes = stackalloc byte[DigestRecord.Size];
        foreach (var record in records)
        {
            record.CopyTo(bytes);
            Digests.Write(bytes, digest);
            digest++;
        }

        return digest;
    }

    private void Write(IndexedEntry entry, bool stands, long slot, long digestsEnd)
    {
        Span<byte> sketch = stackalloc byte[SketchScan.Size];
        SketchScan.Write(entry.Form.Scan.Span, sketch);
        Sketches.Write(sketch, slot);
        Screens.Write(ScreenTest.Write(entry.Form), slot);
        Span<byte> record = stackalloc byte[EntryRecord.Size];
        new EntryRecord(entry.Entry, entry.Form.Weights, digestsEnd, stands).CopyTo(record);
        Entries.Write(record, slot);
    }

    private void Mark(long slot, bool stands)
    {
        if (slot >= 0)
        {
            Entries.Write([stands ? (byte)0 : (byte)1], slot, EntryRecord.WithdrawnAt);
        }
    }

    private void WriteNumbers(long entries, long digests, long through)
    {
        Span<byte> numbers = stackalloc byte[24];
        BinaryPrimitives.WriteInt64LittleEndian(numbers, entries);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[8..], digests);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[16..], through);
        Entries.WriteHead(numbers, NumbersAt);
        Entries.Flush();
    }

    /// <summary>Digests are found when their entries count; those count last.</summary>
    private void Publish(long entries, long digests)
    {
        var from = Digests.Count;
        Digests.Publish(digests);
        Sketches.Publish(entries);
        Screens.Publish(entries);
        Entries.Publish(entries);
        Span<byte> bytes = stackalloc byte[DigestRecord.Size];
        for (var at = from; at < digests; at++)
        {
            Digests.Read(at, bytes);
            _table.Add(DigestRecord.Read(bytes).Digest);
        }
    }
}
