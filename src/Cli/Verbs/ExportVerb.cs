using System.CommandLine;
using Concord.Authority.Api;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary><c>concord export</c>: the public register as a table.</summary>
internal static class ExportVerb
{
    private static readonly Argument<FileInfo?> s_file = new("FILE")
    {
        Description = "Where to; its ending says the format: .jsonl, .csv or .parquet",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> s_format = Values.Text(
        "--format",
        "jsonl|csv|parquet",
        "The format [default: by the ending; jsonl to standard output]"
    );

    public static Command Create() =>
        new Command("export", "Write the public register as JSON Lines, CSV or Parquet")
            .With(s_file, s_format)
            .Does(ExportAsync);

    private static async Task<ExitCode> ExportAsync(Session session)
    {
        var file = session.Words.GetValue(s_file);
        var format =
            session.Words.GetValue(s_format)
            ?? (file is null ? "jsonl" : file.Extension.TrimStart('.').ToLowerInvariant());
        if (!RegisterExport.Formats.ContainsKey(format))
        {
            throw new CommandFault(
                ExitCode.Usage,
                $"'{format}' is not a format.",
                "Name one with --format: " + string.Join(", ", RegisterExport.Formats.Keys)
            );
        }

        using var log = LocalLog.Open(session);
        var world = await log.FoldAsync(session);
        if (file is null)
        {
            await using var output = Console.OpenStandardOutput();
            await RegisterExport.WriteAsync(
                RegisterExport.Rows(world),
                format,
                output,
                session.Cancel
            );
            return ExitCode.Done;
        }

        await using (var stream = file.Create())
        {
            await RegisterExport.WriteAsync(
                RegisterExport.Rows(world),
                format,
                stream,
                session.Cancel
            );
        }

        var rows = RegisterExport.Rows(world).Count();
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("file", file.FullName);
            json.WriteNumber("models", rows);
            json.WriteNumber("size", world.Size);
            json.WriteEndObject();
        });
        session.Terminal.Say(
            $"[green]✓[/] {Markup.Escape(file.Name)}: {rows} models at log size {world.Size}"
        );
        return ExitCode.Done;
    }
}
