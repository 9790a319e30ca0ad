using Microsoft.OpenApi;

namespace Concord.Authority.Web.Reference;

/// <summary>Types of JSON in words.</summary>
public static class ApiTypes
{
    /// <summary>The type of a schema; a document is named and links to its own rows.</summary>
    public static ApiType Of(IOpenApiSchema? schema) =>
        schema switch
        {
            null => new("anything", null),
            OpenApiSchemaReference { Reference.Id: { } id } => new(id, id),
            { Items: { } items } when schema.Type?.HasFlag(JsonSchemaType.Array) is true => Of(
                items
            )
                is var each
                ? each with
                {
                    Says = $"list of {each.Says}",
                }
                : new("list", null),
            { AdditionalProperties: { } values } => Of(values) with
            {
                Says = $"{Of(values).Says} by name",
            },
            { OneOf: { Count: > 0 } some } => FirstOf(some),
            { AnyOf: { Count: > 0 } some } => FirstOf(some),
            { Enum.Count: > 0 } => new("one of its words", null),
            { Type: { } type } => new(
                (type & ~JsonSchemaType.Null) switch
                {
                    JsonSchemaType.Boolean => "true or false",
                    JsonSchemaType.Array => "list",
                    JsonSchemaType.Object => "object",
                    var one when one.HasFlag(JsonSchemaType.Integer) => "whole number",
                    var one when one.HasFlag(JsonSchemaType.Number) => "number",
                    JsonSchemaType.String => schema.Format is { } format
                        ? $"text ({format})"
                        : "text",
                    _ => "value",
                },
                null
            ),
            _ => new("value", null),
        };

    private static ApiType FirstOf(IList<IOpenApiSchema> schemas) =>
        schemas.Select(Of).FirstOrDefault(one => one.Document is not null) ?? Of(schemas[0]);
}
