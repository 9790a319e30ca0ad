using System.CommandLine;
using Concord.Authority.Foundation;
using Concord.Authority.Recovery;
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
        var key = KeysOf(session);
        var isRepair = session.Words.GetValue(s_repair);
        var report = await session.Terminal.WatchAsync(
            isRepair ? "Checking and repairing" : "Checking",
            _ => Task.Run(() => Run(folder, key, isRepair), session.Cancel)
        );
        Say(session, report);
        return report.IsClean ? ExitCode.Done : ExitCode.Damaged;
    }

    private static LogKeys KeysOf(Session session)
    {
        try
        {
            return session.File.LogKeys();
        }
        catch (InvalidDataException e)
        {
            throw new CommandFault(
                ExitCode.Damaged,
                $"The verifier key in {session.Folder.AuthorityFile} is damaged: {e.Message}",
                "Put it back as whoever pinned it knows it, then check again."
            );
        }
    }

    private static FsckReport Run(DataFolder folder, LogKeys key, bool isRepair)
    {
        if (new MirrorFolder(folder.Path) is { IsMirror: true } mirror)
        {
            return mirror.Check(key);
        }

        try
        {
            using var documents = new NamedContents(folder.Database);
            var days = new LoggedDays();
            IEnumerable<Digest> Look(ReadOnlyMemory<byte> entry)
            {
                days.Read(entry);
                return documents.NamedBy(entry);
            }

            var report = isRepair
                ? LogFsck.Repair(folder.Database, folder.Log, key, Look)
                : LogFsck.Check(folder.Database, folder.Log, key, Look);
            return report with
            {
                Findings =
                [
                    .. report.Findings,
                    .. AnswerCheck.Run(folder.Answers, key, days.Roots),
                ],
            };
        }
        catch (PenRefusedException)
        {
            throw new CommandFault(
                ExitCode.NotSo,
                "The authority is running, and nothing is repaired under it.",
                "Stop the server, then repair."
            );
        }
    }

    private static void Say(Session session, FsckReport report)
    {
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("clean", report.IsClean);
            json.WriteNumber("size", report.Size);
            json.WriteNumber("contents", report.Contents);
            json.WriteBoolean("every_byte", report.IsSealed);
            json.WriteStartArray("repaired");
            foreach (var finding in report.Repaired)
            {
                json.WriteStringValue(finding.Place);
            }

            json.WriteEndArray();
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
        foreach (var finding in report.Repaired)
        {
            terminal.Say($"[yellow]repaired[/] {Markup.Escape(finding.ToString())}");
        }

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
                ? $"[green]✓[/] {report.Size} entries and {report.Contents} documents are as the "
                    + "log has signed them"
                : $"[red]✗[/] {report.Findings.Count} places are not as the log has signed them"
        );
        if (report.Findings.Any(one => one.Mend is not null))
        {
            terminal.Note("  Stop the server, then: concord fsck --repair");
        }
    }
}
