using System.Text.Json.Nodes;

namespace Concord.Tests.Acts;

/// <summary>A member of an example, with what the schema says of it.</summary>
/// <param name="Path">Its JSON path.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsRequired">Whether the schema requires it.</param>
/// <param name="Schema">What the schema says of its value.</param>
internal sealed record JsonPlace(string Path, JsonNode Value, bool IsRequired, JsonObject Schema)
{
    /// <summary>Whether the schema admits values of several types.</summary>
    public bool IsUnion => Schema["anyOf"] is not null;

    /// <summary>Whether any text of the right length will do.</summary>
    public bool IsPlainText =>
        (string?)Schema["type"] is "string" && Schema["pattern"] is null && Schema["enum"] is null;

    /// <summary>Whether a day or a moment stands here.</summary>
    public bool IsDate =>
        ((string?)Schema["pattern"])?.StartsWith("^[0-9]{4}-[0-9]{2}", StringComparison.Ordinal)
            is true;

    /// <summary>Every member at every depth; a free object counts as a value.</summary>
    public static IEnumerable<JsonPlace> Of(JsonNode node, JsonObject schema, string path = "$")
    {
        schema = Grafts.Branch(schema, node);
        if (node is JsonArray array && schema["items"] is JsonObject items)
        {
            return array.SelectMany((item, i) => Of(item!, items, $"{path}[{i}]"));
        }

        return node is JsonObject value && schema["properties"] is JsonObject properties
            ? value.SelectMany(member => OfMember(member, schema, properties, path))
            : [];
    }

    private static IEnumerable<JsonPlace> OfMember(
        KeyValuePair<string, JsonNode?> member,
        JsonObject schema,
        JsonObject properties,
        string path
    )
    {
        var of = properties[member.Key]!.AsObject();
        var isRequired =
            schema["required"]
                ?.AsArray()
                .Any(name => string.Equals((string?)name, member.Key, StringComparison.Ordinal))
            ?? false;
        var place = $"{path}.{member.Key}";
        yield return new(place, member.Value!, isRequired, of);
        foreach (var inner in Of(member.Value!, of, place))
        {
            yield return inner;
        }
    }
}
