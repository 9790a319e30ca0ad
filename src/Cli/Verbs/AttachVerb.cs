using System.CommandLine;
using System.Security.Cryptography;
using Concord.Ledger;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary><c>concord attach</c>: salts a file, so that its digest betrays nothing.</summary>
internal static class AttachVerb
{
    private const int SaltBytes = 16;

    private static readonly Argument<FileInfo> s_file = new("FILE")
    {
        Description = "The file that is to hang on an act",
    };

    public static Command Create() =>
        new Command("attach", "Salt a file for an act, and print the digest that the act names")
            .With(s_file)
            .Does(async session =>
            {
                var file = session.Words.GetRequiredValue(s_file);
                byte[] salted =
                [
                    .. RandomNumberGenerator.GetBytes(SaltBytes),
                    .. await File.ReadAllBytesAsync(file.FullName, session.Cancel),
                ];
                var path = file.FullName + ".salted";
                await File.WriteAllBytesAsync(path, salted, session.Cancel);
                var digest = Digest.Of(salted);
                session.Terminal.Json(json =>
                {
                    json.WriteStartObject();
                    json.WriteString("file", path);
                    json.WriteString("digest", digest.ToString());
                    json.WriteEndObject();
                });
                session.Terminal.Say($"[green]✓[/] {Markup.Escape(path)}");
                session.Terminal.Fact("digest", digest.ToString());
                session.Terminal.Note(
                    "  Name it under attachments in the act, and file with --attach FILE.salted"
                );
                return ExitCode.Done;
            });
}
