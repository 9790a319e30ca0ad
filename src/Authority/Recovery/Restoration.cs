using Concord.Authority.Foundation;
using Concord.Ledger;

namespace Concord.Authority.Recovery;

/// <summary>
/// Puts a backup into a data folder that has no database, and brings it up to the newest checkpoint
/// that is known. A backup is always older than what was published after it: where nothing says how
/// far the log had come, nothing is restored.
/// </summary>
public static class Restoration
{
    /// <summary>Restores.</summary>
    /// <param name="backup">The backup: a folder, or a file that was packed.</param>
    /// <param name="folder">The data folder; nothing in it is overwritten.</param>
    /// <param name="options">What else is at hand.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="RecoveryException">It cannot be restored; nothing was
    /// written.</exception>
    public static async Task<(BackupManifest Manifest, RecoveryReport Report)> RunAsync(
        string backup,
        DataFolder folder,
        RecoveryOptions options,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        if (File.Exists(folder.Database))
        {
            throw new RecoveryException(
                $"{folder.Path} holds a log already, and nothing is restored over it.",
                "Name a folder without one; or, where that log is damaged: concord fsck --repair"
            );
        }

        var unpacked = folder.Path + ".unpacked";
        try
        {
            var from = Backup.Open(backup, unpacked);
            var manifest = await Task.Run(() => BackupManifest.Check(from), cancel);
            return (manifest, await RunAsync(manifest, new(from), folder, options, cancel));
        }
        finally
        {
            if (Directory.Exists(unpacked))
            {
                Directory.Delete(unpacked, recursive: true);
            }
        }
    }

    private static async Task<RecoveryReport> RunAsync(
        BackupManifest manifest,
        DataFolder copy,
        DataFolder folder,
        RecoveryOptions options,
        CancellationToken cancel
    )
    {
        var log = LogRecovery.KeysOf(AuthorityFile.Read(copy), copy.AuthorityFile);
        CheckName(folder, log);
        if (!options.SaysHowFar && !KnownCheckpoint.In(folder, log).Any())
        {
            throw new RecoveryException(
                $"The backup ends at size {manifest.Size}, and nothing here says how far the log "
                    + "went on after it. To write from it could give the log two histories.",
                "Say how far it had come: --mirror MIRROR, or --at-least CHECKPOINT (as anybody "
                    + "last read it at URL/log/checkpoint); or answer for it yourself with "
                    + "--nothing-newer, when the server was stopped before the backup was made and "
                    + "never started since."
            );
        }

        Bring(copy, folder);
        return await LogRecovery.RunAsync(
            folder,
            options with
            {
                Database = copy.Database,
                Known =
                [
                    KnownCheckpoint.Read("the backup", manifest.Checkpoint, log),
                    .. KnownCheckpoint.In(copy, log),
                ],
            },
            cancel
        );
    }

    private static void CheckName(DataFolder folder, LogKeys log)
    {
        if (
            folder.IsFounded
            && !LogRecovery
                .KeysOf(AuthorityFile.Read(folder), folder.AuthorityFile)
                .Verifiers.Intersect(log.Verifiers)
                .Any()
        )
        {
            throw new RecoveryException(
                $"{folder.Path} is of another log than the backup.",
                "Name an empty folder, or the one that the backup was made of."
            );
        }
    }

    private static void Bring(DataFolder copy, DataFolder folder)
    {
        folder.Create();
        CopyNew(copy.AuthorityFile, folder.AuthorityFile);
        CopyNew(copy.Answers, folder.Answers);
        foreach (var (from, into) in Backup.WitnessFiles(copy, folder))
        {
            CopyNew(from, into);
        }

        if (Directory.Exists(copy.Keys))
        {
            foreach (var key in Directory.EnumerateFiles(copy.Keys, "*.pem"))
            {
                CopyNew(key, Path.Combine(folder.Keys, Path.GetFileName(key)));
            }
        }
    }

    private static void CopyNew(string from, string to)
    {
        if (File.Exists(from) && !File.Exists(to))
        {
            // The mode goes with it: a key stays readable by its owner alone.
            File.Copy(from, to);
        }
    }
}
