using System.CommandLine;
using Concord.Cli.Scanning;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord scan</c>: what weights are, whatever they are called: asked of an authority by
/// digests and fingerprint, or compared here.
/// </summary>
internal static class ScanVerb
{
    /// <summary>More models than these are not compared every one with every other.</summary>
    private const int ComparedMost = 256;

    private static readonly Argument<string[]> s_paths = new("PATH")
    {
        Description = "Files, folders or archives of weights, or addresses; they are never sent",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> s_against = new("--against")
    {
        HelpName = "PATH",
        Description = "Compare with these weights or kept fingerprints, and ask no authority",
    };

    private static readonly Option<FileInfo?> s_fingerprint = new("--fingerprint")
    {
        HelpName = "FILE",
        Description = "Keep the fingerprint of the one model in FILE (256 KiB at most)",
    };

    private static readonly Option<bool> s_small = new("--small")
    {
        Description = "Keep its small form, which registers take (32 KiB at most)",
    };

    public static Command Create() =>
        new Command("scan", "Say what weights are a copy of or made from, whatever their name")
            .With(s_paths, s_against, s_fingerprint, s_small)
            .Does(ScanAsync);

    /// <summary>Whether an authority is asked: one that was named, or that is here.</summary>
    internal static bool HasAuthority(Session session) =>
        session.Words.GetValue(Shared.Authority) is not null || session.HasFolder;

    private static async Task<ExitCode> ScanAsync(Session session)
    {
        using var scanner = new ModelScanner(session);
        foreach (var path in session.Words.GetRequiredValue(s_paths))
        {
            await scanner.ScanAsync(path);
        }

        await KeepAsync(session, scanner);
        var report =
            session.Words.GetValue(s_against) is { } against
                ? Against(scanner, await References.ReadAsync(session, against))
            : HasAuthority(session) ? await AskAsync(session, scanner)
            : Among(session, scanner);
        ScanScreen.Say(session.Terminal, report);
        session.Terminal.Json(json => ScanDocument.Write(json, report));
        return report.Code;
    }

    private static ScanReport Against(ModelScanner scanner, IReadOnlyList<Reference> references) =>
        new()
        {
            Rows =
            [
                .. scanner.Models.Select(model => new ScanRow(
                    model,
                    null,
                    Relative.Nearest(
                        references.Select(one => Relative.Of(Reference.Of(model), one))
                    )
                )),
            ],
            Unread = scanner.Unread,
            References = references.Count,
        };

    private static async Task<ScanReport> AskAsync(Session session, ModelScanner scanner)
    {
        using var client = session.Connect();
        var asking = new Identification(session, client);
        var rows = new List<ScanRow>();
        foreach (var model in scanner.Models)
        {
            rows.Add(new(model, await asking.AskAsync(model), null));
        }

        return new()
        {
            Rows = rows,
            Unread = scanner.Unread,
            Authority = client.Url,
        };
    }

    private static ScanReport Among(Session session, ModelScanner scanner)
    {
        if (scanner.Models.Count > ComparedMost)
        {
            session.Terminal.Note(
                $"{scanner.Models.Count} models are not compared with each other: {ComparedMost} "
                    + "are at most. Compare them with some of them by --against."
            );
            return new()
            {
                Rows = [.. scanner.Models.Select(model => new ScanRow(model, null, null))],
                Unread = scanner.Unread,
            };
        }

        var (families, nearest) = ScanReport.CompareAll(scanner.Models, session.Cancel);
        return new()
        {
            Rows = [.. scanner.Models.Select((model, at) => new ScanRow(model, null, nearest[at]))],
            Unread = scanner.Unread,
            Families = families,
        };
    }

    private static async Task KeepAsync(Session session, ModelScanner scanner)
    {
        if (session.Words.GetValue(s_fingerprint) is not { } file)
        {
            return;
        }

        if (scanner.Models is not [{ HasEvidence: true } model])
        {
            throw new CommandFault(
                scanner.Models.Count > 1 ? ExitCode.Several : ExitCode.Unreadable,
                $"{scanner.Models.Count} models were read, and a fingerprint is kept of one that "
                    + "can be recognised.",
                "Name the file of that model, or the index of its shards."
            );
        }

        var form = session.Words.GetValue(s_small) ? model.Fingerprint.Small() : model.Fingerprint;
        await File.WriteAllBytesAsync(file.FullName, form.Write(), session.Cancel);
        session.Terminal.Say($"[green]✓[/] {Markup.Escape(file.ToString())}");
    }
}
