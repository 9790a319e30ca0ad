using Concord.Measures.Weights;

namespace Concord.Cli.Scanning;

/// <summary>Reads what models are compared with: fingerprints that were kept, or weights.</summary>
internal static class References
{
    /// <summary>The ending of a fingerprint's file.</summary>
    public const string Ending = ".fingerprint";

    /// <summary>Reads a file or folder of them.</summary>
    /// <exception cref="CommandFault">There is none, or one is not read.</exception>
    public static async Task<IReadOnlyList<Reference>> ReadAsync(Session session, string path)
    {
        var files =
            Directory.Exists(path)
                ? Directory
                    .EnumerateFiles(path, "*" + Ending)
                    .Order(StringComparer.Ordinal)
                    .ToArray()
            : path.EndsWith(Ending, StringComparison.Ordinal) ? [path]
            : [];
        var all = files.Select(Read).ToList();
        if (files is not [var only] || !string.Equals(only, path, StringComparison.Ordinal))
        {
            using var scanner = new ModelScanner(session);
            await scanner.ScanAsync(path);
            if (scanner.Unread is [var unread, ..])
            {
                throw new CommandFault(
                    ExitCode.Unreadable,
                    $"{unread.Name} is not read: {unread.Reason}.",
                    "Compare with sound files, or with fingerprints of them."
                );
            }

            all.AddRange(scanner.Models.Select(Reference.Of));
        }

        return all.Count > 0
            ? all
            : throw new CommandFault(
                ExitCode.Unreadable,
                $"There is nothing in {path} to compare with.",
                $"Name weights, or fingerprints that end in {Ending}."
            );
    }

    /// <summary>Reads a fingerprint that was kept.</summary>
    /// <exception cref="CommandFault">It is none.</exception>
    public static Reference Read(string file)
    {
        if (new FileInfo(file).Length > Fingerprint.LargeBytes)
        {
            throw Fault(file, $"it has more than {Fingerprint.LargeBytes} bytes");
        }

        return Fingerprint.TryRead(File.ReadAllBytes(file), out var read, out var fault)
            ? new(file, read, null)
            : throw Fault(file, fault);
    }

    private static CommandFault Fault(string file, string why) =>
        new(
            ExitCode.Unreadable,
            $"{file} is no fingerprint: {why}.",
            "Make one with concord scan FILE --fingerprint FILE."
        );
}
