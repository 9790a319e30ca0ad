using System.Text;
using System.Text.Json;

namespace Concord.Cli.Scanning;

/// <summary>
/// Looks at a folder of uploads again and again: what lies unchanged for two looks is scanned,
/// once, and what is said of it is printed on a line.
/// </summary>
/// <param name="session">The command.</param>
/// <param name="folder">The folder.</param>
/// <param name="memory">What was dealt with before.</param>
internal sealed class UploadWatch(Session session, string folder, UploadMemory memory)
{
    private IReadOnlyList<Upload> _before = [];

    /// <summary>Asks what a model is; null: no authority is asked.</summary>
    public Func<ScannedModel, Task<Identified>>? Identify { get; init; }

    /// <summary>
    /// Reports a copy that was found; answers what became of it, or nothing where there is nothing
    /// to report. Null: nothing is reported.
    /// </summary>
    public Func<Upload, ScannedModel, Identified, Task<string?>>? Report { get; init; }

    /// <summary>One look: deals with what is ready.</summary>
    /// <returns>Whether something lies there that may be ready at the next look.</returns>
    public async Task<bool> LookAsync()
    {
        var now = Upload.In(folder);
        var waits = false;
        foreach (var upload in now.Where(one => !memory.Knows(one)))
        {
            if (!_before.Contains(upload))
            {
                waits = true;
                continue;
            }

            await TakeAsync(upload);
        }

        _before = now;
        return waits;
    }

    private async Task TakeAsync(Upload upload)
    {
        using var scanner = new ModelScanner(session);
        try
        {
            await scanner.ScanAsync(Path.Combine(folder, upload.Name));
        }
        catch (Exception e)
            when (e
                    is CommandFault { Code: ExitCode.Usage }
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            // It was taken away, or is being moved: what lies there at the next look counts.
            return;
        }

        foreach (var unread in scanner.Unread)
        {
            Say(upload, unread);
        }

        foreach (var model in scanner.Models)
        {
            var said = Identify is null ? null : await Identify(model);
            if (said is { Verdict: ScanVerdict.Unknown, Swept.Ended: { } ended })
            {
                // Nothing is known of it yet: it is asked about again.
                throw ended;
            }

            var report = said is null || Report is null ? null : await Report(upload, model, said);
            Say(upload, new(model, said, null), report);
        }

        memory.Seen(upload);
    }

    private void Say(Upload upload, UnreadModel unread)
    {
        if (session.Terminal.IsJson)
        {
            Line(json =>
            {
                json.WriteString("event", "unread");
                json.WriteString("upload", upload.Name);
                json.WriteString("name", unread.Name);
                json.WriteString("reason", unread.Reason);
            });
            return;
        }

        session.Terminal.Say(
            $"[red]✗[/] {ShownText.Of(upload.Name)} is not read: "
                + ShownText.Of($"{unread.Reason}.")
        );
    }

    private void Say(Upload upload, ScanRow row, string? report)
    {
        if (session.Terminal.IsJson)
        {
            Line(json =>
            {
                json.WriteString("event", "scanned");
                json.WriteString("upload", upload.Name);
                ScanDocument.WriteModel(json, row.Model);
                json.WriteString(
                    "verdict",
                    row.Identified is { } said ? Values.WordOf(said.Verdict) : null
                );
                json.WriteString("subject", row.Identified?.Best?.Subject);
                json.WriteString("standing", row.Identified?.Best?.Standing);
                json.WriteString("report", report);
            });
            return;
        }

        var words = ScanScreen.Verdict(new() { Rows = [row], Unread = [] }, row);
        session.Terminal.Say(
            $"{(row.Identified is null ? "[grey]·[/]" : ScanScreen.Mark(row))} "
                + $"{ShownText.Of(upload.Name)}: {ShownText.Of(words)}"
        );
        if (report is not null)
        {
            session.Terminal.Fact("report", ShownText.Of(report));
        }
    }

    private void Line(Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        session.Terminal.Print(Encoding.UTF8.GetString(line.ToArray()));
    }
}
