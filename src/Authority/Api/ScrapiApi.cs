using System.Buffers.Text;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Admission;
using Concord.Ledger;
using Concord.Rooms.Network;

namespace Concord.Authority.Api;

/// <summary>
/// The SCITT Reference API (draft-ietf-scitt-scrapi) over the same intake and the same receipts, so
/// that clients of any transparency service can file here (<c>specs/scrapi.md</c>).
/// </summary>
public static class ScrapiApi
{
    private const string Cose = "application/cose";
    private const string Cbor = "application/cbor";
    private const string Tag = "SCRAPI";

    /// <summary>Maps it.</summary>
    public static void Map(
        IEndpointRouteBuilder routes,
        RunningAuthority authority,
        HostOptions options
    )
    {
        routes
            .MapGet(ScrapiProblem.Keys, (HttpContext context) => Keys(context))
            .Describe("scitt-keys", "Every key that receipts were ever signed by.", Cbor)
            .WithMetadata(FromWorld.Mark);
        routes
            .MapGet(
                ScrapiProblem.Keys + "/{kid}",
                (HttpContext context, string kid) => Key(context, kid)
            )
            .Describe("scitt-key", "A key that receipts were signed by.", Cbor, 404)
            .WithMetadata(FromWorld.Mark);
        routes
            .MapPost(
                ScrapiProblem.Entries,
                (HttpContext context, CancellationToken _) =>
                    RegisterAsync(context, authority, options)
            )
            .WithDescription(
                "The same act by the same issuer gets the first receipt. Statements with documents "
                    + "beside them are filed with POST /acts."
            )
            .Accepts<byte[]>(Cose)
            .Produces(201, contentType: Cose)
            .Describe("scitt-register", "Registers a signed statement.", null, 400, 415, 429, 503);
        routes
            .MapGet(
                ScrapiProblem.Entries + "/{id}",
                (HttpContext context, string id) => Entry(context, authority, id)
            )
            .Describe("scitt-receipt", "The receipt of an entry.", Cose, 400, 404)
            .WithMetadata(FromWorld.Mark);
    }

    private static RouteHandlerBuilder Describe(
        this RouteHandlerBuilder route,
        string name,
        string summary,
        string? contentType,
        params ReadOnlySpan<int> problems
    )
    {
        route.WithName(name).WithTags(Tag).WithSummary(summary);
        if (contentType is not null)
        {
            route.Produces(200, contentType: contentType);
        }

        foreach (var status in problems)
        {
            route.Produces(status, contentType: ConciseProblem.MediaType);
        }

        return route;
    }

    private static IResult Keys(HttpContext context) =>
        Results.Bytes(
            CoseKeySet.Write([.. ReceiptKeys(context).Select(record => record.Key)]),
            Cbor
        );

    // The kid is 32 bytes: base64url without padding as the draft asks, or hexadecimal.
    private static IResult Key(HttpContext context, string kid)
    {
        var id =
            KeyId.TryParse(kid, out var read) ? read
            : TryDecode(kid, out var thumbprint) ? new(thumbprint)
            : default;
        return ReceiptKeys(context).FirstOrDefault(record => record.Key.Id == id) is { } found
            ? Results.Bytes(CoseKeySet.Write(found.Key), Cbor)
            : context.Fail(
                new(Problems.NotFound, $"no receipt was ever signed by the key {kid}")
                {
                    Where = "kid",
                    Remedy = $"The keys are at {ScrapiProblem.Keys}.",
                }
            );
    }

    // The one in force first, then those of earlier key sets: their receipts are checked for ever.
    private static IEnumerable<KeyRecord> ReceiptKeys(HttpContext context) =>
        Freshness
            .SnapshotOf(context)
            .World.Network.Keys.Select(pair => pair.Value)
            .Where(record => record.Speaker is Speaker.Authority { Purpose: KeyPurpose.Receipt })
            .OrderBy(record => record.RevokedAt is not null)
            .ThenBy(record => record.Key.Id.ToString(), StringComparer.Ordinal);

    private static bool TryDecode(string kid, out Digest thumbprint)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        var is32 =
            kid.Length == 43
            && Base64Url.IsValid(kid)
            && Base64Url.TryDecodeFromChars(kid, bytes, out var written)
            && written == Digest.Size;
        thumbprint = is32 ? new(bytes) : default;
        return is32;
    }

    private static async Task RegisterAsync(
        HttpContext context,
        RunningAuthority authority,
        HostOptions options
    )
    {
        if (!FilingBody.IsStatement(context.Request))
        {
            await FilingBody.NotThatType(context.Request.ContentType).WriteAsync(context);
            return;
        }

        switch (await FilingApi.TakeAsync(context, authority, options))
        {
            case FilingOutcome.Filed filed:
                context.Response.StatusCode = StatusCodes.Status201Created;
                context.Response.ContentType = Cose;
                context.Response.ContentLength = filed.Receipt.Length;
                context.Response.Headers.Location = $"{ScrapiProblem.Entries}/{filed.Id}";
                context.Response.Headers.CacheControl = "no-store";
                await context.Response.Body.WriteAsync(filed.Receipt, context.RequestAborted);
                break;
            case FilingOutcome.Refused refused:
                await FilingApi.Refusal(refused).WriteAsync(context);
                break;
            case FilingOutcome.NotTaken notTaken:
                await notTaken.Problem.WriteAsync(context);
                break;
        }
    }

    private static IResult Entry(HttpContext context, RunningAuthority authority, string id)
    {
        var snapshot = Freshness.SnapshotOf(context);
        if (!ActsApi.TryIndex(id, long.MaxValue, out var index))
        {
            return context.Fail(
                new(Problems.BadQuery, "the operation locator is not the id of an entry")
                {
                    Fault = ScrapiProblem.InvalidLocator,
                    Where = "id",
                    Remedy = "Use the Location that POST /entries answered with.",
                }
            );
        }

        if (index >= snapshot.Size)
        {
            return context.Fail(ActsApi.NoAct(id, snapshot.Size));
        }

        context.Response.Headers.Location = $"{ScrapiProblem.Entries}/{new ActId(index)}";
        return Results.Bytes(authority.Receipts.Receipt(index, snapshot), Cose);
    }
}
