using System.Globalization;
using Concord.Authority.Admission;
using Concord.Authority.Web;
using Concord.Rooms;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;

namespace Concord.Authority.Api;

/// <summary>
/// Gives every answer that is a function of the world the world's tag, and answers 304 without
/// computing it again where the client has it. The request keeps the snapshot that it began with.
/// </summary>
internal static class Freshness
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static readonly string s_build = typeof(Freshness).Module.ModuleVersionId.ToString(
        "N",
        CultureInfo.InvariantCulture
    )[..8];

    /// <summary>The snapshot that a request began with.</summary>
    public static Snapshot SnapshotOf(HttpContext context) =>
        context.Features.Get<Snapshot>()
        ?? throw new InvalidOperationException(
            "The endpoint is not marked as read from the world."
        );

    public static Task ApplyAsync(
        HttpContext context,
        RequestDelegate next,
        RunningAuthority authority
    )
    {
        var endpoint = context.GetEndpoint();
        var isPage = endpoint?.Metadata.GetMetadata<PageActionDescriptor>() is not null;
        if (
            endpoint is null
            || (!isPage && endpoint.Metadata.GetMetadata<FromWorld>() is null)
            || context.Features.Get<Problem>() is not null
        )
        {
            return next(context);
        }

        var snapshot = authority.Intake.Current;
        context.Features.Set(snapshot);
        // What became of an application is not in the world alone.
        if (
            HttpMethods.IsPost(context.Request.Method)
            || context.Request.Path.StartsWithSegments("/apply", StringComparison.Ordinal)
        )
        {
            return next(context);
        }

        var kind = isPage ? 'h' : 'j';
        var seen = WitnessedBy(authority, context.Request);
        var beside = BesideTheLog(context.Request.Path, authority, snapshot.World);
        var tag =
            $"\"{snapshot.Size}-{snapshot.Root.ToHex()[..12]}-{seen}{beside}{kind}{s_build}\"";
        if (IsKnown(context.Request, tag))
        {
            context.Response.Headers.ETag = tag;
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.StatusCode = 304;
            return Task.CompletedTask;
        }

        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode == 200 && !context.Response.Headers.ContainsKey("ETag"))
            {
                context.Response.Headers.ETag = tag;
                context.Response.Headers.CacheControl = "no-cache";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }

    // What is witnessed changes answers without an act; its time changes the page of the log alone.
    private static string WitnessedBy(RunningAuthority authority, HttpRequest request)
    {
        if (authority.Witnesses.Newest is not { } head)
        {
            return string.Empty;
        }

        var at = request.Path.StartsWithSegments("/log", StringComparison.Ordinal)
            ? head.At.UnixMilliseconds
            : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{head.Size}w{at}-");
    }

    // What two pages show that the log does not say: numbers of refusals and of applications.
    private static string BesideTheLog(PathString path, RunningAuthority authority, World world)
    {
        if (path.StartsWithSegments(PerformanceApi.Path, Ordinal))
        {
            return authority.Refusals.Counts().Tag;
        }

        if (!path.StartsWithSegments("/inbox", Ordinal))
        {
            return "";
        }

        var (count, since) = authority.Applications.Backlog(world);
        return $"{count}a{since}";
    }

    private static bool IsKnown(HttpRequest request, string tag) =>
        request.Headers.IfNoneMatch.Count > 0
        && EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(one =>
            one.Equals(EntityTagHeaderValue.Any)
            || string.Equals(one.Tag.Value, tag, StringComparison.Ordinal)
        );
}
