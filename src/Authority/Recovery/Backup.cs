using System.Formats.Tar;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Stores;

namespace Concord.Authority.Recovery;

/// <summary>
/// Copies what cannot be computed again of a data folder, beside a running server or a stopped one,
/// and reads the copy back before it is called a backup.
/// </summary>
public static class Backup
{
    /// <summary>How the name of a backup in one file ends.</summary>
    public const string Archive = ".tar";

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a backup.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="to">A folder, or a file whose name ends in .tar; not there yet.</param>
    /// <param name="withKeys">Whether the server's private keys go with it.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="RecoveryException">There is something already, or the log is not
    /// whole.</exception>
    public static BackupManifest Run(DataFolder folder, string to, bool withKeys, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentException.ThrowIfNullOrEmpty(to);
        if (File.Exists(to) || Directory.Exists(to))
        {
            throw new RecoveryException(
                $"{to} is there already, and no backup is written over another.",
                "Name a file or folder that is not there."
            );
        }

        var unfinished = to + ".unfinished";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        DataFolder.CreatePrivate(unfinished);
        var copy = new DataFolder(unfinished);
        Copy(folder, copy, withKeys);
        var manifest = Read(copy, withKeys, time);
        manifest.Write(unfinished);
        if (to.EndsWith(Archive, StringComparison.OrdinalIgnoreCase))
        {
            Pack(unfinished, to);
        }
        else
        {
            Directory.Move(unfinished, to);
        }

        return manifest;
    }

    /// <summary>The folder of a backup; one in a file is unpacked beside it.</summary>
    /// <param name="backup">The backup.</param>
    /// <param name="unpacked">Where to unpack.</param>
    public static string Open(string backup, string unpacked)
    {
        if (Directory.Exists(backup))
        {
            return backup;
        }

        DataFolder.CreatePrivate(unpacked);
        TarFile.ExtractToDirectory(backup, unpacked, overwriteFiles: true);
        return unpacked;
    }

    private static void Copy(DataFolder folder, DataFolder copy, bool withKeys)
    {
        // Answers and what was witnessed first: none is then newer than the log that is copied
        // after.
        foreach (var (from, into) in WitnessFiles(folder, copy))
        {
            if (File.Exists(from))
            {
                File.Copy(from, into);
            }
        }

        if (File.Exists(folder.Answers))
        {
            DatabaseCopy.Run(folder.Answers, copy.Answers);
        }

        DatabaseCopy.Run(folder.Database, copy.Database);
        File.Copy(folder.AuthorityFile, copy.AuthorityFile);
        if (withKeys)
        {
            DataFolder.CreatePrivate(copy.Keys);
            foreach (var key in Directory.EnumerateFiles(folder.Keys, "*.pem"))
            {
                DataFolder.WritePrivate(
                    Path.Combine(copy.Keys, Path.GetFileName(key)),
                    File.ReadAllText(key)
                );
            }
        }
    }

    /// <summary>Which witnesses are asked, and what they cosigned.</summary>
    internal static IEnumerable<(string From, string Into)> WitnessFiles(
        DataFolder from,
        DataFolder into
    ) => [(from.WitnessPolicy, into.WitnessPolicy), (from.Witnessed, into.Witnessed)];

    private static BackupManifest Read(DataFolder copy, bool withKeys, TimeProvider time)
    {
        var file = AuthorityFile.Read(copy);
        var log = LogRecovery.KeysOf(file, copy.AuthorityFile);
        PublishedHead head;
        using (var store = SqliteLogStore.Open(copy.Database))
        {
            // Every entry against the root that the log signed.
            _ = LogReader.Open(store, log, out var read);
            head =
                read
                ?? throw new RecoveryException(
                    "The log has no entries yet.",
                    "Start the authority once: concord up --data DIR"
                );
        }

        return new()
        {
            Origin = file.Origin,
            VerifierKey = file.VerifierKey,
            Size = head.Checkpoint.Size,
            Root = head.Checkpoint.Root.ToBase64(),
            Checkpoint = head.Note,
            MadeAt = BackupManifest.TimeOf(time),
            HasKeys = withKeys,
            Files =
            [
                .. Directory
                    .EnumerateFiles(copy.Path, "*", SearchOption.AllDirectories)
                    .Select(one => Path.GetRelativePath(copy.Path, one).Replace('\\', '/'))
                    .Order(StringComparer.Ordinal)
                    .Select(name => BackupManifest.Part.Of(copy.Path, name)),
            ],
        };
    }

    private static void Pack(string folder, string to)
    {
        var unfinished = folder + Archive;
        using (
            var file = new FileStream(
                unfinished,
                new FileStreamOptions
                {
                    Mode = FileMode.Create,
                    Access = FileAccess.Write,
                    UnixCreateMode = Private,
                }
            )
        )
        {
            TarFile.CreateFromDirectory(folder, file, includeBaseDirectory: false);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, to);
        Directory.Delete(folder, recursive: true);
    }
}
