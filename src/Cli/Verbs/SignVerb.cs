using System.CommandLine;
using System.Text.Json;
using Concord.Acts;
using Concord.Ledger;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord sign</c>: adds a signature to a joint act. It fetches the body, prints what it
/// hashes,
/// and signs those bytes and no others, so that a captured portal cannot swap them.
/// </summary>
internal static class SignVerb
{
    private static readonly Argument<string> s_act = new("ACT")
    {
        Description = "The proposal, A-… or T-…, or a file with the act",
    };

    private static readonly Option<FileInfo?> s_part = new("--sealed-part")
    {
        HelpName = "FILE",
        Description = "The sealed part, as the proposer gave it to you",
    };

    private static readonly Option<bool> s_yes = new("--yes", "-y")
    {
        Description = "Sign without asking",
    };

    public static Command Create() =>
        new Command("sign", "Add your signature to a joint act, after reading what it says")
            .With(s_act, s_part, s_yes, Shared.Attach, Shared.Key, Shared.For)
            .With(Shared.Receipts, Shared.Dry)
            .Does(SignAsync);

    private static async Task<ExitCode> SignAsync(Session session)
    {
        using var client = session.Connect();
        var composition = await FindAsync(session, client);
        if (composition.Act is not JointAct)
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"{composition.Type.Name} is not signed jointly.",
                "Name a proposal of a joint act."
            );
        }

        Show(session, composition);
        if (!session.Words.GetValue(s_yes) && !session.Words.GetValue(Shared.Dry))
        {
            Ask(session);
        }

        using var signatory = await Signatory.OneAsync(session, client);
        return await Filing.FileAsync(session, client, signatory, composition);
    }

    private static async Task<Composition> FindAsync(Session session, AuthorityClient client)
    {
        var word = session.Words.GetRequiredValue(s_act);
        var part = session.Words.GetValue(s_part)?.FullName;
        if (File.Exists(word))
        {
            var read = Composition.Read(word, part);
            return read with { Attachments = await FilesAsync(session, client, read.Act, null) };
        }

        var isId =
            ShortId.TryParse(word, ActId.Letter, out var index)
            || ShortId.TryParse(word, TransferId.Letter, out index);
        var bytes = isId
            ? await client.BytesAsync(
                $"acts/{new ActId(index)}/statement",
                "application/cose",
                session.Cancel
            )
            : null;
        if (bytes is null || !Statement.TryParse(bytes, out var statement, out _))
        {
            throw new CommandFault(
                ExitCode.None,
                $"There is no act {word} at {client.Url}.",
                "Give the id that the proposer told you (A-… or T-…), or the file of the act."
            );
        }

        var composition = Composition.Of(statement);
        composition = composition with
        {
            Attachments = await FilesAsync(session, client, composition.Act, new ActId(index)),
        };
        return SealedPartOf(composition) is { } digest
            ? composition with
            {
                SealedPart = await PartAsync(session, digest, part, new ActId(index)),
            }
            : composition;
    }

    /// <summary>
    /// The files that hang on the act: those that were named, and of the others the public ones,
    /// which the authority has from the proposer.
    /// </summary>
    private static async Task<IReadOnlyList<ReadOnlyMemory<byte>>> FilesAsync(
        Session session,
        AuthorityClient client,
        Act act,
        ActId? proposal
    )
    {
        var named = (session.Words.GetValue(Shared.Attach) ?? [])
            .Select(file => (ReadOnlyMemory<byte>)File.ReadAllBytes(file.FullName))
            .ToDictionary(bytes => Digest.Of(bytes.Span));
        var files = new List<ReadOnlyMemory<byte>>();
        foreach (var (place, attachment) in act.Attachments.Index())
        {
            var file =
                named.TryGetValue(attachment.Digest, out var given) ? given
                : proposal is { } id && attachment.Visibility == Visibility.Public
                    ? await client.BytesAsync(
                        $"acts/{id}/attachments/{place}",
                        "application/octet-stream",
                        session.Cancel
                    )
                : default(ReadOnlyMemory<byte>?);
            files.Add(
                file is { } bytes && Digest.Of(bytes.Span) == attachment.Digest
                    ? bytes
                    : throw new CommandFault(
                        ExitCode.Usage,
                        $"The file of the attachment {attachment.Name} is not here.",
                        "Have the proposer give you the salted file; name it with --attach FILE."
                    )
            );
        }

        return files;
    }

    private static Digest? SealedPartOf(Composition composition)
    {
        using var body = JsonDocument.Parse(ActJson.Write(composition.Act));
        return
            body.RootElement.TryGetProperty("sealed_part", out var member)
            && Digest.TryParse(member.GetString(), out var digest)
            ? digest
            : null;
    }

    /// <summary>
    /// The sealed part, from the file that was named or from what this signer keeps: nobody signs
    /// the digest of what they have not read.
    /// </summary>
    private static async Task<byte[]> PartAsync(
        Session session,
        Digest digest,
        string? named,
        ActId proposal
    )
    {
        var folder = session.Words.GetValue(Shared.Receipts)?.FullName ?? ReceiptFiles.Folder;
        if ((named ?? ReceiptFiles.FindSealedPart(folder, proposal, digest)) is not { } file)
        {
            throw new CommandFault(
                ExitCode.Usage,
                "The act has a sealed part, of which the log holds the digest alone.",
                $"Have the proposer give you {proposal}{ReceiptFiles.SealedPart}, read it, and "
                    + "name it with --sealed-part FILE."
            );
        }

        var bytes = await File.ReadAllBytesAsync(file, session.Cancel);
        return Digest.Of(bytes) == digest
            ? bytes
            : throw new CommandFault(
                ExitCode.NotSo,
                $"{file} is not the sealed part of this act: it must have the digest {digest}.",
                "Have the proposer give you the very file; sign nothing until it fits."
            );
    }

    /// <summary>Shows what is about to be signed.</summary>
    internal static void Show(Session session, Composition composition)
    {
        var terminal = session.Terminal;
        if (terminal.IsJson)
        {
            return;
        }

        terminal.Say($"[bold]{Markup.Escape(composition.Type.Name)}[/]");
        using var body = JsonDocument.Parse(ActJson.Write(composition.Act));
        terminal.Print(json => body.RootElement.WriteTo(json));
        if (composition.SealedPart is { } part)
        {
            terminal.Say("[bold]with the sealed part[/]");
            using var sealedBody = JsonDocument.Parse(part);
            terminal.Print(json => sealedBody.RootElement.WriteTo(json));
        }

        terminal.Fact("bytes", $"{composition.Bytes.Length}");
        terminal.Fact("body", $"{composition.Digest}  (their SHA-256, which you sign)");
    }

    /// <summary>Asks whoever sits there whether to sign what was shown.</summary>
    internal static void Ask(Session session)
    {
        if (session.Terminal.IsJson || !session.Terminal.Screen.Profile.Capabilities.Interactive)
        {
            throw new CommandFault(
                ExitCode.Usage,
                "Nobody is there to be asked.",
                "Read what is signed, then say --yes."
            );
        }

        if (!session.Terminal.Screen.Confirm("Sign this?", defaultValue: false))
        {
            throw new CommandFault(ExitCode.NotSo, "Not signed.");
        }
    }
}
