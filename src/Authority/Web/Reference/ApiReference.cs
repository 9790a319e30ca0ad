using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Concord.Authority.Web.Reference;

/// <summary>
/// What the API can be asked, out of the same OpenAPI document that programs read, made once.
/// </summary>
/// <param name="source">Makes the document.</param>
public sealed class ApiReference([FromKeyedServices("v1")] IOpenApiDocumentProvider source)
{
    private volatile ApiContents? _last;

    /// <summary>The contents.</summary>
    public async Task<ApiContents> ReadAsync(CancellationToken cancel)
    {
        // Two first readers may both make it: the same contents.
        return _last ??= Read(await source.GetOpenApiDocumentAsync(cancel));
    }

    private static ApiContents Read(OpenApiDocument document)
    {
        var operations = document
            .Paths.SelectMany(path =>
                (path.Value.Operations ?? []).Select(one => Read(path.Key, one.Key, one.Value))
            )
            .ToList();
        return new(
            document.Info.Description ?? "",
            [
                .. operations
                    .GroupBy(one => one.Tag, StringComparer.Ordinal)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => new ApiGroup(
                        group.Key,
                        [
                            .. group
                                .OrderBy(one => one.Operation.Path, StringComparer.Ordinal)
                                .ThenBy(one => one.Operation.Method, StringComparer.Ordinal)
                                .Select(one => one.Operation),
                        ]
                    )),
            ],
            [
                .. (
                    document.Components?.Schemas
                    ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                )
                    .OrderBy(one => one.Key, StringComparer.Ordinal)
                    .Select(one => new ApiDocument(
                        one.Key,
                        one.Value.Description ?? "",
                        [
                            .. (
                                one.Value.Properties
                                ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                            ).Select(member => new ApiMember(
                                member.Key,
                                ApiTypes.Of(member.Value),
                                one.Value.Required?.Contains(member.Key) is true,
                                member.Value.Description ?? ""
                            )),
                        ],
                        one.Value.Enum is { Count: > 0 } words
                            ? [.. words.Select(word => word?.ToString() ?? "null")]
                            : []
                    )),
            ]
        );
    }

    private static (string Tag, ApiOperation Operation) Read(
        string path,
        HttpMethod method,
        OpenApiOperation operation
    ) =>
        (
            operation.Tags?.FirstOrDefault()?.Name ?? "Other",
            new(
                method.Method,
                path,
                operation.OperationId ?? $"{method.Method}-{path}",
                operation.Summary ?? "",
                operation.Description ?? "",
                [
                    .. (operation.Parameters ?? []).Select(one => new ApiMember(
                        one.Name ?? "",
                        ApiTypes.Of(one.Schema),
                        one.Required,
                        one.In is ParameterLocation.Path ? "in the path"
                            : one.In is ParameterLocation.Header ? "a header"
                            : "in the query"
                    )),
                ],
                Bodies(operation.RequestBody?.Content),
                [
                    .. (operation.Responses ?? []).Select(one => new ApiAnswer(
                        one.Key,
                        Bodies(one.Value.Content)
                    )),
                ]
            )
        );

    private static List<ApiBody> Bodies(
        IEnumerable<KeyValuePair<string, OpenApiMediaType>>? content
    ) =>
        [
            .. (content ?? []).Select(one => new ApiBody(
                one.Key,
                one.Value.Schema is null ? null : ApiTypes.Of(one.Value.Schema)
            )),
        ];
}
