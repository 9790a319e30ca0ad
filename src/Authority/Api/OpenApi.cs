using Microsoft.OpenApi;

namespace Concord.Authority.Api;

/// <summary>The description of the API, OpenAPI 3.1, at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApi
{
    /// <summary>Adds what makes it.</summary>
    public static void AddTo(IServiceCollection services, RunningAuthority authority) =>
        services.AddOpenApi(
            "v1",
            options =>
            {
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.AddDocumentTransformer(
                    (document, _, _) =>
                    {
                        document.Info = new()
                        {
                            Title = "Concord",
                            Version = "1",
                            Description =
                                $"The API of {authority.File.Name} ({authority.File.Origin}). "
                                + "Acts are filed with POST /acts as signed statements; "
                                + "everything else is read. Every error is a problem document "
                                + "(RFC 9457) whose type has a page.",
                        };
                        document.Servers = [];
                        return Task.CompletedTask;
                    }
                );
            }
        );

    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapOpenApi("/openapi/{documentName}.json");
}
