using Concord.Authority.Web;
using Concord.Authority.Web.Tables;

namespace Concord.Authority.Api;

/// <summary>
/// The register as files: all of it by its ids, or what a question to its page finds, in the order
/// of the page.
/// </summary>
public static class ExportApi
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (format, type) in RegisterExport.Formats)
        {
            routes
                .MapGet(
                    $"/export/register.{format}",
                    (HttpContext context, PublicSite site) => Export(context, site, format, type)
                )
                .Describe(
                    $"export-{format}",
                    "Registry",
                    $"The register as {format}. With the parameters of /register: what it finds, "
                        + "all of it, in its order.",
                    type
                );
        }
    }

    private static IResult Export(HttpContext context, PublicSite site, string format, string type)
    {
        var world = site.WorldOf(context);
        var (rows, which) = (RegisterExport.Rows(world), "");
        if (context.Request.Query.Count > 0)
        {
            var table = site.RegisterOf(context);
            if (
                RegisterQuestion.Read(context.Request.Query, table, out var fault)
                is not { } question
            )
            {
                return context.Fail(
                    new(Problems.BadQuery, fault ?? "the question is not well put")
                );
            }

            // Whoever opens the file later has only its name to tell near from same.
            var (found, isNear) = question.Answered(table);
            rows = RegisterExport.Rows(table.World, found);
            which =
                isNear ? "-near"
                : found.Count < table.Count ? "-part"
                : "";
        }

        return Results.Stream(
            stream => RegisterExport.WriteAsync(rows, format, stream, context.RequestAborted),
            type,
            $"register-{world.Size}{which}.{format}"
        );
    }
}
