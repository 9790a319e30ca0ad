using System.Buffers.Text;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Authority.Admission;
using Concord.Authority.Identify;
using Concord.Ledger;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Pairs;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;

namespace Concord.Authority.Api;

/// <summary>
/// Says which registered weights something is, is a copy of or was made from, by digests or by a
/// fingerprint (<c>specs/identify.md</c>). The weights stay with who asks.
/// </summary>
public static class IdentifyApi
{
    /// <summary>Its address.</summary>
    internal const string Path = "/identify";

    /// <summary>Maps it.</summary>
    public static void Map(
        IEndpointRouteBuilder routes,
        RunningAuthority authority,
        HostOptions options
    )
    {
        var desk = new IdentifyDesk(authority, options);
        routes
            .MapPost(
                Path,
                (HttpContext context, CancellationToken _) =>
                    AnswerAsync(context, authority, options, desk)
            )
            .WithName("identify")
            .WithTags("Standing")
            .WithSummary(
                "Which registered weights a file is, is a copy of or was made from, with the "
                    + "signed standing of each; unknown is an answer too, and never a good one."
            )
            .WithDescription(
                "By digests of files, by the weights digest, or by a fingerprint in the small or "
                    + "the large form: the weights themselves are never sent. At most 256 files "
                    + "and 384 KiB, two questions of all at a time, one of an address; bounded "
                    + "for each address. A large register is swept for what was rotated a piece "
                    + "an answer: ask again, after what the answer says, until it is complete "
                    + "(specs/identify.md)."
            )
            .Accepts<IdentifyQuestion>("application/json")
            .Produces<IdentifyDocument>()
            .ProducesProblem(400)
            .ProducesProblem(413)
            .ProducesProblem(415)
            .ProducesProblem(429);
    }

    /// <summary>What is asked for; at least one of them.</summary>
    /// <param name="Files">The SHA-256 of files, at most 256.</param>
    /// <param name="Weights">The weights digest.</param>
    /// <param name="Fingerprint">The small or the large form, base64url without padding.</param>
    /// <param name="After">
    /// The act behind which the register is swept for the fingerprint, an answer's through.
    /// </param>
    public sealed record IdentifyQuestion(
        IReadOnlyList<string>? Files = null,
        string? Weights = null,
        string? Fingerprint = null,
        string? After = null
    );

    /// <summary>The answer.</summary>
    /// <param name="Verdict">The strongest that holds of any match.</param>
    /// <param name="Matches">What was recognised, and what of the question is unknown.</param>
    /// <param name="Compared">
    /// With how many fingerprints that of the question was compared whole, in this answer.
    /// </param>
    /// <param name="Swept">
    /// How many this answer swept: compared whole, or screened whether that is worth it. Absent: no
    /// fingerprint was asked for, as in the three that follow.
    /// </param>
    /// <param name="Through">The act up to which all were swept: where to go on.</param>
    /// <param name="Complete">Whether nothing is left behind it.</param>
    /// <param name="Indexed">
    /// Up to which size of the log the index was at hand; absent: it was not.
    /// </param>
    /// <param name="Fingerprints">How many fingerprints the register has.</param>
    /// <param name="Size">The size of the log that was read.</param>
    /// <param name="Tick">The log's time at that size.</param>
    public sealed record IdentifyDocument(
        IdentifyVerdict Verdict,
        IReadOnlyList<IdentifyMatch> Matches,
        int Compared,
        long? Swept,
        string? Through,
        bool? Complete,
        long? Indexed,
        long Fingerprints,
        long Size,
        string Tick
    );

    /// <summary>What a match says.</summary>
    public enum IdentifyVerdict
    {
        /// <summary>Nothing here is known of it.</summary>
        Unknown,

        /// <summary>It is registered or reported under this digest.</summary>
        Registered,

        /// <summary>By evidence it is a copy of something here or was made from it.</summary>
        Derivative,
    }

    /// <summary>One match, or what is unknown.</summary>
    /// <param name="Asked">The digest, or fingerprint.</param>
    /// <param name="Verdict">What it is.</param>
    /// <param name="Subject">The release or model; absent: unknown.</param>
    /// <param name="Name">Its name; absent: unknown.</param>
    /// <param name="Log10P">
    /// By a fingerprint: the probability of such agreement between strangers is at most ten to this
    /// power, corrected for the pair and not for the register.
    /// </param>
    /// <param name="SameWeights">Whether the weights digests are the same.</param>
    /// <param name="Relation">The relation that is suggested; absent: none.</param>
    /// <param name="Act">The act that it was recognised by; absent: the release itself.</param>
    /// <param name="Standing">The word for its standing.</param>
    /// <param name="Good">Whether it is in good standing; never by evidence.</param>
    /// <param name="Answer">
    /// The signed standing (COSE, base64url): of the digest where one was asked for, of the subject
    /// where a fingerprint was; absent: the authority has no key for it.
    /// </param>
    public sealed record IdentifyMatch(
        string Asked,
        IdentifyVerdict Verdict,
        string? Subject,
        string? Name,
        int? Log10P,
        bool? SameWeights,
        Relation? Relation,
        string? Act,
        string Standing,
        bool Good,
        string? Answer
    );

