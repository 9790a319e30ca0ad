namespace Concord.Authority.Api;

/// <summary>The register as files.</summary>
public static class ExportApi
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes, RunningAuthority authority)
    {
        _ = authority;
        foreach (var (format, type) in RegisterExport.Formats)
        {
            routes
                .MapGet(
                    $"/export/register.{format}",
                    (HttpContext context) =>
                    {
                        var world = Freshness.SnapshotOf(context).World;
                        return Results.Stream(
                            stream =>
                                RegisterExport.WriteAsync(
                                    world,
                                    format,
                                    stream,
                                    context.RequestAborted
                                ),
                            type,
                            $"register-{world.Size}.{format}"
                        );
                    }
                )
                .Describe($"export-{format}", "Registry", $"The register as {format}.", type);
        }
    }
}
