using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Net.Http.Headers;

namespace Concord.Authority.Web;

/// <summary>
/// One address, two readers: where a page and an endpoint of the API have the same address, a
/// request that asks for HTML gets the page and every other the data.
/// </summary>
public sealed class HtmlOrJson : MatcherPolicy, IEndpointSelectorPolicy
{
    /// <summary>Before pages are compiled and before any other choice between them.</summary>
    public override int Order => -10_000;

    /// <inheritdoc/>
    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Any(IsPage) && endpoints.Any(endpoint => !IsPage(endpoint));

    /// <inheritdoc/>
    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        ArgumentNullException.ThrowIfNull(candidates);
        var (pages, others) = (false, false);
        for (var i = 0; i < candidates.Count; i++)
        {
            pages |= candidates.IsValidCandidate(i) && IsPage(candidates[i].Endpoint);
            others |= candidates.IsValidCandidate(i) && !IsPage(candidates[i].Endpoint);
        }

        if (pages && others)
        {
            var html = WantsHtml(httpContext.Request);
            for (var i = 0; i < candidates.Count; i++)
            {
                if (IsPage(candidates[i].Endpoint) != html)
                {
                    candidates.SetValidity(i, false);
                }
            }

            httpContext.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Whether a request prefers a page: it names HTML no less than JSON. A link can ask for the
    /// data by <c>format=json</c>, or for what is signed by <c>format=cose</c>.
    /// </summary>
    public static bool WantsHtml(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Query["format"].ToString() is "json" or "cose")
        {
            return false;
        }

        var accepted = request.GetTypedHeaders().Accept;
        double Quality(string type) =>
            accepted
                .Where(item => item.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
                .Select(item => item.Quality ?? 1)
                .DefaultIfEmpty(0)
                .Max();
        var html = Quality("text/html");
        return html > 0 && html >= Quality("application/json");
    }

    private static bool IsPage(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null;
}
