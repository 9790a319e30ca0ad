using System.Globalization;
using System.Text.Json;
using Concord.Ledger;
using Concord.Stores;

namespace Concord.Authority.Api;

/// <summary>The refusals that somebody was given, for them alone.</summary>
public static class RefusalsApi
{
    private const int PageMax = 200;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes, RunningAuthority authority) =>
        routes
            .MapGet(
                "/refusals",
                (HttpContext context, long? before, int? limit) =>
                    List(context, authority, before, limit ?? 50)
            )
            .WithName("refusals")
            .WithTags("Acts")
            .WithSummary("The refusals of who signs the request, newest first.")
            .WithDescription(
                "The header Authorization holds the request, signed by a key of the party or "
                    + "officer whose refusals they are (specs/reading.md)."
            )
            .Produces<RefusalPage>()
            .ProducesProblem(401);

    /// <summary>Refusals.</summary>
    /// <param name="Speaker">Whose they are.</param>
    /// <param name="Refusals">The refusals, newest first.</param>
    /// <param name="Next">The address of the next page; absent on the last.</param>
    public sealed record RefusalPage(
        string Speaker,
        IReadOnlyList<RefusalLine> Refusals,
        string? Next
    );

    /// <summary>A refusal.</summary>
    /// <param name="Number">Its place in the order in which refusals were given.</param>
    /// <param name="StatementId">The id of the refused statement.</param>
    /// <param name="Refusal">What was refused, by which rule, for which facts, and what to
    /// do.</param>
    /// <param name="Signed">The COSE_Sign1 over it, base64; its bytes are its leaf.</param>
    /// <param name="Proof">That it is under its day's root; null: the log has none yet.</param>
    public sealed record RefusalLine(
        long Number,
        string StatementId,
        JsonElement Refusal,
        ReadOnlyMemory<byte> Signed,
        DayProof? Proof
    );

    private static IResult List(
        HttpContext context,
        RunningAuthority authority,
        long? before,
        int limit
    )
    {
        if (!Reader.TryKnow(context, authority, out var reader, out var problem))
        {
            return context.Fail(problem);
        }

        if (limit is < 1 or > PageMax)
        {
            return context.Fail(
                new(Problems.BadQuery, $"limit is 1 to {PageMax}") { Where = "limit" }
            );
        }

        context.Response.Headers.CacheControl = "no-store";
        var speaker = reader.Speaker.ToString() ?? string.Empty;
        var found = authority.Refusals.Of(speaker, before, limit + 1);
        var page = found.Take(limit).ToList();
        var next =
            found.Count <= limit
                ? null
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"/refusals?before={page[^1].Number}&limit={limit}"
                );
        var proofs = authority.DayProofs(RecordKind.Refusals);
        return Results.Json(
            new RefusalPage(speaker, [.. page.Select(kept => Line(kept, proofs))], next),
            ApiJson.Options
        );
    }

    internal static RefusalLine Line(KeptRefusal kept, DayProofs proofs)
    {
        if (!Statement.TryParse(kept.Signed, out var statement, out var fault))
        {
            throw new InvalidDataException($"Refusal {kept.Number}: {fault.Detail}");
        }

        using var json = JsonDocument.Parse(statement.Payload);
        return new(
            kept.Number,
            kept.StatementId,
            json.RootElement.Clone(),
            kept.Signed,
            proofs.Of(kept.Day, kept.Number, kept.Signed.Span)
        );
    }
}
