namespace Concord.Authority.Web;

/// <summary>
/// Whole addresses of this site, for readers that take them elsewhere. The site is where it was
/// asked for; the answer goes to nobody but who asked.
/// </summary>
public static class SiteAddress
{
    /// <summary>Scheme, host and the port where it is not the usual one.</summary>
    public static string Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var uri)
            ? uri.GetLeftPart(UriPartial.Authority)
            : "";
    }

    /// <summary>The whole address of a path with its query.</summary>
    public static string Of(HttpRequest request, string path) => Of(request) + path;
}
