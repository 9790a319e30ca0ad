using System.CommandLine;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord key</c>: makes and shows keys, adds and ends them, lets one take over from another.
/// </summary>
internal static class KeyVerb
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME")
        {
            Description = "What the key is called; NAME.pem is written",
        };
        var file = new Argument<string>("FILE")
        {
            Description = "A private key (PEM, or pkcs11:token=…;object=…)",
        };
        return new Command("key", "Make, show, add, end keys; let one take over from another").With(
            new Command("new", "Make a private P-256 key, readable by you alone")
                .With(name)
                .Does(session => New(session, session.Words.GetRequiredValue(name))),
            KeyRotation.Rotate(),
            KeyRotation.Retire(),
            new Command("show", "Show the public half of a key")
                .With(file)
                .Does(session => Show(session, session.Words.GetRequiredValue(file))),
            InvitationVerbs.Join(),
            KeyRecovery.Create(),
            InvitationVerbs.Revoke()
        );
    }

    private static Task<ExitCode> New(Session session, string name)
    {
        var path = name.EndsWith(".pem", StringComparison.Ordinal) ? name : name + ".pem";
        using var key = StatementSigner.Create();
        try
        {
            DataFolder.WritePrivate(path, key.ToPem());
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"{path} is there already; a key is never overwritten.",
                "Choose another name."
            );
        }

        Say(session.Terminal, key.PublicKey, path);
        session.Terminal.Note(
            "  Keep the file to yourself and a copy in a safe place: whoever has it speaks for you."
        );
        session.Terminal.Note(
            $"  Next: concord party new NAME --country CC --role developer --key {path}"
        );
        return Task.FromResult(ExitCode.Done);
    }

    private static Task<ExitCode> Show(Session session, string path)
    {
        using var key = session.ReadKey(path);
        Say(session.Terminal, key.PublicKey, path);
        return Task.FromResult(ExitCode.Done);
    }

    private static void Say(Terminal terminal, PublicKey key, string path)
    {
        terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("file", path);
            json.WriteString("key", key.Id.ToString());
            json.WriteStartObject("jwk");
            json.WriteString("kty", "EC");
            json.WriteString("crv", "P-256");
            json.WriteString("x", Base64Url(key.X.Span));
            json.WriteString("y", Base64Url(key.Y.Span));
            json.WriteEndObject();
            json.WriteEndObject();
        });
        terminal.Say($"[green]✓[/] {Markup.Escape(path)}");
        terminal.Fact("key", key.Id.ToString());
    }

    private static string Base64Url(ReadOnlySpan<byte> bytes) =>
        System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
