using Concord.Ledger;

namespace Concord.Stores;

/// <summary>
/// Tiles, bundles and checkpoint as files under one folder, servable as they lie. Each is written
/// under another name and renamed into its place: whoever reads, and whatever ends the process,
/// a file is there whole or not at all.
/// </summary>
public sealed class FileTiles : ITileStore
{
    /// <summary>The name of the file that is being written, in the folder itself.</summary>
    public const string Unfinished = ".unfinished";

    private readonly string _folder;
    private readonly string _unfinished;

    /// <summary>The tiles in a folder, which is made where there is none.</summary>
    public FileTiles(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = Path.GetFullPath(folder);
        _unfinished = Path.Combine(_folder, Unfinished);
        Directory.CreateDirectory(_folder);
    }

    /// <summary>The folder.</summary>
    public string Folder => _folder;

    /// <inheritdoc/>
    public void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var file = FileOf(path);
        Put(_unfinished, bytes);
        try
        {
            File.Move(_unfinished, file, overwrite: true);
        }
        catch (DirectoryNotFoundException)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file) ?? _folder);
            File.Move(_unfinished, file, overwrite: true);
        }
    }

    /// <inheritdoc/>
    public byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(FileOf(path));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> List(string folder)
    {
        var start = FolderOf(folder);
        if (!Directory.Exists(start))
        {
            return [];
        }

        return Directory
            .EnumerateFiles(start, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_folder, file).Replace('\\', '/'))
            .Where(path => !string.Equals(path, Unfinished, StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!path.EndsWith('/'))
        {
            DeleteFile(FileOf(path));
        }
        else if (Directory.Exists(FolderOf(path)))
        {
            Directory.Delete(FolderOf(path), recursive: true);
        }
    }

    // Neither locked nor given room beforehand: the one pen writes it, most are soon superseded,
    // and a file system that allots blocks late need not allot any to those.
    private static void Put(string file, ReadOnlySpan<byte> bytes)
    {
        using var handle = File.OpenHandle(
            file,
            FileMode.Create,
            FileAccess.Write,
            FileShare.ReadWrite
        );
        RandomAccess.Write(handle, bytes, 0);
    }

    private static void DeleteFile(string file)
    {
        if (File.Exists(file))
        {
            File.Delete(file);
        }
    }

    private string FileOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Inside(path);
    }

    private string FolderOf(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return folder.Length == 0 ? _folder : Inside(folder[..^1]);
    }

    private string Inside(string path)
    {
        var file = Path.GetFullPath(Path.Combine(_folder, path));
        return file.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? file
            : throw new ArgumentException($"{path} is not below the log's folder.", nameof(path));
    }
}
