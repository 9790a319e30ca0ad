using System.Text.Json;
using System.Text.Json.Nodes;

namespace Concord.Tests.Acts;

/// <summary>
/// Fills an example with every member that its schema knows. A value comes from another example
/// with the same schema there, or is made out of such values, so that whatever the table of acts
/// gains is bent by the tests without being written down in them.
/// </summary>
internal static class Grafts
{
    private static readonly Lazy<Dictionary<string, JsonNode>> s_donors = new(Collect);

    /// <summary>The filled document as compact JSON.</summary>
    public static string Fill(byte[] json, JsonObject schema)
    {
        var root = JsonNode.Parse(json)!;
        Fill(root, schema);
        return root.ToJsonString();
    }

    /// <summary>The branch of a schema that a value belongs to.</summary>
    public static JsonObject Branch(JsonObject schema, JsonNode value) =>
        schema["anyOf"] is JsonArray branches
            ? branches
                .Select(branch => branch!.AsObject())
                .First(branch => IsOfType(branch, value.GetValueKind()))
            : schema;

    private static bool IsOfType(JsonObject schema, JsonValueKind kind) =>
        (string?)schema["type"]
        == kind switch
        {
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.String => "string",
            JsonValueKind.Array => "array",
            _ => "object",
        };

    private static void Fill(JsonNode node, JsonObject schema)
    {
        schema = Branch(schema, node);
        if (node is JsonArray array && schema["items"] is JsonObject items)
        {
            if (array.Count == 0)
            {
                array.Add(Make(items));
            }

            foreach (var item in array)
            {
                Fill(item!, items);
            }
        }
        else if (node is JsonObject value && schema["properties"] is JsonObject properties)
        {
            foreach (var (name, of) in properties)
            {
                value[name] ??= Make(of!.AsObject());
                Fill(value[name]!, of!.AsObject());
            }
        }
    }

    private static JsonNode Make(JsonObject schema)
    {
        if (s_donors.Value.TryGetValue(schema.ToJsonString(), out var donor))
        {
            return donor.DeepClone();
        }

        if (schema["enum"] is JsonArray words)
        {
            return words[0]!.DeepClone();
        }

        if (schema["minimum"] is { } least)
        {
            return least.DeepClone();
        }

        if (schema["items"] is JsonObject items)
        {
            return new JsonArray(Make(items));
        }

        var properties =
            schema["properties"]
            ?? throw new InvalidOperationException(
                $"No example has a value for {schema.ToJsonString()}: give one to ExampleActs."
            );
        return new JsonObject(
            properties
                .AsObject()
                .Select(member => KeyValuePair.Create(member.Key, Make(member.Value!.AsObject())))!
        );
    }

    private static Dictionary<string, JsonNode> Collect()
    {
        var donors = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var document in ActDocument.All)
        {
            Collect(JsonNode.Parse(document.Example)!, document.Schema, donors);
        }

        return donors;
    }

    private static void Collect(
        JsonNode node,
        JsonObject schema,
        Dictionary<string, JsonNode> donors
    )
    {
        donors.TryAdd(schema.ToJsonString(), node);
        schema = Branch(schema, node);
        if (node is JsonArray array && schema["items"] is JsonObject items)
        {
            foreach (var item in array)
            {
                Collect(item!, items, donors);
            }
        }
        else if (node is JsonObject value && schema["properties"] is JsonObject properties)
        {
            foreach (var (name, inner) in value)
            {
                Collect(inner!, properties[name]!.AsObject(), donors);
            }
        }
    }
}
