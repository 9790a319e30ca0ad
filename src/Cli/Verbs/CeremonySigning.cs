using System.CommandLine;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Cli.Ceremonies;
using Concord.Ledger;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord ceremony sign</c> and <c>complete</c>: a root signs a draft that was carried to its
/// machine, which needs no network; the signatures that are carried back found the log, or are
/// filed.
/// </summary>
internal static class CeremonySigning
{
    private const string Ending = ".statement.cose";

    private static readonly Argument<FileInfo> s_draft = new("DRAFT")
    {
        Description = "The genesis or key set that was drafted",
    };

    private static readonly Option<string?> s_root = Values.Text(
        "--root",
        "NAME",
        "The root's name; a genesis says it itself"
    );

    private static readonly Option<bool> s_yes = new("--yes", "-y")
    {
        Description = "Sign without asking",
    };

    private static readonly Argument<FileInfo[]> s_statements = new("STATEMENT")
    {
        Description = "The signatures that were carried back",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Sign() =>
        new Command("sign", "Sign a draft as a root, on the root's own machine")
            .With(s_draft, Shared.Key, s_root, s_yes)
            .Does(SignAsync);

    public static Command Complete() =>
        new Command("complete", "Found the log, or file the key set, with the roots' signatures")
            .With(s_draft, s_statements, Shared.Receipts)
            .Does(CompleteAsync);

    private static async Task<ExitCode> SignAsync(Session session)
    {
        var transcript = CeremonyVerb.TranscriptOf(session);
        var file = session.Words.GetRequiredValue(s_draft).ToString();
        var draft = Composition.Read(file, sealedPartFile: null);
        var word = CeremonyVerb.KeyWord(session);
        SignVerb.Show(session, draft);
        session.Terminal.Fact("aloud", Fingerprint.Of(draft.Digest));
        if (!session.Words.GetValue(s_yes))
        {
            SignVerb.Ask(session);
        }

        using var key = session.ReadKey(word);
        var (origin, root) = SpeakerOf(session, draft.Act, key.PublicKey);
        using var signatory = new Signatory(key, $"{origin}#root/{root}");
        var statement = draft.Sign(signatory).Statement;
        var to = $"{Path.GetFileNameWithoutExtension(file)}.{root}{Ending}";
        await using (var stream = new FileStream(to, FileMode.CreateNew))
        {
            await stream.WriteAsync(statement, session.Cancel);
        }

        var link = transcript.Add(
            $"{root} signs {draft.Type.Name}",
            ("medium", CeremonyVerb.Medium(word)),
            ("key", key.PublicKey.Id.ToString()),
            ("act", draft.Digest.ToString()),
            ("statement", Digest.Of(statement.Span).ToString())
        );
        CeremonyVerb.Say(session, $"{to} is the signature of {root}", link);
        return ExitCode.Done;
    }

    private static (string Origin, string Root) SpeakerOf(Session session, Act act, PublicKey key)
    {
        if (act is Genesis genesis)
        {
            return genesis.Roots.Keys.FirstOrDefault(one => one.Key.Equals(key)) is { } root
                ? (genesis.Origin, root.Name)
                : throw new CommandFault(
                    ExitCode.NotSo,
                    $"The genesis does not name the key {key.Id} as a root's.",
                    "Sign with the key whose public half was carried to the server; if that is "
                        + "this one, the draft was changed."
                );
        }

        return act is KeySet set && NoteVerifier.TryParse(set.Body.LogKeys[0], out var log, out _)
            ? (log.Name, session.Need(s_root))
            : throw new CommandFault(
                ExitCode.NotSo,
                $"{ActTable.Of(act).Name} is not signed in a ceremony of roots.",
                "Roots sign genesis and key sets."
            );
    }

    private static async Task<ExitCode> CompleteAsync(Session session)
    {
        var transcript = CeremonyVerb.TranscriptOf(session);
        var draft = Composition.Read(
            session.Words.GetRequiredValue(s_draft).ToString(),
            sealedPartFile: null
        );
        var signatures = new List<Received>();
        foreach (var file in session.Words.GetRequiredValue(s_statements))
        {
            signatures.Add(new(await ReadAsync(session, draft, file.ToString()), null, null, []));
        }

        var (done, facts) =
            draft.Act is Genesis
                ? await FoundAsync(session, signatures)
                : await FileAsync(session, signatures);
        var link = transcript.Add(done, [("act", draft.Digest.ToString()), .. facts]);
        CeremonyVerb.Say(session, done, link, [.. facts]);
        return ExitCode.Done;
    }

    private static async Task<byte[]> ReadAsync(Session session, Composition draft, string file)
    {
        var bytes = await File.ReadAllBytesAsync(file, session.Cancel);
        return !Statement.TryParse(bytes, out var statement, out var fault)
                ? throw new CommandFault(
                    ExitCode.NotSo,
                    $"{file} is no signature: {fault.Detail}",
                    "Carry the file *.statement.cose back from the root's machine."
                )
            : statement.IsEnvelope || !statement.Payload.Span.SequenceEqual(draft.Bytes.Span)
                ? throw new CommandFault(
                    ExitCode.NotSo,
                    $"{file} signs another act than the draft.",
                    "All sign the same bytes: compare the digests of the transcript."
                )
            : bytes;
    }

    private static async Task<(string, IReadOnlyList<(string, string)>)> FoundAsync(
        Session session,
        IReadOnlyList<Received> signatures
    )
    {
        try
        {
            var file = await Founding.FoundAsync(
                session.Folder,
                signatures,
                TimeProvider.System,
                session.Cancel
            );
            return (
                $"{file.Name} is founded",
                [("origin", file.Origin), ("log key", file.VerifierKey)]
            );
        }
        catch (InvalidDataException e)
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"Nothing was founded. {e.Message}",
                "Have as many roots sign the draft as it says, each once."
            );
        }
    }

    private static async Task<(string, IReadOnlyList<(string, string)>)> FileAsync(
        Session session,
        List<Received> signatures
    )
    {
        using var client = session.Connect();
        var ids = new List<(string, string)>();
        foreach (var one in signatures)
        {
            var answer = await client.FileAsync(one, session.Cancel);
            ids.Add(("entry", answer.GetProperty("id").GetString() ?? ""));
        }

        var act = await client.GetAsync($"acts/{ids[^1].Item2}", session.Cancel);
        var isInForce = act.GetProperty("joint").TryGetProperty("in_force", out var since);
        return isInForce && since.GetString() is not null
            ? ("The key set is in force", ids)
            : ("The key set is filed, and waits for other signatures", ids);
    }
}
