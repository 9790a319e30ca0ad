using Concord.Authority.Foundation;
using Concord.Authority.Identify;
using Concord.Tests.Stores;

namespace Concord.Tests.Identify;

/// <summary>An index in a folder of its own, which a test opens, follows and damages.</summary>
internal sealed class FollowedIndex : IDisposable
{
    private const int Head = 4096;
    private const int NumbersAt = 32;
    private const int NumbersBytes = 24;

    private static readonly (string Name, int Size)[] s_files =
    [
        ("entries", 64),
        ("digests", 48),
        ("sketches", 128),
        ("screens", 2048),
    ];

    private readonly TemporaryFolder _folder = new();
    private FiledPrints _filed;

    public FollowedIndex(FiledPrints filed)
    {
        _filed = filed;
        Kept = New();
    }

    public KeptIndex Kept { get; private set; }

    public SaidLines Said { get; } = new();

    public bool IsFull { get; set; }

    public DataFolder Folder => new(_folder.Path);

    /// <summary>Follows the log to a size, as far as it lets itself be followed.</summary>
    public void Follow(long size)
    {
        while (Kept.Follow(_filed.At(size), CancellationToken.None)) { }
    }

    /// <summary>Stops, and starts again; with another log perhaps.</summary>
    public void Restart(FiledPrints? filed = null)
    {
        Kept.Dispose();
        _filed = filed ?? _filed;
        Kept = New();
    }

    /// <summary>
    /// Follows to a size and loses power when all is on the disk but the word that it counts.
    /// </summary>
    public void FollowAndCrash(long size)
    {
        var entries = PathOf(0);
        var before = new byte[NumbersBytes];
        if (!File.Exists(entries))
        {
            return;
        }

        Kept.Dispose();
        using (var file = File.OpenRead(entries))
        {
            file.Position = NumbersAt;
            file.ReadExactly(before);
        }

        Kept = New();
        Follow(size);
        Kept.Dispose();
        using (var file = File.OpenWrite(entries))
        {
            file.Position = NumbersAt;
            file.Write(before);
        }

        Kept = New();
    }

    /// <summary>Deletes one of the files between two runs.</summary>
    public void Delete(int file)
    {
        Kept.Dispose();
        if (File.Exists(PathOf(file)))
        {
            File.Delete(PathOf(file));
        }

        Kept = New();
    }

    /// <summary>Cuts one of the files off within its records between two runs.</summary>
    public void Cut(int file)
    {
        Kept.Dispose();
        CutNow(file);
        Kept = New();
    }

    /// <summary>Cuts one of the files off, also while it is open.</summary>
    public void CutNow(int file)
    {
        if (File.Exists(PathOf(file)))
        {
            using var open = new FileStream(
                PathOf(file),
                FileMode.Open,
                FileAccess.Write,
                FileShare.ReadWrite
            );
            open.SetLength(Math.Min(open.Length, Head + 20));
        }
    }

    /// <summary>Turns a bit of a record that counts between two runs.</summary>
    public void Flip(int file)
    {
        var count = Kept.Open?.File.Index.Count ?? 0;
        Kept.Dispose();
        if (count > 0)
        {
            using var open = File.Open(PathOf(file), FileMode.Open);
            open.Position = Head + ((count - 1) * s_files[file].Size) + 17;
            var value = open.ReadByte();
            open.Position--;
            open.WriteByte((byte)(value ^ 4));
        }

        Kept = New();
    }

    /// <summary>The records of all files, as they are on the disk.</summary>
    public IReadOnlyList<byte[]> Records()
    {
        var count = Kept.Open?.File.Index.Count ?? 0;
        Kept.Dispose();
        var records = s_files
            .Select((file, at) => File.ReadAllBytes(PathOf(at))[Head..][..(int)(count * file.Size)])
            .ToList();
        Kept = New();
        return records;
    }

    public void Dispose()
    {
        Kept.Dispose();
        _folder.Dispose();
    }

    private string PathOf(int file) =>
        Path.Combine(Folder.WeightsIndex, s_files[file % s_files.Length].Name);

    private KeptIndex New() => new(Folder, _filed.Feed, () => true, () => IsFull, Said);
}
