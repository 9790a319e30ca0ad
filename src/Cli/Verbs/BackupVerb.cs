using System.CommandLine;
using Concord.Authority.Recovery;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord backup</c>: copies what cannot be computed again, beside a running server.
/// </summary>
internal static class BackupVerb
{
    private static readonly Option<string?> s_to = Values.Text(
        "--to",
        "FILE|DIR",
        "Where to: a folder, or a file whose name ends in .tar"
    );

    private static readonly Option<bool> s_withKeys = new("--with-keys")
    {
        Description = "Put the private keys of the data folder into it too: then keep it like them",
    };

    public static Command Create() =>
        new Command("backup", "Copy a log while it is written, and read the copy back")
            .With(s_to, s_withKeys)
            .Does(BackupAsync);

    private static async Task<ExitCode> BackupAsync(Session session)
    {
        _ = session.File;
        var to = Path.GetFullPath(session.Need(s_to));
        var withKeys = session.Words.GetValue(s_withKeys);
        var manifest = await RecoveryFaults.TellAsync(() =>
            session.Terminal.WatchAsync(
                "Copying, and reading the copy back",
                _ =>
                    Task.Run(
                        () => Backup.Run(session.Folder, to, withKeys, TimeProvider.System),
                        session.Cancel
                    )
            )
        );
        Say(session, to, manifest);
        return ExitCode.Done;
    }

    private static void Say(Session session, string to, BackupManifest manifest)
    {
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("backup", to);
            json.WriteString("origin", manifest.Origin);
            json.WriteNumber("size", manifest.Size);
            json.WriteString("root", manifest.Root);
            json.WriteBoolean("keys", manifest.HasKeys);
            json.WriteEndObject();
        });
        var terminal = session.Terminal;
        terminal.Say(
            $"[green]✓[/] {Markup.Escape(to)} holds [bold]{Markup.Escape(manifest.Origin)}[/] at "
                + $"size {manifest.Size}; every entry was read back against the signed root"
        );
        terminal.Note(
            manifest.HasKeys
                ? "  The private keys are in it: whoever reads it can sign as this authority."
                : "  The private keys are not in it: keep keys/ elsewhere, or no "
                    + "server starts from "
                    + "it."
        );
    }
}
