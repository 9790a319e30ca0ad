using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Concord.Authority.Api;

/// <summary>
/// Takes whoever a proxy of ours speaks for as the one who asks. A header of anybody else is only
/// a claim, and is not read.
/// </summary>
internal static class Proxies
{
    /// <summary>Puts it before everything that looks at addresses.</summary>
    public static void UseIn(WebApplication app, IReadOnlyList<IPAddress> proxies)
    {
        if (proxies.Count == 0)
        {
            app.Use(new Unnamed(app.Logger).NoteAsync);
            return;
        }

        // From the last entry backwards, for as long as a proxy of ours wrote the next.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownProxies.Add(proxy);
        }

        app.UseForwardedHeaders(options);
    }

    /// <summary>Says once that a proxy seems to ask, whose clients share its bounds.</summary>
    private sealed class Unnamed(ILogger logger)
    {
        private bool _isSaid;

        public Task NoteAsync(HttpContext context, RequestDelegate next)
        {
            if (!_isSaid && context.Request.Headers.ContainsKey("X-Forwarded-For"))
            {
                _isSaid = true;
                logger.ProxyUnnamed(Asker.Of(context));
            }

            return next(context);
        }
    }
}
