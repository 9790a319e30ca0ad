using System.IO.MemoryMappedFiles;
using Concord.Measures.Weights.Index;
using Microsoft.Win32.SafeHandles;

namespace Concord.Stores;

/// <summary>
/// Records of one size in a file of their own, written at its end and read through memory. How many
/// there are is said from outside, when all that belongs together is on the disk; what is behind
/// them is no record.
/// </summary>
internal sealed class MappedRecords : IndexRecords, IDisposable
{
    /// <summary>Records begin a page after the head.</summary>
    public const int HeadBytes = 4096;

    private const long LeastRoom = 64 * 1024;

    private readonly SafeFileHandle _file;
    private readonly List<Mapped> _before = [];
    private volatile Mapped? _mapped;
    private long _count;

    /// <summary>The records in a file, which is made where there is none.</summary>
    /// <exception cref="IOException">Another process has it open, or the disk fails.</exception>
    public MappedRecords(string path, int size)
    {
        Size = size;
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <inheritdoc/>
    public override int Size { get; }

    /// <inheritdoc/>
    public override long Count => Volatile.Read(ref _count);

    /// <summary>How many whole records the file has room for.</summary>
    public long Room =>
        RandomAccess.GetLength(_file) is var length && length < HeadBytes
            ? -1
            : (length - HeadBytes) / Size;

    /// <inheritdoc/>
    public override void Read(long first, Span<byte> into)
    {
        var records = into.Length / Size;
        if (first < 0 || records * Size != into.Length || first + records > Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(first),
                $"{records} records from {first} on; there are {Count}."
            );
        }

        if (into.Length > 0)
        {
            _mapped!.View.ReadSpan((ulong)(HeadBytes + (first * Size)), into);
        }
    }

    /// <summary>Reads from the head.</summary>
    public int ReadHead(Span<byte> into) => RandomAccess.Read(_file, into, 0);

    /// <summary>Writes into the head.</summary>
    public void WriteHead(ReadOnlySpan<byte> bytes, int at = 0) =>
        RandomAccess.Write(_file, bytes, at);

    /// <summary>Writes records where none are yet, or into one that is.</summary>
    public void Write(ReadOnlySpan<byte> bytes, long record, int at = 0) =>
        RandomAccess.Write(_file, bytes, HeadBytes + (record * Size) + at);

    /// <summary>All that was written is on the disk when this returns.</summary>
    public void Flush() => RandomAccess.FlushToDisk(_file);

    /// <summary>Takes everything out, the head too.</summary>
    public void Empty() => RandomAccess.SetLength(_file, 0);

    /// <summary>Cuts off what is behind so many records, and lets them be read.</summary>
    public void Cut(long count)
    {
        RandomAccess.SetLength(_file, HeadBytes + (count * Size));
        Publish(count);
    }

    /// <summary>Lets so many records be read; they only grow.</summary>
    public void Publish(long count)
    {
        var length = HeadBytes + (count * Size);
        if (count > 0 && (_mapped is null || _mapped.Length < length))
        {
            Map(length + Math.Max(LeastRoom, length / 4));
        }

        Volatile.Write(ref _count, count);
    }

    /// <summary>Nobody may read any more.</summary>
    public void Dispose()
    {
        _before.ForEach(mapped => mapped.Dispose());
        _mapped?.Dispose();
        _file.Dispose();
    }

    /// <summary>What was mapped before stays, for whoever reads from it.</summary>
    private void Map(long length)
    {
        RandomAccess.SetLength(_file, length);
        if (_mapped is { } before)
        {
            _before.Add(before);
        }

        _mapped = new(_file, length);
    }

    private sealed class Mapped : IDisposable
    {
        private readonly MemoryMappedFile _memory;
        private readonly MemoryMappedViewAccessor _view;

        public Mapped(SafeFileHandle file, long length)
        {
            _memory = MemoryMappedFile.CreateFromFile(
                file,
                mapName: null,
                length,
                MemoryMappedFileAccess.Read,
                HandleInheritability.None,
                leaveOpen: true
            );
            _view = _memory.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            Length = length;
        }

        public long Length { get; }

        public SafeMemoryMappedViewHandle View => _view.SafeMemoryMappedViewHandle;

        public void Dispose()
        {
            _view.Dispose();
            _memory.Dispose();
        }
    }
}
