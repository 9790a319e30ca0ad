using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Authority.Admission;
using Concord.Authority.Identify;
using Concord.Ledger;
using Concord.Measures.Weights;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;
using Microsoft.AspNetCore.Http.Features;

namespace Concord.Authority.Api;

/// <summary>
/// Says which registered weights something is, is a copy of or was made from, by digests or by a
/// fingerprint (<c>specs/identify.md</c>). The weights stay with who asks.
/// </summary>
public static class IdentifyApi
{
    /// <summary>Its address.</summary>
    internal const string Path = "/identify";

    /// <summary>The longest body: a large form in base64url, and digests.</summary>
    private const int BodyBytesMax = 384 << 10;

    private const int FilesMost = 256;
    private const int PlacesMost = 2;

    private static readonly JsonSerializerOptions s_strict = new(ApiJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        MaxDepth = 4,
    };

    /// <summary>Maps it.</summary>
    public static void Map(
        IEndpointRouteBuilder routes,
        RunningAuthority authority,
        HostOptions options
    )
    {
        var places = new Places(PlacesMost, each: 1);
        var scan = new FingerprintScan();
        routes
            .MapPost(
                Path,
                (HttpContext context, CancellationToken _) =>
                    AnswerAsync(context, authority, options, places, scan)
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
                    + "for each address (specs/identify.md)."
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
    public sealed record IdentifyQuestion(
        IReadOnlyList<string>? Files = null,
        string? Weights = null,
        string? Fingerprint = null
    );

    /// <summary>The answer.</summary>
    /// <param name="Verdict">The strongest that holds of any match.</param>
    /// <param name="Matches">What was recognised, and what of the question is unknown.</param>
    /// <param name="Compared">With how many fingerprints that of the question was compared.</param>
    /// <param name="Fingerprints">How many fingerprints the register has.</param>
    /// <param name="Size">The size of the log that was read.</param>
    /// <param name="Tick">The log's time at that size.</param>
    public sealed record IdentifyDocument(
        IdentifyVerdict Verdict,
        IReadOnlyList<IdentifyMatch> Matches,
        int Compared,
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
        Places places,
        FingerprintScan scan
    )
    {
        var (question, problem) = await ReadAsync(context, options);
        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        if (question!.Print is null)
        {
            await WriteAsync(context, Answer(authority, question, found: null));
            return;
        }

        await places.RunAsync(
            context,
            "other fingerprints are being compared",
            () =>
            {
                var world = authority.Intake.Current.World;
                var found = scan.Find(world, question.Print, context.RequestAborted);
                return WriteAsync(context, Answer(authority, question, found));
            }
        );
    }

    private static Task WriteAsync(HttpContext context, IdentifyDocument document)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(document, ApiJson.Options, context.RequestAborted);
    }

    private static IdentifyDocument Answer(
        RunningAuthority authority,
        Question question,
        IdentifyFound? found
    )
    {
        var world = authority.Intake.Current.World;
        var matches = question
            .Digests.Select(digest => OfDigest(authority, world, digest))
            .Concat((found?.Candidates ?? []).Select(one => OfPrint(authority, world, one)))
            .ToList();
        return new(
            matches.Select(one => one.Verdict).DefaultIfEmpty(IdentifyVerdict.Unknown).Max(),
            matches,
            found?.Compared ?? 0,
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
            Relation: null,
            found.Print.Id.ToString(),
            StandingAnswer.WordOf(standing),
            Good: false,
            authority.Standing.IsOpen
                ? Base64Url.EncodeToString(authority.Standing.Answer(subject).Bytes)
                : null
        );
    }

    private static string NameOf(World world, SubjectId subject) =>
        subject.Release is { } release
            ? world.Registry.Releases[release].Act.Name
            : world.Registry.Models[subject.Model!.Value].FullName;

    private static async Task<(Question? Question, Problem? Problem)> ReadAsync(
        HttpContext context,
        HostOptions options
    )
    {
        if (!context.Request.HasJsonContentType())
        {
            return (null, new(Problems.UnsupportedMediaType, "a question comes as JSON"));
        }

        if (context.Request.ContentLength > BodyBytesMax)
        {
            return (null, TooLarge);
        }

        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = BodyBytesMax;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        late.CancelAfter(options.BodyTimeout);
        try
        {
            var said = await JsonSerializer.DeserializeAsync<IdentifyQuestion>(
                context.Request.Body,
                s_strict,
                late.Token
            );
            return said is null ? (null, Empty) : Parse(said);
        }
        catch (JsonException malformed)
        {
            return (
                null,
                new(
                    Problems.BadRequest,
                    "this is no question in JSON; members are files, weights " + "and fingerprint"
                )
                {
                    Where = malformed.Path,
                }
            );
        }
        catch (BadHttpRequestException tooMuch) when (tooMuch.StatusCode == 413)
        {
            return (null, TooLarge);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return (null, new(Problems.BadRequest, "the body did not come in time"));
        }
    }

    private static (Question? Question, Problem? Problem) Parse(IdentifyQuestion said)
    {
        var digests = new List<Digest>();
        if (said.Files?.Count > FilesMost)
        {
            return (null, Bad("$.files", $"at most {FilesMost} files are asked for at once"));
        }

        for (var i = 0; i < said.Files?.Count; i++)
        {
            if (!Digest.TryParse(said.Files[i] ?? "", out var file))
            {
                return (null, Bad($"$.files[{i}]", "a digest is sha256: and 64 digits"));
            }

            digests.Add(file);
        }

        if (said.Weights is { } text)
        {
            if (!Digest.TryParse(text, out var weights))
            {
                return (null, Bad("$.weights", "a digest is sha256: and 64 digits"));
            }

            digests.Add(weights);
        }

        Fingerprint? print = null;
        if (said.Fingerprint is { } form)
        {
            if (!Base64Url.IsValid(form))
            {
                return (null, Bad("$.fingerprint", "a fingerprint comes in base64url"));
            }

            if (!Fingerprint.TryRead(Base64Url.DecodeFromChars(form), out print, out var fault))
            {
                return (null, Bad("$.fingerprint", fault));
            }

            digests.Add(Recognition.DigestOf(print));
        }

        return digests.Count == 0 ? (null, Empty) : (new([.. digests.Distinct()], print), null);
    }

    private static Problem Empty { get; } =
        new(Problems.BadRequest, "ask by files, weights or fingerprint; one of them must be there");

    private static Problem TooLarge { get; } =
        new(Problems.BodyTooLarge, $"a question has at most {BodyBytesMax} bytes");

    private static Problem Bad(string where, string what) =>
        new(Problems.BadRequest, what) { Where = where };

    private sealed record Question(IReadOnlyList<Digest> Digests, Fingerprint? Print);
}
