using System.CommandLine;
using Concord.Authority.Recovery;
using Concord.Ledger;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord restore</c> and <c>concord rebuild</c>: the ways back to a log that goes on.
/// </summary>
internal static class RestoreVerb
{
    private static readonly Argument<string> s_backup = new("BACKUP")
    {
        Description = "What `concord backup` made: a folder or a .tar",
    };

    private static readonly Option<DirectoryInfo?> s_mirror = new("--mirror")
    {
        HelpName = "DIR",
        Description = "A mirror of the log: fills what is missing, and says how far it had come",
    };

    private static readonly Option<FileInfo?> s_atLeast = new("--at-least")
    {
        HelpName = "CHECKPOINT",
        Description = "A checkpoint that somebody saw: nothing is signed that contradicts it",
    };

    private static readonly Option<bool> s_nothingNewer = new("--nothing-newer")
    {
        Description = "You answer for it: nothing newer was ever published than what is at hand",
    };

    private static readonly Option<DirectoryInfo?> s_documents = new("--documents")
    {
        HelpName = "DIR",
        Description = "Files that parties kept of what they filed; taken by their SHA-256",
    };

    public static Command Create() =>
        new Command("restore", "Put a backup into a folder, and bring it up to what was published")
            .With(s_backup, s_mirror, s_atLeast, s_nothingNewer, s_documents)
            .Does(RestoreAsync);

    public static Command Rebuild() =>
        new Command("rebuild", "Bring a log back from its own tiles, a mirror and documents")
            .With(s_mirror, s_atLeast, s_nothingNewer, s_documents)
            .Does(RebuildAsync);

    private static async Task<ExitCode> RestoreAsync(Session session)
    {
        var backup = Path.GetFullPath(session.Words.GetRequiredValue(s_backup));
        if (!File.Exists(backup) && !Directory.Exists(backup))
        {
            throw new CommandFault(ExitCode.Usage, $"There is no backup {backup}.");
        }

        return Say(
            session,
            await RecoveryFaults.TellAsync(() =>
                session.Terminal.WatchAsync(
                    "Restoring",
                    async progress =>
                    {
                        var (_, report) = await Restoration.RunAsync(
                            backup,
                            session.Folder,
                            Options(session, progress),
                            session.Cancel
                        );
                        return report;
                    }
                )
            )
        );
    }

    private static async Task<ExitCode> RebuildAsync(Session session)
    {
        if (session.Words.GetValue(s_mirror) is null)
        {
            _ = session.File;
        }

        return Say(
            session,
            await RecoveryFaults.TellAsync(() =>
                session.Terminal.WatchAsync(
                    "Rebuilding",
                    progress =>
                        LogRecovery.RunAsync(
                            session.Folder,
                            Options(session, progress),
                            session.Cancel
                        )
                )
            )
        );
    }

    private static RecoveryOptions Options(
        Session session,
        IProgress<(long Done, long Of)> progress
    ) =>
        new()
        {
            Mirror = session.Words.GetValue(s_mirror) is { } mirror ? Mirror(mirror) : null,
            AtLeast = session.Words.GetValue(s_atLeast)?.FullName,
            IsNothingNewer = session.Words.GetValue(s_nothingNewer),
            Documents = session.Words.GetValue(s_documents) is { } documents
                ? [.. Directory.EnumerateFiles(documents.FullName)]
                : [],
            Progress = progress,
        };

    private static MirrorFolder Mirror(DirectoryInfo folder)
    {
        var mirror = new MirrorFolder(folder.FullName);
        return KnownCheckpoint.NoteIn(mirror.Data.Log) is not null
            ? mirror
            : throw new CommandFault(
                ExitCode.Usage,
                $"{folder} is not a mirror: it has no log/{ITileStore.CheckpointPath}.",
                "Bring it here with a program that keeps files as they are."
            );
    }

    private static ExitCode Say(Session session, RecoveryReport report)
    {
        SayJson(session, report);
        var terminal = session.Terminal;
        var newest = report.Newest;
        if (!report.IsWhole)
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"{report.Size} entries are here, and the log was published up to size "
                    + $"{newest.Checkpoint.Size} ({newest.Where}). No server writes from this "
                    + "folder: that checkpoint lies in it as a guard.",
                $"Find a mirror that has them: concord rebuild --data {session.Folder.Path} "
                    + "--mirror MIRROR. Where nobody has them, the log ends there, "
                    + "and goes on only "
                    + "under a new origin whose genesis names that checkpoint."
            );
        }

        terminal.Say(
            $"[green]✓[/] {report.Size} entries are here, up to the newest checkpoint "
                + $"that is known "
                + $"({Markup.Escape(newest.Where)}, size {newest.Checkpoint.Size})"
        );
        foreach (var (act, digest, isAct) in report.Missing)
        {
            terminal.Say(
                $"[red]✗[/] {act} names {(isAct ? "its sealed act" : "a document")} {digest}, "
                    + "which is lost"
            );
        }

        foreach (var finding in report.Fsck.Findings)
        {
            if (!finding.Place.StartsWith("contents ", StringComparison.Ordinal))
            {
                terminal.Say($"[red]✗[/] {Markup.Escape(finding.ToString())}");
            }
        }

        if (report.MissingKeys.Count > 0)
        {
            terminal.Say(
                $"[yellow]![/] keys that are not here: {string.Join(", ", report.MissingKeys)}. "
                    + $"Put them into {Markup.Escape(session.Folder.Keys)} from where you keep them"
            );
        }

        SayNext(session, report);
        return report.IsReady && report.Fsck.IsClean ? ExitCode.Done : ExitCode.Damaged;
    }

    private static void SayNext(Session session, RecoveryReport report)
    {
        var folder = session.Folder.Path;
        session.Terminal.Note(
            report.Missing.Count > 0
                ? "  Ask who filed them for their files, put these into a folder, and: concord "
                    + $"rebuild --data {folder} --documents DIR"
                : $"  Next: concord up --data {folder}"
        );
    }

    private static void SayJson(Session session, RecoveryReport report) =>
        session.Terminal.Json(json =>
        {
            if (!report.IsWhole)
            {
                return;
            }

            json.WriteStartObject();
            json.WriteNumber("size", report.Size);
            json.WriteString("newest_known", report.Newest.Note);
            json.WriteString("newest_known_from", report.Newest.Where);
            json.WriteBoolean("ready", report.IsReady);
            json.WriteStartArray("missing");
            foreach (var (act, digest, isAct) in report.Missing)
            {
                json.WriteStartObject();
                json.WriteString("act", act.ToString());
                json.WriteString("digest", digest.ToString());
                json.WriteBoolean("is_act", isAct);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("missing_keys");
            foreach (var key in report.MissingKeys)
            {
                json.WriteStringValue(key);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
}
