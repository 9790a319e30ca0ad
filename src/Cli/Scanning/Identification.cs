using System.Buffers.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Ledger;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Pairs;

namespace Concord.Cli.Scanning;

/// <summary>
/// Asks an authority what a model is, by digests and the small fingerprint: the weights never
/// leave. Each signed answer is checked as <c>concord verify</c> does (specs/identify.md).
/// </summary>
/// <param name="session">Where the trusted keys are.</param>
/// <param name="client">The authority.</param>
internal sealed class Identification(Session session, AuthorityClient client)
{
    private const int FilesMost = 256;

    private readonly StandingCheck _check = new(session, TimeProvider.System);

    /// <summary>Asks about a model.</summary>
    /// <exception cref="CommandFault">The answer is none, or is not what was signed.</exception>
    public async Task<Identified> AskAsync(ScannedModel model)
    {
        var small = model.HasEvidence ? model.Fingerprint.Small().Write() : null;
        var answer = await client.IdentifyAsync(json => Write(json, model, small), session.Cancel);
        var (swept, further) = small is null ? (null, []) : await SweepAsync(answer, small);
        var matches = Together(answer, further);
        var checks = new List<Finding>();
        foreach (var match in matches.Where(match => match.Answer is not null))
        {
            checks.AddRange(await CheckAsync(match));
        }

        if (checks.Find(check => check.IsSo == false) is { } wrong)
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"{client.Url} signs what does not hold: {wrong.What}, {wrong.Says}.",
                "Rely on nothing that it says; ask again, and tell its supervisor if it stays so."
            );
        }

        var (verdict, best) = Judge(model, matches);
        return new(verdict, best, matches, checks, answer)
        {
            Suggestion = await SuggestAsync(model, matches),
            Swept = swept,
            Further = further,
        };
    }

    private async Task<(SweptRegister? Swept, List<JsonElement> Further)> SweepAsync(
        JsonElement answer,
        byte[] small
    )
    {
        try
        {
            return await new RegisterSweep(session, client).RunAsync(answer, small);
        }
        catch (Exception e)
            when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw NoAnswer();
        }
    }

    // The strongest evidence first, each release once, whichever answer it came in.
    private static List<IdentifiedMatch> Together(JsonElement answer, List<JsonElement> further)
    {
        var all = Read(answer);
        if (further.Count == 0)
        {
            return all;
        }

        var found = all.Where(IsByFingerprint)
            .Concat(further.SelectMany(Read).Where(IsByFingerprint))
            .OrderByDescending(match => match.SameWeights == true)
            .ThenBy(match => match.Log10P)
            .DistinctBy(match => match.Subject, StringComparer.Ordinal);
        return [.. all.Where(match => !IsByFingerprint(match)), .. found];
    }

    private static bool IsByFingerprint(IdentifiedMatch match) => match.Asked is "fingerprint";

    // The figure is the authority's; how the two hang together anybody reads out of its log.
    private async Task<RelationSuggestion?> SuggestAsync(
        ScannedModel model,
        IReadOnlyList<IdentifiedMatch> matches
    )
    {
        var act = matches.FirstOrDefault(match => match.Asked is "fingerprint")?.Act;
        if (act is null)
        {
            return null;
        }

        var bytes = await client.BytesAsync(
            $"acts/{act}/statement",
            "application/cose",
            session.Cancel
        );
        if (
            bytes is null
            || !Statement.TryParse(bytes, out var statement, out _)
            || !ActBytes.TryParse(
                statement.ContentType,
                statement.Payload,
                out _,
                out var said,
                out _
            )
            || said is not FingerprintAct print
            || !Fingerprint.TryRead(Base64Url.DecodeFromChars(print.Small), out var other, out _)
        )
        {
            return null;
        }

        var small = model.Fingerprint.Small();
        return RelationSuggestion.Of(
            small,
            other,
            PairTest.Compare(small, other),
            equal: null,
            Odds.Entries
        );
    }

    /// <summary>
    /// The verdict on a model: of several matches the worst, and of none unknown.
    /// </summary>
    internal static (ScanVerdict Verdict, IdentifiedMatch? Best) Judge(
        ScannedModel model,
        IReadOnlyList<IdentifiedMatch> matches
    )
    {
        var known = matches.Where(match => match.IsKnown).ToList();
        if (known.Find(IsBarred) is { } barred)
        {
            return (ScanVerdict.Barred, barred);
        }

        var registered = known.FindAll(match => match is { Verdict: "registered" });
        if (IsWhole(model, registered))
        {
            return (ScanVerdict.Registered, registered[0]);
        }

        // A registered file among others does not make the whole registered.
        return known.Count == 0
            ? (ScanVerdict.Unknown, null)
            : (
                ScanVerdict.Derivative,
                known.Find(match => match.Verdict is "derivative") ?? known[0]
            );
    }

    private static bool IsBarred(IdentifiedMatch match) =>
        match.Standing is "suspended" or "withdrawn"
        || (match.Verdict is "registered" && !match.IsGood);

    private static bool IsWhole(ScannedModel model, List<IdentifiedMatch> registered)
    {
        var digests = registered.Select(match => match.Asked).ToHashSet(StringComparer.Ordinal);
        return digests.Contains($"{model.Weights}")
            || (
                registered.Count > 0
                && model
                    .Files.Where(file => file.HoldsTensors)
                    .All(file => digests.Contains($"{file.Digest}"))
            );
    }

    private static void Write(Utf8JsonWriter json, ScannedModel model, byte[]? small)
    {
        json.WriteStartObject();
        json.WriteStartArray("files");
        foreach (var file in model.Files.Where(file => file.HoldsTensors).Take(FilesMost))
        {
            json.WriteStringValue($"{file.Digest}");
        }

        json.WriteEndArray();
        if (small is not null)
        {
            json.WriteString("weights", $"{model.Weights}");
            json.WriteString("fingerprint", Base64Url.EncodeToString(small));
        }

        json.WriteEndObject();
    }

    private static List<IdentifiedMatch> Read(JsonElement answer)
    {
        try
        {
            return [.. answer.GetProperty("matches").EnumerateArray().Select(Match)];
        }
        catch (Exception e)
            when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw NoAnswer();
        }
    }

    private static CommandFault NoAnswer() =>
        new(
            ExitCode.Unavailable,
            "The answer is not one to this question: the server is not of this version."
        );

    private static IdentifiedMatch Match(JsonElement json) =>
        new()
        {
            Asked = json.GetProperty("asked").GetString()!,
            Verdict = json.GetProperty("verdict").GetString()!,
            Subject = Text(json, "subject"),
            Name = Text(json, "name"),
            Log10P = Member(json, "log10_p")?.GetInt32(),
            SameWeights = Member(json, "same_weights")?.GetBoolean(),
            Relation = Text(json, "relation"),
            Act = Text(json, "act"),
            Standing = json.GetProperty("standing").GetString()!,
            IsGood = json.GetProperty("good").GetBoolean(),
            Answer = Text(json, "answer") is { } signed ? Base64Url.DecodeFromChars(signed) : null,
        };

    private static JsonElement? Member(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    private static string? Text(JsonElement json, string name) => Member(json, name)?.GetString();

    // What is signed must be what the answer around it says.
    private async Task<IEnumerable<Finding>> CheckAsync(IdentifiedMatch match)
    {
        var (checks, body) = await _check.CheckAsync(match.Answer!);
        if (body.IsEmpty)
        {
            return checks;
        }

        using var said = JsonDocument.Parse(body);
        var asked = match.Asked is "fingerprint" ? match.Subject : match.Asked;
        var isSame =
            string.Equals(Text(said.RootElement, "asked"), asked, StringComparison.Ordinal)
            && string.Equals(
                Text(said.RootElement, "standing"),
                match.Standing,
                StringComparison.Ordinal
            );
        return isSame
            ? checks
            : [.. checks, new("answer", false, $"it is about something else than {asked}")];
    }
}
