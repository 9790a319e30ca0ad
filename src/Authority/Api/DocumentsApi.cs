using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Rooms.Network;
using Concord.Stores;

namespace Concord.Authority.Api;

/// <summary>
/// What rests beside the log: sealed acts, sealed parts and attachments, each for those who may
/// read it, and the record of who did.
/// </summary>
public static class DocumentsApi
{
    private const string Octets = "application/octet-stream";
    private const int ReadingsMax = 500;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes, RunningAuthority authority)
    {
        routes
            .MapGet(
                "/acts/{id}/attachments/{number:int:min(0)}",
                (HttpContext context, string id, int number) =>
                    Attachment(context, authority, id, number)
            )
            .Describe("attachment", "An attachment: 16 random bytes and the file.", Octets);
        routes
            .MapGet(
                "/acts/{id}/document",
                (HttpContext context, string id) => Document(context, authority, id)
            )
            .Describe("document", "A sealed act, for who filed it and the authorities.", Octets);
        routes
            .MapGet(
                "/acts/{id}/sealed-part",
                (HttpContext context, string id) => SealedPart(context, authority, id)
            )
            .Describe(
                "sealed-part",
                "The sealed part of an act, for its parties and the authorities.",
                "application/json"
            );
        routes
            .MapGet(
                "/acts/{id}/readings",
                (HttpContext context, string id) => Readings(context, authority, id)
            )
            .WithName("readings")
            .WithTags("Documents")
            .WithSummary("Who read what is sealed in an act, for its parties and the authorities.")
            .Produces<ReadingsDocument>()
            .ProducesProblem(401)
            .ProducesProblem(404);
    }

    /// <summary>Who read what hangs on an act, newest first, at most 500.</summary>
    public sealed record ReadingsDocument(string Act, IReadOnlyList<ReadingLine> Readings);

    /// <summary>A reading.</summary>
    /// <param name="Document">What: <c>document</c>, <c>sealed-part</c> or the number of an
    /// attachment.</param>
    /// <param name="Reader">Who: the part of an issuer after <c>#</c>.</param>
    /// <param name="Why">The reason given.</param>
    /// <param name="At">When.</param>
    /// <param name="Leaf">The bytes of its leaf, base64.</param>
    /// <param name="Proof">That it is under its day's root; null: the log has none yet.</param>
    public sealed record ReadingLine(
        string Document,
        string Reader,
        string? Why,
        string At,
        ReadOnlyMemory<byte> Leaf,
        DayProof? Proof
    );

    private static void Describe(
        this RouteHandlerBuilder route,
        string name,
        string summary,
        string type
    ) =>
        route
            .WithName(name)
            .WithTags("Documents")
            .WithSummary(summary)
            .WithDescription(
                "What is not public is read by a signed request (specs/reading.md); officers say "
                    + "why, and the reading is recorded."
            )
            .Produces(200, contentType: type)
            .ProducesProblem(401)
            .ProducesProblem(404)
            .ProducesProblem(410);

    private static IResult Attachment(
        HttpContext context,
        RunningAuthority authority,
        string id,
        int number
    )
    {
        if (!TryAct(authority, id, out var logged))
        {
            return context.Fail(ActsApi.NoAct(id, authority.Intake.Current.Size));
        }

        var isSealed =
            logged.Type.Form == ActForm.Sealed && !IsRevealed(authority, logged.ActDigest);
        if (number >= logged.Act.Attachments.Count && !isSealed)
        {
            return context.Fail(new(Problems.NotFound, $"the act {id} has no attachment {number}"));
        }

        // That a sealed act has an attachment is as sealed as the act.
        var attachment =
            number < logged.Act.Attachments.Count ? logged.Act.Attachments[number] : null;
        if (!isSealed && Gone(context, authority, attachment!.Digest) is { } gone)
        {
            return gone;
        }

        var visibility =
            attachment is not null && IsRevealed(authority, attachment.Digest) ? Visibility.Public
            : isSealed ? Visibility.Parties
            : attachment!.Visibility;
        var name = number.ToString(CultureInfo.InvariantCulture);
        if (
            visibility != Visibility.Public
            && Closed(context, authority, logged, name, visibility) is { } closed
        )
        {
            return closed;
        }

        // A filed file may be hostile: it is handed out as bytes, never shown.
        return Bytes(context, authority, attachment?.Digest, Octets, $"{id}-{number}.bin");
    }

    private static IResult Document(HttpContext context, RunningAuthority authority, string id) =>
        !TryAct(authority, id, out var logged)
            ? context.Fail(ActsApi.NoAct(id, authority.Intake.Current.Size))
        : logged.Type.Form != ActForm.Sealed
            ? context.Fail(new(Problems.NotFound, $"the act {id} is open: its statement holds it"))
        : Unless(
            IsRevealed(authority, logged.ActDigest),
            () => Closed(context, authority, logged, "document", Visibility.Parties)
        ) ?? Bytes(context, authority, logged.ActDigest, Octets, $"{id}.act.json");

    private static IResult SealedPart(HttpContext context, RunningAuthority authority, string id) =>
        !TryAct(authority, id, out var logged)
            ? context.Fail(ActsApi.NoAct(id, authority.Intake.Current.Size))
        : Subjects.SealedPartOf(logged.Act) is not { } digest
            ? context.Fail(new(Problems.NotFound, $"the act {id} has no sealed part"))
        : Unless(
            IsRevealed(authority, digest),
            () => Closed(context, authority, logged, "sealed-part", Visibility.Parties)
        ) ?? Bytes(context, authority, digest, "application/json", $"{id}.sealed.json");

    private static IResult Readings(HttpContext context, RunningAuthority authority, string id)
    {
        if (!TryAct(authority, id, out var logged))
        {
            return context.Fail(ActsApi.NoAct(id, authority.Intake.Current.Size));
        }

        if (!Reader.TryKnow(context, authority, out var reader, out var problem))
        {
            return context.Fail(problem);
        }

        if (!reader.IsOfAuthority && !PartiesOf(authority, logged).Contains(reader.Speaker))
        {
            return context.Fail(NotHere);
        }

        context.Response.Headers.CacheControl = "no-store";
        var proofs = authority.DayProofs(RecordKind.Readings);
        return Results.Json(
            new ReadingsDocument(
                new ActId(logged.Index).ToString(),
                [.. authority.Readings.Of(logged.Index, ReadingsMax).Select(Line)]
            ),
            ApiJson.Options
        );

        ReadingLine Line(KeptReading kept)
        {
            var (reading, leaf) = (kept.Reading, kept.Leaf());
            return new(
                reading.Document,
                reading.Reader,
                reading.Why,
                reading.At,
                leaf,
                proofs.Of(kept.Day, kept.Number, leaf)
            );
        }
    }

    /// <summary>Why who asks may not read; null: they may, and it is recorded.</summary>
    private static IResult? Closed(
        HttpContext context,
        RunningAuthority authority,
        Logged logged,
        string document,
        Visibility visibility
    )
    {
        if (!Reader.TryKnow(context, authority, out var reader, out var problem))
        {
            return context.Fail(problem);
        }

        var isFiler = reader.Speaker == FilerOf(logged);
        var isParty =
            visibility == Visibility.Parties
            && PartiesOf(authority, logged).Contains(reader.Speaker);
        if (!isFiler && !isParty && !reader.IsOfAuthority)
        {
            return context.Fail(NotHere);
        }

        if (!isFiler && !isParty && reader.Why is null)
        {
            return context.Fail(NoReason);
        }

        if (!isFiler)
        {
            authority.Readings.Add(
                logged.Index,
                new(document, reader.Speaker.ToString()!, reader.Why, authority.Now.ToString()),
                authority.Intake.Current.World.At.Day
            );
        }

        context.Response.Headers.CacheControl = "no-store";
        return null;
    }

    // Whoever may not read learns no more than of what does not exist.
    internal static Problem NotHere => new(Problems.NotFound, "the document is not here");

    internal static Problem NoReason =>
        new(Problems.SignatureNeeded, "an officer's request says why: the member `why`")
        {
            Where = "Authorization",
        };

    private static bool IsRevealed(RunningAuthority authority, Digest digest) =>
        authority.Intake.Current.World.Network.Documents.RevealedBy(digest) is not null;

    private static IResult? Unless(bool isPublic, Func<IResult?> closed) =>
        isPublic ? null : closed();

    private static Speaker? FilerOf(Logged logged) =>
        ShortId.TryParse(
            logged.Issuer.AsSpan(logged.Issuer.LastIndexOf('#') + 1),
            PartyId.Letter,
            out var party
        )
            ? new Speaker.Party(new(party))
            : null;

    private static List<Speaker> PartiesOf(RunningAuthority authority, Logged logged)
    {
        var appeals = authority.Intake.Current.World.Network.Appeals;
        IReadOnlyList<PartyId> parties = logged.Act switch
        {
            AskQuestion ask => [ask.To],
            DecideAppeal decision => [appeals.All[decision.Appeal.Index].Act.By],
            JointAct { Joint.Parties: { } named } => named,
            _ => [],
        };
        List<Speaker> speakers = [.. parties.Select(id => new Speaker.Party(id))];
        if (FilerOf(logged) is { } filer)
        {
            speakers.Add(filer);
        }

        return speakers;
    }

    private static bool TryAct(
        RunningAuthority authority,
        string id,
        [NotNullWhen(true)] out Logged? logged
    )
    {
        var has = ActsApi.TryIndex(id, authority.Intake.Current.Size, out var index);
        logged = has ? authority.Contents.Act(index) : null;
        return has;
    }

    private static IResult? Gone(HttpContext context, RunningAuthority authority, Digest digest) =>
        authority.Intake.Current.World.Network.Documents.ErasedBy(digest) is { } erased
            ? context.Fail(
                new(Problems.Erased, $"it was erased by {erased}")
                {
                    Facts = [new("erased_by", erased.ToString())],
                }
            )
            : null;

    private static IResult Bytes(
        HttpContext context,
        RunningAuthority authority,
        Digest? digest,
        string type,
        string name
    ) =>
        digest is { } known && authority.Contents.Content(known) is { } bytes
            ? Results.Bytes(bytes, type, name)
            : (digest is { } erased ? Gone(context, authority, erased) : null)
                ?? context.Fail(NotHere);
}
