using System.Buffers.Text;
using System.Text;
using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Registry;
using Concord.Ledger;

namespace Concord.Cli.Scanning;

/// <summary>
/// Reports copies of registered weights that were found, signed by the hub's key. What was signed
/// is kept before it is filed, so that a watch that was killed files the same bytes again.
/// </summary>
internal sealed class FoundCopyReport(
    Session session,
    AuthorityClient client,
    Signatory signatory,
    UploadMemory memory
)
{
    private const int FilesMost = 256;

    /// <summary>The kind of place that is watched.</summary>
    public required PlaceKind Kind { get; init; }

    /// <summary>The country of the place; null: not said.</summary>
    public string? Country { get; init; }

    /// <summary>Where an upload is found, by its name: the address of the hub before it.</summary>
    public required string Place { get; init; }

    /// <summary>Files what was signed before the watch ended and may not have been filed.</summary>
    public async Task FinishAsync()
    {
        foreach (var (digest, report) in memory.Unfiled)
        {
            session.Terminal.Fact("report", await FileAsync(digest, report));
        }
    }

    /// <summary>Reports a model; null: there is nothing to report.</summary>
    public async Task<string?> FileAsync(Upload upload, ScannedModel model, Identified said)
    {
        if (Match(model, said) is not var (match, evidence, release))
        {
            return null;
        }

        var place = new FoundPlace
        {
            Salt = Composition.NewSalt(),
            Place = $"{Place}{Path.GetFileName(model.Name)}",
        };
        // What was uploaded again after it was taken away is another copy. The same one is looked
        // at again after a kill, and where nobody answered.
        var copy = $"{Digest.Of(Encoding.UTF8.GetBytes($"{upload.Listing}\n{place.Place}"))}";
        if (memory.ReportOf(copy) is var (digest, unfiled, says))
        {
            return unfiled is null ? says : await FileAsync(digest, unfiled);
        }

        var day = await Clock.DayAsync(session, client);
        var composition = Composition.Of(
            place,
            part => new FoundCopy
            {
                Release = release,
                By = signatory.Party,
                Files =
                [
                    .. model
                        .Files.Where(file => file.HoldsTensors)
                        .Select(file => file.Digest)
                        .Distinct()
                        .OrderBy(digest => $"{digest}", StringComparer.Ordinal)
                        .Take(FilesMost),
                ],
                Weights = model.HasEvidence ? model.Weights : null,
                Fingerprint = model.HasEvidence
                    ? Base64Url.EncodeToString(model.Fingerprint.Small().Write())
                    : null,
                Evidence = evidence,
                MinusLog10P = evidence == CopyEvidence.Fingerprint ? Corrected(match, said) : null,
                Relation = RelationOf(said),
                Tool = $"concord {typeof(FoundCopyReport).Assembly.GetName().Version?.ToString(3)}",
                Kind = Kind,
                Country = Country,
                FoundOn = day,
                SealedPart = part,
            }
        );
        var report = composition.Sign(signatory);
        return await FileAsync(memory.Signed(report, copy), report, composition);
    }

    private async Task<string> FileAsync(string digest, Received report)
    {
        if (!Statement.TryParse(report.Statement, out var statement, out var fault))
        {
            throw new CommandFault(
                ExitCode.Damaged,
                $"A kept report is no statement: {fault.Detail} ({fault.Where})."
            );
        }

        var composition = Composition.Of(statement) with { SealedPart = report.SealedPart };
        return await FileAsync(digest, report, composition);
    }

    private async Task<string> FileAsync(string digest, Received report, Composition composition)
    {
        try
        {
            var answer = await client.FileAsync(report, session.Cancel);
            await ReceiptFiles.KeepAsync(session, client, composition, answer);
            var id = answer.GetProperty("id").GetString()!;
            memory.Filed(digest, id);
            return id;
        }
        catch (CommandFault fault) when (fault.Code == ExitCode.Refused)
        {
            var found = fault.Details.FirstOrDefault(detail => detail.Name is "found").Text;
            var says = $"refused: {found ?? fault.Message}";
            memory.Filed(digest, says);
            return says;
        }
    }

    // The strongest ground first: an equal file, equal weights, a fingerprint.
    private static (IdentifiedMatch Match, CopyEvidence Evidence, ReleaseId Release)? Match(
        ScannedModel model,
        Identified said
    )
    {
        var files = model.Files.Select(file => $"{file.Digest}").ToHashSet(StringComparer.Ordinal);
        var found = said
            .Matches.Select(match => (Match: match, Ground: GroundOf(match, model, files)))
            .Where(one => one.Ground is not null)
            .OrderBy(one => one.Ground)
            .ThenBy(one => one.Match.Log10P)
            .FirstOrDefault();
        return
            found.Match?.Subject is { } subject
            && ShortId.TryParse(subject, ReleaseId.Letter, out var release)
            ? (found.Match, found.Ground!.Value, new(release))
            : null;
    }

    private static CopyEvidence? GroundOf(
        IdentifiedMatch match,
        ScannedModel model,
        HashSet<string> files
    ) =>
        match.Subject is not ['R', ..] ? null
        : match.Asked is "fingerprint" ? CopyEvidence.Fingerprint
        : match.Verdict is not "registered" ? null
        : string.Equals(match.Asked, $"{model.Weights}", StringComparison.Ordinal)
            ? CopyEvidence.Weights
        : files.Contains(match.Asked) && model.Files.Count(file => file.HoldsTensors) == 1
            ? CopyEvidence.File
        : null;

    // Corrected for the whole register, and never stated better than it was counted.
    private static int Corrected(IdentifiedMatch match, Identified said)
    {
        var entries = Math.Max(Odds.Entries, said.Answer.GetProperty("fingerprints").GetInt64());
        return Math.Max(1, -(match.Log10P ?? 0) - (int)Math.Ceiling(Math.Log10(entries)));
    }

    private static Relation? RelationOf(Identified said) =>
        said.Suggestion?.Relation switch
        {
            Measures.Weights.Pairs.SuggestedRelation.Copy => Relation.Copy,
            Measures.Weights.Pairs.SuggestedRelation.Quantisation => Relation.Quantisation,
            Measures.Weights.Pairs.SuggestedRelation.Pruning => Relation.Pruning,
            _ => null,
        };
}
