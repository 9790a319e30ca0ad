using Concord.Authority.Api;
using Concord.Ledger;

namespace Concord.Cli.Refile;

/// <summary>
/// Finds documents by their digest: in the folder that was named, beside the statements, and among
/// the public ones of a mirror.
/// </summary>
internal sealed class KeptFiles(OldLog old, string folder, string? documents)
{
    private Dictionary<Digest, string>? _files;

    /// <summary>A document; null: nobody here has it.</summary>
    public ReadOnlyMemory<byte>? Find(Digest digest) =>
        Files.TryGetValue(digest, out var file) ? File.ReadAllBytes(file) : old.Document(digest);

    private Dictionary<Digest, string> Files
    {
        get
        {
            if (_files is null)
            {
                _files = [];
                foreach (var file in In(folder).Concat(documents is null ? [] : In(documents)))
                {
                    // No longer one ever hung on an act.
                    if (new FileInfo(file).Length <= FilingBody.AttachmentBytesMax)
                    {
                        _files[Digest.Of(File.ReadAllBytes(file))] = file;
                    }
                }
            }

            return _files;
        }
    }

    private static IEnumerable<string> In(string path) =>
        Directory.Exists(path)
            ? Directory.EnumerateFiles(path)
            : throw new CommandFault(
                ExitCode.Usage,
                $"There is no folder {path}.",
                "Name with --documents where the salted files are."
            );
}
