using System.CommandLine;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord void</c>, <c>erase</c> and <c>outage</c>: what went wrong is put right by acts, and
/// the log keeps what was said.
/// </summary>
internal static class CorrectionVerbs
{
    private static readonly Argument<ActId?> s_target = Values.IdArgument<ActId>(
        "ACT",
        "The act, A-…"
    );

    private static readonly Argument<string> s_attachment = new("ATTACHMENT")
    {
        Description = "Its digest, sha256:…, as the act has it; or the salted file",
    };

    private static readonly Option<FileInfo?> s_replacement = new("--replace")
    {
        HelpName = "FILE.json",
        Description =
            "The members that are replaced, with their new values; null removes an optional one "
            + "[default: the act counts no more]",
    };

    private static readonly Option<Instant?> s_from = Values.Moment(
        "--from",
        "From when the authority could not be reached"
    );

    private static readonly Option<Instant?> s_to = Values.Moment(
        "--to",
        "From when it could be again"
    );

    private static readonly Option<string?> s_reason = Values.Text(
        "--reason",
        "TEXT",
        "Why, for everybody to read"
    );

    public static Command Void() =>
        new Command("void", "Let an act count no more, or replace members of it; officers sign")
            .With(s_target, s_replacement, s_reason)
            .With(Shared.Key, Shared.Receipts, Shared.Dry)
            .Does(VoidAsync);

    public static Command Erase() =>
        new Command("erase", "Erase a file that hangs on an act; the authority signs")
            .With(s_target, s_attachment, s_reason)
            .With(Shared.Key, Shared.Receipts, Shared.Dry)
            .Does(session =>
                Filing.FileAsync(
                    session,
                    new Erase
                    {
                        Target = session.Words.GetValue(s_target)!.Value,
                        Attachment = DigestOf(session.Words.GetRequiredValue(s_attachment)),
                        Reason = session.Need(s_reason),
                    }
                )
            );

    public static Command Outage() =>
        new Command("outage", "Let the clocks of parties stand for a time; officers sign")
            .With(s_from, s_to, s_reason)
            .With(Shared.Key, Shared.Receipts, Shared.Dry)
            .Does(OutageAsync);

    private static async Task<ExitCode> VoidAsync(Session session)
    {
        using var client = session.Connect();
        var act = new VoidAct
        {
            Joint = await Joint.OfInstitutionsAsync(session, client),
            Target = session.Words.GetValue(s_target)!.Value,
            Replacement = session.Words.GetValue(s_replacement) is { } file ? Read(file) : null,
            Reason = session.Need(s_reason),
        };
        var keys = Joint.Keys(session, act.Joint);
        return await Filing.FileJointAsync(session, client, keys, Composition.Of(act));
    }

    private static async Task<ExitCode> OutageAsync(Session session)
    {
        using var client = session.Connect();
        var act = new Outage
        {
            Joint = await Joint.OfInstitutionsAsync(session, client),
            From = Need(session, s_from),
            To = Need(session, s_to),
            Reason = session.Need(s_reason),
        };
        var keys = Joint.Keys(session, act.Joint);
        return await Filing.FileJointAsync(session, client, keys, Composition.Of(act));
    }

    private static Instant Need(Session session, Option<Instant?> option) =>
        session.Words.GetValue(option)
        ?? throw new CommandFault(
            ExitCode.Usage,
            $"{option.Name} is missing.",
            $"Name the moment: {option.Name} 2026-03-31T12:00:00Z"
        );

    private static JsonElement Read(FileInfo file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file.FullName));
            return json.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"{file.Name} is no JSON: {e.Message}",
                "Write the members that are replaced as a JSON object: {\"name\": \"Tern 2\"}"
            );
        }
    }

    private static Digest DigestOf(string word) =>
        Digest.TryParse(word, out var digest) ? digest
        : File.Exists(word) ? Digest.Of(File.ReadAllBytes(word))
        : throw new CommandFault(
            ExitCode.NotSo,
            $"'{word}' is neither a digest like sha256:… nor a file.",
            "The act names its attachments by digest: see its page, or concord export."
        );
}
