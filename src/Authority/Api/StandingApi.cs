using Concord.Acts;
using Concord.Authority.Admission;
using Concord.Ledger;
using Microsoft.Net.Http.Headers;

namespace Concord.Authority.Api;

/// <summary>
/// Signed answers on standing, for hubs, clouds and buyers: fetched, cached, or stapled to a model.
/// </summary>
public static class StandingApi
{
    // A suspension is news to a cache after so long at the latest.
    private const string Cacheable = "public, max-age=60";
    private const string Signed = "application/cose";

    /// <summary>What was asked is no id and no digest.</summary>
    internal static Problem NoQuestion { get; } =
        new(Problems.BadQuery, "ask for a model M-…, a release R-…, or a digest sha256:… of a file")
        {
            Where = "subject",
        };

    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder routes, RunningAuthority authority) =>
        routes
            .MapGet(
                "/standing/{subject}",
                (HttpContext context, string subject) => Answer(context, authority, subject)
            )
            .WithName("standing")
            .WithTags("Standing")
            .WithSummary(
                "Whether a model, release or digest is in good standing, signed; unknown is an "
                    + "answer too, and never a good one."
            )
            .Produces(200, contentType: Signed)
            .Produces(200, contentType: StandingAnswer.MediaType)
            .ProducesProblem(404);

    private static IResult Answer(HttpContext context, RunningAuthority authority, string subject)
    {
        var desk = authority.Standing;
        if (!desk.IsOpen)
        {
            return context.Fail(
                new(
                    Problems.NotFound,
                    "this authority was founded before answers on standing were signed; a key set "
                        + "must name a key for it (SECURITY.md)"
                )
            );
        }

        var answer =
            SubjectId.TryParse(subject, out var id) ? desk.Answer(id)
            : Digest.TryParse(subject, out var digest) ? desk.Answer(digest)
            : null;
        if (answer is null)
        {
            return context.Fail(NoQuestion);
        }

        var headers = context.Response.Headers;
        headers.CacheControl = Cacheable;
        headers.Vary = HeaderNames.Accept;
        return WantsJson(context)
            ? Results.Bytes(answer.Body, StandingAnswer.MediaType)
            : Results.Bytes(answer.Bytes, Signed);
    }

    // Whoever does not say otherwise gets the signed answer: what is not signed proves nothing.
    private static bool WantsJson(HttpContext context) =>
        context.Request.Query["format"].ToString() switch
        {
            "json" => true,
            "cose" => false,
            _ => context.Request.Headers.Accept.ToString() is var accept
                && !accept.Contains(Signed, StringComparison.OrdinalIgnoreCase)
                && accept.Contains("json", StringComparison.OrdinalIgnoreCase),
        };
}
