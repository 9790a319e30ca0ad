using Concord.Measures.Weights.Index;
using Microsoft.Win32.SafeHandles;

namespace Concord.Stores;

/// <summary>
/// Records of one size in a file of their own, written at its end. How many there are is said from
/// outside, when all that belongs together is on the disk; what is behind them is no record. They
/// are read and not mapped: a file that was cut, or a disk that fails, is then an error like any
/// other, where a mapped page would end the process.
/// </summary>
internal sealed class RecordFile : IndexRecords, IDisposable
{
    /// <summary>Records begin a page after the head.</summary>
    public const int HeadBytes = 4096;

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private long _count;

    /// <summary>The records in a file, which is made where there is none.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public RecordFile(string path, int size)
    {
        (_path, Size) = (path, size);
        _file = File.OpenHandle(
            path,
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.ReadWrite
        );
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
    /// <exception cref="IOException">The file ends before them, or the disk fails.</exception>
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

        for (var at = HeadBytes + (first * Size); into.Length > 0; )
        {
            var read = RandomAccess.Read(_file, into, at);
            if (read == 0)
            {
                throw new EndOfStreamException($"{_path} ends at {at}, before what it holds.");
            }

            into = into[read..];
            at += read;
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
    public void Publish(long count) => Volatile.Write(ref _count, count);

    /// <summary>Whoever reads now gets an error.</summary>
    public void Dispose() => _file.Dispose();
}