    private static async Task AnswerAsync(
        HttpContext context,
        RunningAuthority authority,
        HostOptions options,
        IdentifyDesk desk
    )
    {
        var (question, problem) = await IdentifyBody.ReadAsync(context, options);
        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        IdentifyFound? found = null;
        if (question!.Print is { } print)
        {
            found = await desk.FindAsync(context, print, question.After);
            if (found is null)
            {
                return;
            }
        }

        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(
            Answer(authority, question, found),
            ApiJson.Options,
            context.RequestAborted
        );
    }

    private static IdentifyDocument Answer(
        RunningAuthority authority,
        IdentifyBody question,
        IdentifyFound? found
    )
    {
        var world = found?.World ?? authority.Intake.Current.World;
        var matches = question
            .Digests.Select(digest => OfDigest(authority, world, digest))
            .Concat(
                (found?.Candidates ?? []).Select(one =>
                    OfPrint(authority, world, question.Print!, one)
                )
            )
            .ToList();
        return new(
            matches.Select(one => one.Verdict).DefaultIfEmpty(IdentifyVerdict.Unknown).Max(),
            matches,
            found?.Compared ?? 0,
            found?.Swept,
            found is null ? null : new ActId(found.Through).ToString(),
            found?.IsComplete,
            found?.Indexed,
            world.Lineage.Weights.Fingerprints.Count,
            world.Size,
            world.At.ToString()
        );
    }

    private static IdentifyMatch OfDigest(RunningAuthority authority, World world, Digest digest)
    {
        var standing = Recognition.StandingOf(world, digest);
        var by = standing?.By;
        return new(
            digest.ToString(),
            standing is null ? IdentifyVerdict.Unknown
                : by is null ? IdentifyVerdict.Registered
                : IdentifyVerdict.Derivative,
            standing?.Subject.ToString(),
            standing is null ? null : NameOf(world, standing.Subject),
            by?.Log10P,
            by is null ? null : by.Log10P is null,
            by?.Relation,
            by?.Act.ToString(),
            StandingAnswer.WordOf(standing),
            standing?.IsGood ?? false,
            authority.Standing.IsOpen
                ? Base64Url.EncodeToString(authority.Standing.Answer(digest).Bytes)
                : null
        );
    }

    private static IdentifyMatch OfPrint(
        RunningAuthority authority,
        World world,
        Fingerprint asked,
        IdentifyCandidate found
    )
    {
        var subject = SubjectId.Of(found.Print.Release);
        var standing = Descent.StandingOf(world, subject);
        return new(
            "fingerprint",
            IdentifyVerdict.Derivative,
            subject.ToString(),
            NameOf(world, subject),
            Counting.Exponent(found.Evidence.Log10P),
            found.Evidence.SameWeights,
            RelationOf(world, asked, found),
            found.Print.Id.ToString(),
            StandingAnswer.WordOf(standing),
            Good: false,
            authority.Standing.IsOpen
                ? Base64Url.EncodeToString(authority.Standing.Answer(subject).Bytes)
                : null
        );
    }

    // What two fingerprints alone can tell: the weights are the same, or what was asked for has
    // fewer bits or more zeros. How it was trained further, and by whom, they do not.
    private static Relation? RelationOf(World world, Fingerprint asked, IdentifyCandidate found) =>
        RelationSuggestion.Of(
            asked.Small(),
            found.Form,
            found.Evidence,
            equal: null,
            Math.Max(Counting.EntriesLeast, world.Lineage.Weights.Fingerprints.Count)
        ) switch
        {
            { Relation: SuggestedRelation.Copy } => Relation.Copy,
            { Relation: SuggestedRelation.Quantisation, Child: PairSide.Left } =>
                Relation.Quantisation,
            { Relation: SuggestedRelation.Pruning, Child: PairSide.Left } => Relation.Pruning,
            _ => null,
        };

    private static string NameOf(World world, SubjectId subject) =>
        subject.Release is { } release
            ? world.Registry.Releases[release].Act.Name
            : world.Registry.Models[subject.Model!.Value].FullName;
}
