using System.Buffers.Binary;
using System.Security.Cryptography;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Index;
using Microsoft.Win32.SafeHandles;

namespace Concord.Stores;

/// <summary>
/// The index of weights in four files of a folder. It is made of the log and can be made again at
/// any time: where its files do not fit, it begins anew, empty, and says why. Records are written
/// behind those that count; then, when they are on the disk, their number, in one write. After an
/// error it is opened again. One writer, any number of readers of <see cref="Index" />.
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

    private const string LockName = "lock";

    private readonly SafeFileHandle _lock;
    private readonly RecordFile[] _files;
    private readonly DigestTable _table;
    private long _through;

    private WeightsIndexFile(SafeFileHandle held, RecordFile[] files, string? fault)
    {
        (_lock, _files) = (held, files);
        Fault = fault;
        _table = new(BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)));
        Index = new(Entries, Digests, Sketches, Screens, _table);
    }

    /// <summary>Why it was begun anew; null: it was not, or there was none.</summary>
    public string? Fault { get; }

    /// <summary>How much of the log is in it: entries before this number.</summary>
    public long Through
    {
        get => Volatile.Read(ref _through);
        private set => Volatile.Write(ref _through, value);
    }

    /// <summary>Searches in it.</summary>
    public WeightsIndex Index { get; }

    private RecordFile Entries => _files[0];

    private RecordFile Digests => _files[1];

    private RecordFile Sketches => _files[2];

    private RecordFile Screens => _files[3];

    /// <summary>Opens the index of a folder, which is made where there is none.</summary>
    /// <exception cref="IOException">Another process has it open, or the disk fails.</exception>
    public static WeightsIndexFile Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        // Apart from what it holds, which others may read while it is written.
#pragma warning disable CA2000 // The index owns it; where there is none, it is closed below.
        var held = File.OpenHandle(
            Path.Combine(folder, LockName),
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.None
        );
#pragma warning restore CA2000
        var files = new List<RecordFile>();
        try
        {
            foreach (var (name, size) in s_files)
            {
                files.Add(new(Path.Combine(folder, name), size));
            }

            var opened = files.ToArray();
            var fault = FaultOf(opened, out var isNew);
            var index = new WeightsIndexFile(held, opened, isNew ? null : fault);
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
            held.Dispose();
            throw;
        }
    }

    /// <summary>Deletes the files of an index that nobody has open.</summary>
    public static void Delete(string folder)
    {
        foreach (var (name, _) in s_files)
        {
            File.Delete(Path.Combine(folder, name));
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

    /// <summary>
    /// Whether a slot holds an entry byte for byte, as it would be written today.
    /// </summary>
    public bool Holds(long slot, IndexedEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (slot < 0 || slot >= Entries.Count)
        {
            return false;
        }

        var kept = Index.EntryAt(slot);
        var first = slot == 0 ? 0 : Index.EntryAt(slot - 1).DigestsEnd;
        var digests = DigestsOf(entry, slot).ToArray();
        return kept
                == new EntryRecord(
                    entry.Entry,
                    entry.Form.Weights,
                    first + digests.Length,
                    entry.Stands
                )
            && kept.DigestsEnd <= Digests.Count
            && digests.Index().All(one => DigestAt(first + one.Index) == one.Item)
            && Bytes(Sketches, slot).AsSpan().SequenceEqual(SketchOf(entry.Form))
            && Bytes(Screens, slot).AsSpan().SequenceEqual(ScreenTest.Write(entry.Form));
    }

    /// <summary>Whoever searches in it now gets an error.</summary>
    public void Dispose()
    {
        Array.ForEach(_files, file => file.Dispose());
        _lock.Dispose();
    }

    private static string? FaultOf(RecordFile[] files, out bool isNew)
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
            var head = new byte[RecordFile.HeadBytes];
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

    private static IEnumerable<DigestRecord> DigestsOf(IndexedEntry entry, long slot) =>
        entry
            .Files.Distinct()
            .Select(file => new DigestRecord(file, slot, DigestKind.File))
            .Prepend(new(entry.Form.Weights, slot, DigestKind.Weights));

    private static byte[] SketchOf(Fingerprint form)
    {
        var sketch = new byte[SketchScan.Size];
        SketchScan.Write(form.Scan.Span, sketch);
        return sketch;
    }

    private static byte[] Bytes(RecordFile file, long slot)
    {
        var bytes = new byte[file.Size];
        file.Read(slot, bytes);
        return bytes;
    }

    private DigestRecord DigestAt(long digest) => DigestRecord.Read(Bytes(Digests, digest));

    private long WriteDigests(IndexedEntry entry, long slot, long digest)
    {
        Span<byte> bytes = stackalloc byte[DigestRecord.Size];
        foreach (var record in DigestsOf(entry, slot))
        {
            record.CopyTo(bytes);
            Digests.Write(bytes, digest);
            digest++;
        }

        return digest;
    }

    private void Write(IndexedEntry entry, bool stands, long slot, long digestsEnd)
    {
        Sketches.Write(SketchOf(entry.Form), slot);
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

    /// <summary>
    /// Digests are found when their entries count; those count last, so that whoever sees an entry
    /// finds all of it.
    /// </summary>
    private void Publish(long entries, long digests)
    {
        var from = Digests.Count;
        Digests.Publish(digests);
        for (var at = from; at < digests; at++)
        {
            _table.Add(DigestAt(at).Digest);
        }

        Sketches.Publish(entries);
        Screens.Publish(entries);
        Entries.Publish(entries);
    }
}
