using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Concord.Authority.Web;

/// <summary>
/// Sends who reads pages at a loopback address to <c>localhost</c>: a passkey is for a name, never
/// for an address. What programs read stays where they ask for it.
/// </summary>
internal static class LocalName
{
    /// <summary>Redirects a page that is asked for at a loopback address.</summary>
    public static Task RedirectAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (
            request.Host.Host is not ("127.0.0.1" or "[::1]")
            || context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is null
        )
        {
            return next(context);
        }

        var port = request.Host.Port is { } number ? $":{number}" : "";
        context.Response.Redirect(
            $"http://localhost{port}{request.PathBase}{request.Path.ToUriComponent()}"
                + request.QueryString.ToUriComponent()
        );
        return Task.CompletedTask;
    }
}
