using System.Buffers.Text;
using System.CommandLine;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord reveal</c>: a party makes public what it stated in confidence. Nothing takes that
/// back.
/// </summary>
internal static class RevealVerb
{
    private static readonly Argument<ActId?> s_act = Values.IdArgument<ActId>(
        "ACT",
        "The act whose sealed content it is, A-…"
    );

    private static readonly Argument<FileInfo?> s_file = new("FILE")
    {
        Description =
            "What was sealed, as it is kept beside the receipt: *.sealed.json, *.act.json",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> s_attachment = Values.Text(
        "--attachment",
        "DIGEST",
        "Or the digest (sha256:…) of an attachment"
    );

    private static readonly Option<string?> s_reason = Values.Text("--reason", "TEXT", "Why");

    public static Command Create() =>
        new Command("reveal", "Make public what you stated in confidence, for good")
            .With(s_act, s_file, s_attachment, s_reason)
            .With(Shared.Key, Shared.Receipts, Shared.Dry)
            .Does(RevealAsync);

    private static async Task<ExitCode> RevealAsync(Session session)
    {
        var file = session.Words.GetValue(s_file)?.ToString();
        var attachment = session.Words.GetValue(s_attachment);
        if (file is null == attachment is null)
        {
            throw new CommandFault(
                ExitCode.Usage,
                "One thing is revealed at a time.",
                "Name the file that was sealed, or --attachment with its digest."
            );
        }

        var bytes = file is null ? null : await File.ReadAllBytesAsync(file, session.Cancel);
        return await Filing.FileAsync(
            session,
            new Reveal
            {
                Target = session.Words.GetValue(s_act)!.Value,
                Document = bytes is null ? null : Base64Url.EncodeToString(bytes),
                Attachment = attachment is null ? null : ReadDigest(attachment),
                Reason = session.Need(s_reason),
            }
        );
    }

    private static Digest ReadDigest(string word) =>
        Digest.TryParse(word, out var digest)
            ? digest
            : throw new CommandFault(
                ExitCode.Usage,
                $"'{word}' is not a digest.",
                "Write it as sha256: and 64 hexadecimal digits."
            );
}
