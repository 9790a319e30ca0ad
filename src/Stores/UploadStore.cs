using System.Buffers;
using Concord.Ledger;

namespace Concord.Stores;

/// <summary>
/// Files that come in parts, before an act names them: one in a folder each, readable by its owner
/// alone, named by whose it is, the digest that it will have and its length. One that is whole has
/// been digested. What is here outlives the server; losing it loses no act. Safe for use by several
/// threads.
/// </summary>
public sealed class UploadStore
{
    private const string Unfinished = ".part";
    private const int Piece = 64 << 10;
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock _one = new();
    private readonly Dictionary<UploadName, Entry> _entries = [];
    private readonly string _folder;

    /// <param name="folder">The folder, which is made when it is not there.</param>
    public UploadStore(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, Mine | UnixFileMode.UserExecute);
        }

        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
        {
            Take(file);
        }
    }

    /// <summary>What is here of one; null: nothing.</summary>
    public Upload? Find(UploadName name)
    {
        lock (_one)
        {
            return _entries.GetValueOrDefault(name)?.Said;
        }
    }

    /// <summary>Makes room for one; where there is one of the name, it stays.</summary>
    /// <param name="name">Whose it is, and the digest that it will have.</param>
    /// <param name="length">How long it will be.</param>
    /// <param name="at">What time it is.</param>
    /// <param name="most">How many there are at most.</param>
    /// <param name="bytesMost">How long they are together at most.</param>
    /// <returns>What is here of it; null: there is no room.</returns>
    public Upload? Begin(UploadName name, long length, DateTime at, int most, long bytesMost)
    {
        lock (_one)
        {
            if (_entries.TryGetValue(name, out var known))
            {
                return known.Said;
            }

            var taken = _entries.Values.Sum(one => one.Length);
            if (_entries.Count >= most || taken + length > bytesMost)
            {
                return null;
            }

            var entry = new Entry(length) { At = at };
            using (Open(PartOf(name, length)))
            {
                _entries[name] = entry;
            }

            return entry.Said;
        }
    }

    /// <summary>Takes the next bytes of one; those that came before a break are kept.</summary>
    /// <param name="name">Which one.</param>
    /// <param name="offset">How many bytes were here when they were sent.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="at">What time it is.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>What came of it, and how many bytes are here now.</returns>
    public async Task<(UploadStep Step, long Offset)> AppendAsync(
        UploadName name,
        long offset,
        Stream body,
        DateTime at,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(body);
        Entry? entry;
        lock (_one)
        {
            if (!_entries.TryGetValue(name, out entry))
            {
                return (UploadStep.Unknown, 0);
            }

            if (entry.IsBusy || entry.Offset != offset)
            {
                return (UploadStep.Elsewhere, entry.Offset);
            }

            entry.IsBusy = true;
        }

        var isTooMuch = false;
        try
        {
            isTooMuch = await CopyAsync(name, entry, body, cancel).ConfigureAwait(false);
        }
        finally
        {
            lock (_one)
            {
                entry.IsBusy = false;
                entry.At = at;
            }
        }

        return isTooMuch ? (UploadStep.TooMuch, entry.Offset) : (Finish(name, entry), entry.Offset);
    }

    /// <summary>A file that is whole; null: it is not here, or not whole.</summary>
    public ReadOnlyMemory<byte>? Read(UploadName name)
    {
        lock (_one)
        {
            if (!_entries.TryGetValue(name, out var entry) || !entry.IsWhole)
            {
                return null;
            }

            var bytes = File.ReadAllBytes(WholeOf(name, entry.Length));
            return Digest.Of(bytes) == name.Digest ? bytes : null;
        }
    }

    /// <summary>Lets one go.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Delete(UploadName name)
    {
        lock (_one)
        {
            if (!_entries.Remove(name, out var entry))
            {
                return false;
            }

            File.Delete(PartOf(name, entry.Length));
            File.Delete(WholeOf(name, entry.Length));
            return true;
        }
    }

    /// <summary>Has one go as if nothing came of it since a time.</summary>
    public void Age(UploadName name, DateTime at)
    {
        lock (_one)
        {
            if (_entries.TryGetValue(name, out var entry) && entry.IsWhole)
            {
                entry.At = at;
                File.SetLastWriteTimeUtc(WholeOf(name, entry.Length), at);
            }
        }
    }

    /// <summary>Lets those go of which nothing came since a time.</summary>
    public void Forget(DateTime before)
    {
        lock (_one)
        {
            var old = _entries.Where(one => one.Value.At < before && !one.Value.IsBusy);
            foreach (var (name, _) in old.ToList())
            {
                Delete(name);
            }
        }
    }

    private async Task<bool> CopyAsync(
        UploadName name,
        Entry entry,
        Stream body,
        CancellationToken cancel
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            using var file = Open(PartOf(name, entry.Length));
            var piece = buffer.AsMemory(0, Piece);
            while (await body.ReadAsync(piece, cancel).ConfigureAwait(false) is > 0 and var read)
            {
                var fits = (int)Math.Min(read, entry.Length - entry.Offset);
                // What came is kept, whatever becomes of the request.
                await file.WriteAsync(piece[..fits], CancellationToken.None).ConfigureAwait(false);
                entry.Offset += fits;
                if (fits < read)
                {
                    return true;
                }
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Whatever a break or a fault of the disk did to it, only what has its digest is whole.
    private UploadStep Finish(UploadName name, Entry entry)
    {
        lock (_one)
        {
            if (entry.Offset < entry.Length || entry.IsWhole)
            {
                return UploadStep.Taken;
            }

            var part = PartOf(name, entry.Length);
            if (!File.Exists(part) || Digest.Of(File.ReadAllBytes(part)) != name.Digest)
            {
                Delete(name);
                return UploadStep.Wrong;
            }

            File.Move(part, WholeOf(name, entry.Length));
            entry.IsWhole = true;
            return UploadStep.Taken;
        }
    }

    // A name that is none of these is somebody else's file.
    private void Take(FileInfo file)
    {
        var isPart = file.Name.EndsWith(Unfinished, StringComparison.Ordinal);
        var text = isPart ? file.Name.AsSpan()[..^Unfinished.Length] : file.Name;
        if (!UploadName.TryRead(text, out var name, out var length) || file.Length > length)
        {
            return;
        }

        _entries[name] = new(length)
        {
            Offset = file.Length,
            IsWhole = !isPart,
            At = file.LastWriteTimeUtc,
        };
    }

    private string WholeOf(UploadName name, long length) =>
        Path.Combine(_folder, name.With(length));

    private string PartOf(UploadName name, long length) => WholeOf(name, length) + Unfinished;

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Mine;
        }

        return new(path, options);
    }

    private sealed class Entry(long length)
    {
        public long Length { get; } = length;

        public long Offset { get; set; }

        public bool IsWhole { get; set; }

        public bool IsBusy { get; set; }

        public DateTime At { get; set; }

        public Upload Said => new(Length, Offset, IsWhole, At);
    }
}
