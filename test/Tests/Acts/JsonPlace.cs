using System.Text.Json.Nodes;

namespace Concord.Tests.Acts;

/// <summary>A member of an example, with what the schema says of it.</summary>
/// <param name="Path">Its JSON path.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsRequired">Whether the schema requires it.</param>
/// <param name="IsUnion">Whether the schema admits values of several types.</param>
internal sealed record JsonPlace(string Path, JsonNode Value, bool IsRequired, bool IsUnion)
{
    /// <summary>Every member at every depth; a free object counts as a value.</summary>
    public static IEnumerable<JsonPlace> Of(JsonNode node, JsonNode schema, string path = "$")
    {
        if (node is JsonArray array && schema["items"] is { } items)
        {
            return array.SelectMany((item, i) => Of(item!, items, $"{path}[{i}]"));
        }

        return node is JsonObject value && schema["properties"] is JsonObject properties
            ? value.SelectMany(member => OfMember(member, schema, properties, path))
            : [];
    }

    private static IEnumerable<JsonPlace> OfMember(
        KeyValuePair<string, JsonNode?> member,
        JsonNode schema,
        JsonObject properties,
        string path
    )
    {
        var of = properties[member.Key]!;
        var isRequired = schema["required"]!
            .AsArray()
            .Any(name => string.Equals((string?)name, member.Key, StringComparison.Ordinal));
        var place = $"{path}.{member.Key}";
        yield return new(place, member.Value!, isRequired, of["anyOf"] is not null);
        foreach (var inner in Of(member.Value!, of, place))
        {
            yield return inner;
        }
    }
}
