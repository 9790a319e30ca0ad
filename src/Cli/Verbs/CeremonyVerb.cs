using System.CommandLine;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Cli.Ceremonies;
using Concord.Cli.Tokens;
using Concord.Ledger;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord ceremony</c>: roots make their keys and sign, each on a machine of their own, and
/// every step is written into one transcript (docs/CEREMONY.md).
/// </summary>
internal static class CeremonyVerb
{
    private static readonly Option<FileInfo?> s_transcript = new("--transcript")
    {
        HelpName = "FILE",
        Description = $"The transcript, which is carried along [default: {Transcript.DefaultFile}]",
        Recursive = true,
    };

    private static readonly Argument<string> s_name = new("NAME")
    {
        Description = "The holder's name: lower-case letters, digits and hyphens",
    };

    private static readonly Option<bool> s_new = new("--new")
    {
        Description = "Make the key, in the file or on the token; else it is there",
    };

    public static Command Create() =>
        new Command("ceremony", "Make keys and sign in front of witnesses, with a transcript").With(
            s_transcript,
            new Command("key", "Make or take a key, and write its public half to be carried")
                .With(s_name, Shared.Key, s_new)
                .Does(Key),
            CeremonyDrafts.Genesis(),
            CeremonyDrafts.KeySet(),
            CeremonySigning.Sign(),
            CeremonySigning.Complete(),
            new Command(
                "transcript",
                "Check the chain of the transcript and print it for signing"
            ).Does(Print)
        );

    /// <summary>The transcript of this ceremony.</summary>
    public static Transcript TranscriptOf(Session session) =>
        Transcript.Read(session.Words.GetValue(s_transcript)?.ToString() ?? Transcript.DefaultFile);

    /// <summary>The one key that was named.</summary>
    /// <exception cref="CommandFault">None was, or several; or others may read its file.
    /// </exception>
    public static string KeyWord(Session session)
    {
        var words = Signatory.Files(session);
        if (words.Count != 1)
        {
            throw new CommandFault(
                ExitCode.Usage,
                "One key takes part in a step.",
                "Name it with --key FILE, or --key pkcs11:token=…;object=…"
            );
        }

        if (!TokenAddress.Is(words[0]) && File.Exists(words[0]))
        {
            Pin.Refuse(words[0], "key");
        }

        return words[0];
    }

    /// <summary>Where a key lies, for people.</summary>
    public static string Medium(string word) =>
        TokenAddress.Is(word) ? $"token {word}" : $"file {Path.GetFileName(word)}";

    private static Task<ExitCode> Key(Session session)
    {
        var name = session.Words.GetRequiredValue(s_name);
        var transcript = TranscriptOf(session);
        var word = KeyWord(session);
        var isNew = session.Words.GetValue(s_new);
        var path = name + PublicHalf.Ending;
        if (File.Exists(path))
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"{path} is there already.",
                "Another key of that name was made here: choose another name or folder."
            );
        }

        using var key = isNew ? Make(session, word) : session.ReadKey(word);
        PublicHalf.Write(path, new NamedKey { Name = name, Key = key.PublicKey });
        var aloud = Fingerprint.Of(key.PublicKey.Id);
        var link = transcript.Add(
            isNew ? $"The key of {name} is made" : $"The key of {name} is shown",
            ("medium", Medium(word)),
            ("key", key.PublicKey.Id.ToString()),
            ("aloud", aloud)
        );
        Say(
            session,
            $"{path} is the public half of the key of {name}",
            link,
            ("key", key.PublicKey.Id.ToString()),
            ("aloud", aloud)
        );
        return Task.FromResult(ExitCode.Done);
    }

    private static StatementSigner Make(Session session, string word)
    {
        if (TokenAddress.Is(word))
        {
            return StatementSigner.Of(TokenKey.Create(session, TokenAddress.Read(word)));
        }

        if (File.Exists(word))
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"{word} is there already; a key is never overwritten.",
                "Take it without --new, or choose another name."
            );
        }

        var key = StatementSigner.Create();
        DataFolder.WritePrivate(word, key.ToPem());
        return key;
    }

    /// <summary>Says what a step did, and the link of the transcript.</summary>
    public static void Say(
        Session session,
        string done,
        Digest link,
        params ReadOnlySpan<(string Name, string Value)> facts
    )
    {
        var said = facts.ToArray();
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("done", done);
            foreach (var (name, value) in said)
            {
                json.WriteString(name, value);
            }

            json.WriteString("chain", link.ToString());
            json.WriteEndObject();
        });
        session.Terminal.Say($"[green]✓[/] {Markup.Escape(done)}");
        foreach (var (name, value) in said)
        {
            session.Terminal.Fact(name, Markup.Escape(value));
        }

        session.Terminal.Fact("chain", link.ToString());
    }

    private static Task<ExitCode> Print(Session session)
    {
        var transcript = TranscriptOf(session);
        if (transcript.Last is not { } link)
        {
            throw new CommandFault(
                ExitCode.None,
                "The transcript has no step.",
                "Name it with --transcript FILE."
            );
        }

        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("steps", transcript.Steps);
            json.WriteString("chain", link.ToString());
            json.WriteString("text", transcript.Text);
            json.WriteEndObject();
        });
        session.Terminal.Say(Markup.Escape(transcript.Text));
        session.Terminal.Say("");
        session.Terminal.Say($"{transcript.Steps} steps; whoever signs below has seen them.");
        session.Terminal.Say("");
        session.Terminal.Say("name                          signature                     day");
        return Task.FromResult(ExitCode.Done);
    }
}
