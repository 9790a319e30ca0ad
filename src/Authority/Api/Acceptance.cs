using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Concord.Authority.Api;

/// <summary>
/// Answers 406 to who accepts nothing that an endpoint answers with (RFC 9110 §12.5).
/// </summary>
internal static class Acceptance
{
    public static Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint();
        var accepted = context.Request.GetTypedHeaders().Accept;
        if (
            accepted.Count == 0
            || endpoint is null
            || endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null
        )
        {
            return next(context);
        }

        var offered = endpoint
            .Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>()
            .Where(one => one.StatusCode is >= 200 and < 300)
            .SelectMany(one => one.ContentTypes)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        var fits =
            offered.Count == 0
            || offered.Any(type =>
                accepted.Any(one =>
                    (one.Quality ?? 1) > 0
                    && Microsoft.Net.Http.Headers.MediaTypeHeaderValue.Parse(type).IsSubsetOf(one)
                )
            );
        return fits
            ? next(context)
            : new Problem(
                Problems.NotAcceptable,
                $"this address answers with {string.Join(", ", offered)}"
            )
            {
                Where = "Accept",
            }.WriteAsync(context);
    }
}
