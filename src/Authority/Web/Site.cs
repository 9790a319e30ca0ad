using System.IO.Compression;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Concord.Authority.Web;

/// <summary>
/// The public site as the host sees it: its services, its middleware, its addresses.
/// </summary>
public static class Site
{
    private static readonly string[] s_forms =
    [
        "file/",
        "drafts",
        "sign/",
        "decide/ask",
        "decide/appoint",
        "notices/",
    ];

    private const string KeyRingService = "DataProtectionHostedService";

    /// <summary>Adds the pages to the host's services.</summary>
    public static IServiceCollection AddTo(IServiceCollection services)
    {
        services.AddSingleton(Markup.Encoder);
        services
            .AddRazorPages(options =>
                options.Conventions.AddPageRoute("/Certificate", "/releases/{id}/certificate")
            )
            .AddApplicationPart(typeof(Site).Assembly);
        services.AddSingleton<MatcherPolicy, HtmlOrJson>();
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes =
            [
                "text/html",
                "text/css",
                "text/javascript",
                "image/svg+xml",
                "application/json",
                "application/atom+xml",
                "application/xml",
            ];
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });

        // Pages repeat themselves: a little more work makes an explanation a third of the size.
        services.Configure<BrotliCompressionProviderOptions>(one =>
            one.Level = CompressionLevel.Optimal
        );
        services.Configure<GzipCompressionProviderOptions>(one =>
            one.Level = CompressionLevel.Optimal
        );

        // Who speaks is known by signatures alone: without these no request is asked for a session.
        services.RemoveAll<IAuthenticationSchemeProvider>();
        services.RemoveAll<IAuthorizationHandlerProvider>();

        // No cookie is set and no form is bound to one, so no key for them is made on disk.
        var ring = services.FirstOrDefault(service =>
            service.ImplementationType?.Name is KeyRingService
        );
        if (ring is not null)
        {
            services.Remove(ring);
        }

        return services;
    }

    /// <summary>Puts the headers of the site on every answer; first in the pipeline.</summary>
    public static IApplicationBuilder UseIn(IApplicationBuilder app)
    {
        app.Use(
            static (context, next) =>
            {
                SecurityHeaders.Apply(context.Response.Headers);
                return next(context);
            }
        );
        return app.UseResponseCompression();
    }

    /// <summary>Maps pages and assets.</summary>
    public static IEndpointRouteBuilder MapTo(IEndpointRouteBuilder routes)
    {
        // A page is read; without this every method would lead to it.
        routes
            .MapRazorPages()
            .Add(endpoint =>
                endpoint.Metadata.Add(
                    new HttpMethodMetadata(
                        IsForm(endpoint.Metadata) ? ["GET", "HEAD", "POST"] : ["GET", "HEAD"]
                    )
                )
            );
        routes.MapGet("/assets/{file}", Asset).ExcludeFromDescription();
        Sitemap.Map(routes);
        return routes;
    }

    // What is sealed never stands in an address: such answers come in a body, and change nothing.
    private static bool IsForm(IList<object> metadata) =>
        metadata.OfType<PageActionDescriptor>().FirstOrDefault()?.AttributeRouteInfo?.Template
            is { } path
        && s_forms.Any(form => path.StartsWith(form, StringComparison.Ordinal));

    private static IResult Asset(string file, HttpContext context)
    {
        if (Assets.Find(file) is not { } asset)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        // The card is there to be shown by others.
        context.Response.Headers["Cross-Origin-Resource-Policy"] = asset.ContentType is "image/png"
            ? "cross-origin"
            : "same-origin";
        return Results.Bytes(asset.Bytes, asset.ContentType);
    }
}
