using System.IO.Compression;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Formats;

namespace Concord.Cli.Weights;

/// <summary>
/// Archives of weights: what lies in them as it is, is read where it lies; what is compressed is
/// unpacked into temporary files that are gone when they are closed. Links in archives are left.
/// </summary>
/// <param name="file">The archive.</param>
/// <param name="opened">Gets what is opened, to be closed later.</param>
/// <param name="budget">What may be read and unpacked.</param>
internal sealed class Archive(
    ByteSource file,
    ICollection<IDisposable> opened,
    ReadingBudget budget
)
{
    private const int TarMagicAt = 257;
    private const int EntriesMax = 100_000;
    private const int CopiedBytes = 1 << 20;

    private readonly SortedDictionary<string, Dictionary<string, Func<ByteSource>>> _folders = new(
        StringComparer.Ordinal
    );

    private int _entries;

    /// <summary>The folders of a file that is an archive; nothing where it is none.</summary>
    public IReadOnlyList<(string Path, WeightsFolder Folder)>? Folders()
    {
        Span<byte> start = stackalloc byte[TarMagicAt + 5];
        start = start[..(int)Math.Min(start.Length, file.Length)];
        file.Fill(0, start);
        try
        {
            if (start.StartsWith("PK\x03\x04"u8))
            {
                return Zip() ? Listed() : null;
            }

            var isTar = start.Length > TarMagicAt && start[TarMagicAt..].SequenceEqual("ustar"u8);
            if (!isTar && !start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            {
                return null;
            }

            Tar(isTar);
            return Listed();
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw Fault($"it is broken: {broken.Message.TrimEnd('.')}");
        }
    }

    private List<(string Path, WeightsFolder Folder)> Listed() =>
        [
            .. _folders.Select(folder =>
                (folder.Key, (WeightsFolder)new ArchiveFolder(folder.Value))
            ),
        ];

    private bool Zip()
    {
        var entries = ZipDirectory.Read(file);
        if (entries.Any(entry => entry.Name.EndsWith("/data.pkl", StringComparison.Ordinal)))
        {
            // PyTorch's own archive is a model, and no archive of models.
            return false;
        }

        foreach (var entry in entries.Where(entry => !entry.Name.EndsWith('/')))
        {
            var stretch = new StretchBytes(Called(entry.Name), file, entry.Offset, entry.Length);
            Add(entry.Name, () => entry.IsStored ? stretch : Inflated(stretch));
        }

        return true;
    }

    private FileBytes Inflated(StretchBytes packed)
    {
        using var stream = new DeflateStream(new SourceStream(packed), CompressionMode.Decompress);
        return Unpacked(packed.Name, stream.Read);
    }

    private void Tar(bool isPlain)
    {
        using var stream = new SourceStream(file);
        using Stream unpacked = isPlain
            ? stream
            : new GZipStream(stream, CompressionMode.Decompress);
        var entries = new TarEntries(file.Name, unpacked);
        while (entries.Next())
        {
            var name = Called(entries.Name);
            if (isPlain && entries.Length > file.Length - stream.Position)
            {
                throw Fault($"it ends within {entries.Name}");
            }

            if (isPlain)
            {
                var stretch = new StretchBytes(name, file, stream.Position, entries.Length);
                Add(entries.Name, () => stretch);
            }
            else
            {
                var copy = Unpacked(name, entries.Read);
                Add(entries.Name, () => copy);
            }
        }
    }

    private void Add(string name, Func<ByteSource> open)
    {
        if (++_entries > EntriesMax)
        {
            throw Fault($"it has more than {EntriesMax} files");
        }

        var path = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        var at = path.LastIndexOf('/') + 1;
        if (!_folders.TryGetValue(path[..at], out var files))
        {
            _folders[path[..at]] = files = new(StringComparer.Ordinal);
        }

        if (!files.TryAdd(path[at..], open))
        {
            throw Fault($"{Called(path)} stands twice in it");
        }
    }

    private FileBytes Unpacked(string name, Reading read)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var handle = File.OpenHandle(
            path,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            FileOptions.DeleteOnClose
        );
        try
        {
            var buffer = new byte[CopiedBytes];
            long length = 0;
            int count;
            while ((count = read(buffer)) > 0)
            {
                budget.Unpack(name, count);
                RandomAccess.Write(handle, buffer.AsSpan(0, count), length);
                length += count;
            }
        }
        catch
        {
            handle.Dispose();
            throw;
        }

        var source = FileBytes.Of(name, handle, budget);
        opened.Add(source);
        return source;
    }

    private delegate int Reading(Span<byte> into);

    private string Called(string entry) => $"{file.Name}/{entry}";

    private WeightsFault Fault(string reason) => new(file.Name, "the archive", reason);
}
