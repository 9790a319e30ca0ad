using System.CommandLine;
using Concord.Ledger;
using Concord.Stores;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord fsck</c>: checks every byte of a log against what the log has signed, names what is
/// wrong, and repairs what can be computed again.
/// </summary>
internal static class FsckVerb
{
    private static readonly Option<bool> s_repair = new("--repair")
    {
        Description = "Put right what can be computed from what the log has signed",
    };

    public static Command Create() =>
        new Command("fsck", "Check a log byte by byte; name and repair damage")
            .With(s_repair)
            .Does(FsckAsync);

    private static async Task<ExitCode> FsckAsync(Session session)
    {
        var folder = session.Folder;
        if (!NoteVerifier.TryParse(session.File.VerifierKey, out var key, out var fault))
        {
            throw new CommandFault(
                ExitCode.Damaged,
                $"The verifier key in {folder.AuthorityFile} is damaged: {fault}",
                "Put it back as whoever pinned it knows it, then check again."
            );
        }

        var report = await RunAsync(session, key);
        if (session.Words.GetValue(s_repair) && !report.IsClean)
        {
            Repair(session, report);
            report = await RunAsync(session, key);
        }

        Say(session, report);
        return report.IsClean ? ExitCode.Done : ExitCode.Damaged;
    }

    private static async Task<LogCheckReport> RunAsync(Session session, NoteVerifier key)
    {
        using var log = LocalLog.Open(session);
        return await session.Terminal.WatchAsync(
            "Checking",
            _ =>
                Task.Run(
                    () => LogCheck.Run(new FileTiles(session.Folder.Log), log.Store, key),
                    session.Cancel
                )
        );
    }

    private static void Repair(Session session, LogCheckReport report)
    {
        using var held = session.Folder.Lock();
        foreach (var finding in report.Findings.Where(one => one.Mend is not null))
        {
            finding.Mend?.Invoke();
            session.Terminal.Say($"[yellow]repaired[/] {Markup.Escape(finding.Place)}");
        }
    }

    private static void Say(Session session, LogCheckReport report)
    {
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("clean", report.IsClean);
            json.WriteNumber("size", report.Size);
            json.WriteString("root", report.Published?.Root.ToString());
            json.WriteStartArray("findings");
            foreach (var finding in report.Findings)
            {
                json.WriteStartObject();
                json.WriteString("place", finding.Place);
                json.WriteString("what", finding.What);
                json.WriteBoolean("repairable", finding.Mend is not null);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("notes");
            foreach (var note in report.Notes)
            {
                json.WriteStringValue(note);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        var terminal = session.Terminal;
        foreach (var finding in report.Findings)
        {
            terminal.Say(
                $"[red]✗[/] [bold]{Markup.Escape(finding.Place)}[/]  {Markup.Escape(finding.What)}"
                    + (finding.Mend is null ? "" : "  [grey](repairable)[/]")
            );
        }

        foreach (var note in report.Notes)
        {
            terminal.Note("  " + note);
        }

        terminal.Say(
            report.IsClean
                ? $"[green]✓[/] {report.Size} entries, every byte as signed, root {report.Published?.Root}"
                : $"[red]✗[/] {report.Findings.Count} places are not as the log has signed them"
        );
        if (report.Findings.Any(one => one.Mend is not null))
        {
            terminal.Note("  Stop the server, then: concord fsck --repair");
        }
    }
}
