using System.CommandLine;
using System.Security.Cryptography;
using Concord.Acts;
using Concord.Ledger;

namespace Concord.Cli.Verbs;

/// <summary><c>concord file</c> and <c>propose</c>: files any act out of a file.</summary>
internal static class FileVerb
{
    private static readonly Argument<FileInfo> s_act = new("ACT.json")
    {
        Description =
            "The act; `concord schema ACT` prints what is asked. Or receipts/….unfiled: what came "
            + "in and was not taken, again",
    };

    private static readonly Option<FileInfo?> s_part = new("--sealed-part")
    {
        HelpName = "FILE",
        Description = "The sealed part of a split act",
    };

    public static Command Create() =>
        new Command("file", "Sign and file any act out of a file")
            .With(s_act, s_part, Shared.Attach, Shared.Key, Shared.For, Shared.Receipts, Shared.Dry)
            .Does(session =>
                session.Words.GetRequiredValue(s_act) is { Extension: ReceiptFiles.Unfiled } kept
                    ? Filing.FileAgainAsync(session, kept.FullName)
                    : Filing.FileAsync(session, _ => Task.FromResult(Read(session)))
            );

    public static Command Propose() =>
        new Command("propose", "Be the first to sign a joint act")
            .With(s_act, s_part, Shared.Attach, Shared.Key, Shared.For, Shared.Receipts, Shared.Dry)
            .Does(session =>
            {
                var composition = Read(session);
                if (composition.Act is not JointAct)
                {
                    throw new CommandFault(
                        ExitCode.NotSo,
                        $"{composition.Type.Name} is not signed jointly.",
                        "File it: concord file ACT.json"
                    );
                }

                session.Terminal.Fact("body", composition.Digest.ToString());
                return Filing.FileAsync(session, _ => Task.FromResult(composition));
            });

    private static Composition Read(Session session)
    {
        var composition = Composition.Read(
            session.Words.GetRequiredValue(s_act).FullName,
            session.Words.GetValue(s_part)?.FullName
        );
        var files = session.Words.GetValue(Shared.Attach) ?? [];
        return files.Length == 0
            ? composition
            : composition with
            {
                Attachments = [.. composition.Act.Attachments.Select(one => Find(one, files))],
            };
    }

    /// <summary>The salted file that an act names by its digest.</summary>
    private static ReadOnlyMemory<byte> Find(Attachment attachment, FileInfo[] files) =>
        files
            .Select(file => (ReadOnlyMemory<byte>)File.ReadAllBytes(file.FullName))
            .FirstOrDefault(bytes => Digest.Of(bytes.Span) == attachment.Digest)
            is { Length: > 0 } found
            ? found
            : throw new CommandFault(
                ExitCode.NotSo,
                $"No file given with --attach has the digest {attachment.Digest} of the "
                    + $"attachment {attachment.Name}.",
                "Salt it first: concord attach FILE writes 16 random bytes before it and says its "
                    + "digest."
            );
}
