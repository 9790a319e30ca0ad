namespace Concord.Authority.Api;

/// <summary>What every read of the API says of itself.</summary>
internal static class ApiRoutes
{
    /// <summary>Describes an endpoint that answers with JSON out of the world.</summary>
    public static RouteHandlerBuilder Describe<T>(
        this RouteHandlerBuilder route,
        string name,
        string tag,
        string summary
    ) =>
        route
            .WithName(name)
            .WithTags(tag)
            .WithSummary(summary)
            .WithMetadata(FromWorld.Mark)
            .Produces<T>()
            .ProducesProblem(404);

    /// <summary>Describes an endpoint that answers with a file out of the world.</summary>
    public static RouteHandlerBuilder Describe(
        this RouteHandlerBuilder route,
        string name,
        string tag,
        string summary,
        string contentType
    ) =>
        route
            .WithName(name)
            .WithTags(tag)
            .WithSummary(summary)
            .WithMetadata(FromWorld.Mark)
            .Produces(200, contentType: contentType)
            .ProducesProblem(404);

    /// <summary>Answers with a problem, as JSON or as its page.</summary>
    public static IResult Fail(this HttpContext context, Problem problem)
    {
        context.Features.Set(problem);
        return Results.StatusCode(problem.Type.Status);
    }
}
