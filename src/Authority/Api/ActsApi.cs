using System.Text.Json;
using Concord.Acts;
using Concord.Authority.Admission;
using Concord.Ledger;
using Concord.Rooms.Network;

namespace Concord.Authority.Api;

/// <summary>Reads of acts: lists, documents, statements, receipts, proofs.</summary>
public static class ActsApi
{
    private const string Cose = "application/cose";
    private const int PageMax = 500;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes, RunningAuthority authority)
    {
        routes
            .MapGet(
                "/acts",
                (
                    HttpContext context,
                    string? after,
                    string? before,
                    string? type,
                    string? party,
                    int? limit
                ) => List(context, authority, new(after, before, type, party, limit ?? 50))
            )
            .Describe<ActPage>(
                "acts",
                "Acts",
                "Acts, newest first; with after, upwards from that one."
            );
        routes
            .MapGet("/acts/{id}", (HttpContext context, string id) => One(context, authority, id))
            .Describe<ActDocument>("act", "Acts", "One act with its place and its signer.");
        routes
            .MapGet(
                "/acts/{id}/statement",
                (HttpContext context, string id) =>
                    Bytes(context, id, i => (authority.Contents.Statement(i).Bytes, Cose, "cose"))
            )
            .Describe("statement", "Acts", "The signed statement, as it is in the log.", Cose);
        routes
            .MapGet(
                "/acts/{id}/receipt",
                (HttpContext context, string id) =>
                    Bytes(
                        context,
                        id,
                        i =>
                            (
                                authority.Receipts.Receipt(i, SnapshotOf(context)),
                                Cose,
                                "receipt.cose"
                            )
                    )
            )
            .Describe("receipt", "Acts", "The COSE receipt (RFC 9942) of an act.", Cose);
        foreach (var path in (string[])["/acts/{id}/proof", "/acts/{id}/proof.tlog-proof"])
        {
            routes
                .MapGet(path, (HttpContext context, string id) => Proof(context, authority, id))
                .Describe(
                    path.EndsWith("proof", StringComparison.Ordinal)
                    && !path.Contains('.', StringComparison.Ordinal)
                        ? "proof"
                        : "tlog-proof",
                    "Acts",
                    "The C2SP tlog-proof of an act.",
                    "text/plain"
                );
        }
    }

    /// <summary>A page of acts.</summary>
    /// <param name="Size">The size of the log that was read.</param>
    /// <param name="Acts">The acts.</param>
    /// <param name="Next">The address of the next page; absent on the last.</param>
    public sealed record ActPage(long Size, IReadOnlyList<ActLine> Acts, string? Next);

    /// <summary>An act in a list.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Index">Its log index.</param>
    /// <param name="Act">Its wire name, or <c>sealed</c>.</param>
    /// <param name="Speaker">Who says it.</param>
    /// <param name="Tick">The tick at which it was judged.</param>
    public sealed record ActLine(string Id, long Index, string Act, string Speaker, string? Tick);

    /// <summary>An act.</summary>
    public sealed record ActDocument
    {
        /// <summary>Its id.</summary>
        public required string Id { get; init; }

        /// <summary>Its log index.</summary>
        public required long Index { get; init; }

        /// <summary>Its wire name, or <c>sealed</c>.</summary>
        public required string Act { get; init; }

        /// <summary>open, sealed or split.</summary>
        public required ActForm Form { get; init; }

        /// <summary>Who says it: the claim iss.</summary>
        public required string Issuer { get; init; }

        /// <summary>The party whose key signed for the one that says it; absent: its own.</summary>
        public string? Delegate { get; init; }

        /// <summary>
        /// Since when the key is said to have been in other hands, where the act was judged after
        /// it: the act is contested.
        /// </summary>
        public string? ContestedSince { get; init; }

        /// <summary>The act by which who said it stands by a contested one; absent: none.</summary>
        public string? ConfirmedBy { get; init; }

        /// <summary>The act by which officers voided a contested one; absent: none.</summary>
        public string? VoidedBy { get; init; }

        /// <summary>What it is about: the claim sub.</summary>
        public required string Subject { get; init; }

        /// <summary>The thumbprint of the key.</summary>
        public required string Key { get; init; }

        /// <summary>The SHA-256 of the Sig_structure.</summary>
        public required string StatementId { get; init; }

        /// <summary>The SHA-256 of the act.</summary>
        public required string ActDigest { get; init; }

        /// <summary>The tick at which it was judged.</summary>
        public string? Tick { get; init; }

        /// <summary>The tree in which receipts prove it now.</summary>
        public required LoggedDocument Logged { get; init; }

        /// <summary>Who saw that tree besides the authority; absent: not yet witnessed.</summary>
        public WitnessedDocument? Witnessed { get; init; }

        /// <summary>The state of a joint act.</summary>
        public JointDocument? Joint { get; init; }

        /// <summary>The act as filed; absent where it is sealed.</summary>
        public JsonElement? Body { get; init; }
    }

    /// <summary>That an act is in the log.</summary>
    /// <param name="Size">The size of the published tree that has it.</param>
    /// <param name="Root">The root of that tree, base64.</param>
    public sealed record LoggedDocument(long Size, string Root);

    /// <summary>That witnesses have seen a tree that has the act.</summary>
    /// <param name="Size">The size of the tree that reached the quorum.</param>
    /// <param name="At">The newest time of its cosignatures.</param>
    /// <param name="By">The names of the witnesses.</param>
    public sealed record WitnessedDocument(long Size, string At, IReadOnlyList<string> By);

    /// <summary>How far a joint act is.</summary>
    /// <param name="K">How many distinct signers it needs.</param>
    /// <param name="Counted">How many of the signatures count, before it is in force.</param>
    /// <param name="Proposal">The act by which it goes.</param>
    /// <param name="InForce">The act with which it took effect; absent: not in force.</param>
    /// <param name="Signatures">Who signed, and where.</param>
    public sealed record JointDocument(
        int K,
        int Counted,
        string Proposal,
        string? InForce,
        IReadOnlyList<JointLine> Signatures
    );

    /// <summary>One signature of a joint act.</summary>
    /// <param name="Speaker">Who signed.</param>
    /// <param name="Act">The entry.</param>
    /// <param name="CountsNoMore">Why it counts no more for an act that is not in force.</param>
    public sealed record JointLine(string Speaker, string Act, SignatureLapse? CountsNoMore);

    private sealed record Query(
        string? After,
        string? Before,
        string? Type,
        string? Party,
        int Limit
    );

    private static IResult List(HttpContext context, RunningAuthority authority, Query query)
    {
        var size = Freshness.SnapshotOf(context).Size;
        if (
            !TryCursor(query.After, -1, out var after)
            || !TryCursor(query.Before, size, out var before)
            || query.Limit is < 1 or > PageMax
        )
        {
            return context.Fail(
                new(Problems.BadQuery, $"after and before are ids of acts, limit is 1 to {PageMax}")
            );
        }

        var isUpwards = query.After is not null;
        var found = authority
            .Index.Find(size, isUpwards ? after : before, isUpwards, query.Type, query.Party)
            .Take(query.Limit + 1)
            .ToList();
        var acts = found.Take(query.Limit).Select(index => Line(authority, index)).ToList();
        var next =
            found.Count <= query.Limit
                ? null
                : QueryString
                    .Create(
                        new Dictionary<string, string?>(StringComparer.Ordinal)
                        {
                            [isUpwards ? "after" : "before"] = acts[^1].Id,
                            ["type"] = query.Type,
                            ["party"] = query.Party,
                            ["limit"] = query.Limit.ToString(
                                System.Globalization.CultureInfo.InvariantCulture
                            ),
                        }.Where(pair => pair.Value is not null)
                    )
                    .ToString();
        return Results.Json(
            new ActPage(size, acts, next is null ? null : "/acts" + next),
            ApiJson.Options
        );
    }

    private static ActLine Line(RunningAuthority authority, long index) =>
        new(
            new ActId(index).ToString(),
            index,
            ActIndex.PublicName(authority.Index.TypeOf(index)),
            authority.Index.SpeakerOf(index),
            authority.Index.TickOf(index)?.ToString()
        );

    private static IResult One(HttpContext context, RunningAuthority authority, string id)
    {
        var snapshot = Freshness.SnapshotOf(context);
        if (!TryIndex(id, snapshot.Size, out var index))
        {
            return context.Fail(NoAct(id, snapshot.Size));
        }

        var logged = authority.Contents.Act(index);
        var statement = authority.Contents.Statement(index);
        var doubt = DoubtOf(authority, snapshot, logged);
        return Results.Json(
            new ActDocument
            {
                Id = new ActId(index).ToString(),
                Index = index,
                Act = ActIndex.PublicName(logged.Type),
                Form = logged.Type.Form,
                Issuer = logged.Issuer,
                Delegate = snapshot.World.Network.DelegateOf(logged.Key, logged.Issuer)?.ToString(),
                ContestedSince = doubt?.Since.ToString(),
                ConfirmedBy = doubt?.ConfirmedBy?.ToString(),
                VoidedBy = doubt?.VoidedBy?.ToString(),
                Subject = statement.Subject,
                Key = logged.Key.ToString(),
                StatementId = logged.StatementId.ToString(),
                ActDigest = logged.ActDigest.ToString(),
                Tick = authority.Index.TickOf(index)?.ToString(),
                Logged = new(snapshot.Size, snapshot.Root.ToBase64()),
                Witnessed = WitnessedOf(authority, index),
                Joint = JointOf(snapshot, logged),
                Body = logged.Type.Form == ActForm.Sealed ? null : BodyOf(logged, statement),
            },
            ApiJson.Options
        );
    }

    private static Doubt? DoubtOf(RunningAuthority authority, Snapshot snapshot, Logged logged) =>
        authority.Index.TickOf(logged.Index) is { } at
            ? snapshot.World.Network.DoubtOf(logged.Index, logged.Key, at)
            : null;

    private static WitnessedDocument? WitnessedOf(RunningAuthority authority, long index) =>
        authority.Witnesses.NewestWith(index) is { } head
            ? new(head.Size, head.At.ToString(), [.. head.Cosigned.Select(one => one.Witness.Name)])
            : null;

    private static JointDocument? JointOf(Snapshot snapshot, Logged logged) =>
        logged.Act is JointAct && snapshot.World.Network.Joints.Find(logged.ActDigest) is { } joint
            ? new(
                joint.Terms.K,
                snapshot.World.Network.Counted(joint).Count,
                new ActId(joint.Proposal).ToString(),
                joint.InForceSince is { } since ? new ActId(since).ToString() : null,
                [
                    .. joint.Signatures.Select(one => new JointLine(
                        one.Speaker.ToString() ?? "",
                        new ActId(one.Index).ToString(),
                        snapshot.World.Network.LapseOf(joint, one)
                    )),
                ]
            )
            : null;

    // The bytes that were filed; a CBOR act is shown as the JSON that it means.
    private static JsonElement BodyOf(Logged logged, Statement statement)
    {
        using var json = JsonDocument.Parse(
            logged.Type.IsCbor ? ActJson.Write(logged.Act) : statement.Payload
        );
        return json.RootElement.Clone();
    }

    private static IResult Bytes(
        HttpContext context,
        string id,
        Func<long, (ReadOnlyMemory<byte> Bytes, string Type, string Extension)> read
    )
    {
        var size = Freshness.SnapshotOf(context).Size;
        if (!TryIndex(id, size, out var index))
        {
            return context.Fail(NoAct(id, size));
        }

        var (bytes, type, extension) = read(index);
        return Results.Bytes(bytes, type, $"{new ActId(index)}.{extension}");
    }

    private static IResult Proof(HttpContext context, RunningAuthority authority, string id)
    {
        var size = Freshness.SnapshotOf(context).Size;
        if (!TryIndex(id, size, out var index))
        {
            return context.Fail(NoAct(id, size));
        }

        return Results.Text(
            authority.Receipts.Proof(index, SnapshotOf(context), authority.Witnesses.Newest),
            "text/plain; charset=utf-8"
        );
    }

    private static Snapshot SnapshotOf(HttpContext context) => Freshness.SnapshotOf(context);

    private static bool TryCursor(string? text, long orElse, out long cursor)
    {
        cursor = orElse;
        return text is null || TryIndex(text, long.MaxValue, out cursor);
    }

    internal static bool TryIndex(string id, long size, out long index) =>
        (
            ShortId.TryParse(id, ActId.Letter, out index)
            || long.TryParse(
                id,
                System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture,
                out index
            )
        )
        && index < size;

    internal static Problem NoAct(string id, long size) =>
        new(Problems.NotFound, $"the log has {size} acts, and none is {id}") { Where = "id" };
}
