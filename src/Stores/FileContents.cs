using Concord.Ledger;

namespace Concord.Stores;

/// <summary>
/// Documents as files in one folder, each named by its SHA-256 in hexadecimal; a file whose bytes
/// are others is as good as none.
/// </summary>
/// <param name="folder">The folder, which is made at the first writing.</param>
public sealed class FileContents(string folder)
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The digests that files are named by.</summary>
    public IEnumerable<Digest> Digests =>
        Directory.Exists(Folder)
            ? Directory
                .EnumerateFiles(Folder)
                .Select(file => (IsDigest: TryName(file, out var digest), Digest: digest))
                .Where(file => file.IsDigest)
                .Select(file => file.Digest)
            : [];

    /// <summary>A document; null where it is not here, or not as it was.</summary>
    public ReadOnlyMemory<byte>? Read(Digest digest)
    {
        var file = FileOf(digest);
        if (!File.Exists(file))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(file);
        return Digest.Of(bytes) == digest ? bytes : null;
    }

    /// <summary>Keeps a document, whole or not at all.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Folder);
        var file = FileOf(Digest.Of(bytes));
        File.WriteAllBytes(file + FileTiles.Unfinished, bytes);
        File.Move(file + FileTiles.Unfinished, file, overwrite: true);
    }

    /// <summary>Deletes a document, and what was left of writing it.</summary>
    /// <returns>Whether it was here.</returns>
    public bool Delete(Digest digest)
    {
        var file = FileOf(digest);
        var isHere = File.Exists(file);
        if (Directory.Exists(Folder))
        {
            File.Delete(file);
            File.Delete(file + FileTiles.Unfinished);
        }

        return isHere;
    }

    private string FileOf(Digest digest) => Path.Combine(Folder, digest.ToHex());

    private static bool TryName(string file, out Digest digest) =>
        Digest.TryParseHex(Path.GetFileName(file), out digest);
}
