using System.Text;
using System.Text.RegularExpressions;
using Concord.Authority.Witnesses;

namespace Concord.Authority.Api;

/// <summary>
/// Serves the log as files (C2SP tlog-tiles): the checkpoint is fresh, tiles and bundles never
/// change.
/// </summary>
public static partial class LogFiles
{
    private const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>Maps <c>/log/…</c> to a folder.</summary>
    /// <param name="routes">The routes.</param>
    /// <param name="folder">The folder with <c>checkpoint</c> and <c>tile/</c>.</param>
    /// <param name="witnesses">Those who cosign checkpoints.</param>
    public static void Map(IEndpointRouteBuilder routes, string folder, Cosigning witnesses)
    {
        routes
            .MapGet(
                "/log/checkpoint",
                (HttpContext context, CancellationToken _) =>
                    CheckpointAsync(context, folder, witnesses)
            )
            .WithName("checkpoint")
            .WithSummary(
                "The newest checkpoint of the log, a signed note; cosigned where witnesses have."
            )
            .Produces(200, contentType: "text/plain")
            .WithTags("Log");
        routes
            .MapGet(
                "/log/tile/{**path}",
                (HttpContext context, string path) => TileAsync(context, folder, path)
            )
            .WithName("tile")
            .WithSummary("A hash tile or an entry bundle (C2SP tlog-tiles).")
            .Produces(200, contentType: "application/octet-stream")
            .WithTags("Log");
        MapWitnessed(routes, folder, witnesses);
    }

    // A log of its own for whoever trusts witnesses only: the same tiles under another checkpoint.
    private static void MapWitnessed(
        IEndpointRouteBuilder routes,
        string folder,
        Cosigning witnesses
    )
    {
        foreach (var path in (string[])["/log/witnessed", "/log/witnessed/checkpoint"])
        {
            routes
                .MapGet(
                    path,
                    (HttpContext context, CancellationToken _) => WitnessedAsync(context, witnesses)
                )
                .WithName(
                    path.EndsWith("checkpoint", StringComparison.Ordinal)
                        ? "witnessed-checkpoint"
                        : "witnessed"
                )
                .WithSummary("The newest checkpoint that reached its quorum of witnesses.")
                .Produces(200, contentType: "text/plain")
                .ProducesProblem(404)
                .WithTags("Log");
        }

        routes
            .MapGet(
                "/log/witnessed/tile/{**path}",
                (HttpContext context, string path) => TileAsync(context, folder, path)
            )
            .WithName("witnessed-tile")
            .WithSummary("The same tiles and bundles, below the witnessed checkpoint.")
            .Produces(200, contentType: "application/octet-stream")
            .WithTags("Log");
    }

    private static Task WitnessedAsync(HttpContext context, Cosigning witnesses) =>
        witnesses.Newest is { } head
            ? NoteAsync(context, Encoding.UTF8.GetBytes(head.Note.ToString()))
            : new Problem(
                Problems.NotFound,
                "no checkpoint of this log has reached a quorum of witnesses yet"
            ).WriteAsync(context);

    private static async Task CheckpointAsync(
        HttpContext context,
        string folder,
        Cosigning witnesses
    )
    {
        byte[] note;
        try
        {
            note = await File.ReadAllBytesAsync(
                Path.Combine(folder, "checkpoint"),
                context.RequestAborted
            );
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            await NotThere(context).WriteAsync(context);
            return;
        }

        // Signature lines that a client does not know are passed over (C2SP signed-note).
        if (
            witnesses.Newest is { } head
            && Encoding.UTF8.GetString(note).StartsWith(head.Note.Text, StringComparison.Ordinal)
        )
        {
            note = Encoding.UTF8.GetBytes(head.Note.ToString());
        }

        await NoteAsync(context, note);
    }

    private static async Task NoteAsync(HttpContext context, byte[] note)
    {
        var etag = $"\"{Ledger.Digest.Of(note).ToHex()[..16]}\"";
        context.Response.Headers.ETag = etag;
        context.Response.Headers.CacheControl = "no-cache";
        if (context.Request.Headers.IfNoneMatch.Contains(etag, StringComparer.Ordinal))
        {
            context.Response.StatusCode = 304;
            return;
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = note.Length;
        await context.Response.Body.WriteAsync(note, context.RequestAborted);
    }

    private static async Task TileAsync(HttpContext context, string folder, string path)
    {
        // Only the paths of the specification reach the disk.
        var file = TilePath().IsMatch(path)
            ? new FileInfo(
                Path.Combine(folder, "tile", path.Replace('/', Path.DirectorySeparatorChar))
            )
            : null;
        if (file is not { Exists: true })
        {
            await NotThere(context).WriteAsync(context);
            return;
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.Headers.CacheControl = Immutable;
        context.Response.ContentLength = file.Length;
        await context.Response.SendFileAsync(file.FullName, context.RequestAborted);
    }

    private static Problem NotThere(HttpContext context) =>
        new(Problems.NotFound, $"the log has no {context.Request.Path}");

    [GeneratedRegex(
        @"^(?:[0-9]|[1-5][0-9]|6[0-3]|entries)/(?:x[0-9]{3}/){0,5}[0-9]{3}(?:\.p/(?:[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex TilePath();
}
