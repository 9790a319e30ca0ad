using System.Text.Json;
using System.Text.Json.Nodes;
using Concord.Acts;
using Concord.Ledger;

namespace Concord.Tests.Acts;

/// <summary>
/// Other values for a member: what its schema lets pass, plausible ones and such as an attacker
/// would choose (the ends of calendars and numbers, ids of nothing, of others and of itself).
/// </summary>
internal static class Variants
{
    private static readonly string[] s_texts =
    [
        "Another 2",
        "\u00E9\u4E2D\uD83D\uDE80 ' OR 1=1 -- <b>",
        "zz-9",
        "EU",
        "FR-75",
        "529900T8BM49AURSDO55",
        "AQEBAQEBAQEBAQEBAQEBAQ",
        "application/json",
        "other.example/log",
        "https://other.example",
        "market[UK]",
        "eu.model",
        "other.example/log+0a1b2c3d+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
    ];

    private static readonly string[] s_days = ["0001-01-01", "2026-11-02", "9999-12-31"];

    private static readonly string[] s_moments =
    [
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "2026-11-02T00:00:00.001Z",
        "9999-12-31T23:59:59.999Z",
    ];

    private static readonly long[] s_indexes = [0, 1, 5, 7, 20, 25, 40, 1_000, (1L << 50) - 1];

    /// <summary>Other JSON texts for a place; none is what stands there.</summary>
    public static IEnumerable<string> Of(JsonPlace place)
    {
        var now = place.Value.ToJsonString();
        return Values(place.Schema, place.Value)
            .Select(value => value.ToJsonString())
            .Where(text => !string.Equals(text, now, StringComparison.Ordinal));
    }

    private static IEnumerable<JsonNode> Values(JsonObject schema, JsonNode now)
    {
        if (schema["enum"] is JsonArray words)
        {
            return words.Select(word => word!.DeepClone());
        }

        if (schema["anyOf"] is not null)
        {
            return
            [
                true,
                false,
                "placed",
                "2026-11-01",
                new JsonArray("text"),
                new JsonObject { ["low"] = "1" },
                new JsonObject { ["high"] = UInt128.MaxValue.ToString() },
            ];
        }

        return (string?)schema["type"] switch
        {
            "boolean" => [!(bool)now],
            "integer" => [(long)now + 1, (long)schema["minimum"]!, (long)schema["maximum"]!],
            "string" => Strings((string?)schema["pattern"] ?? "").Select(text => (JsonNode)text),
            "array" => Lists(now.AsArray()),
            _ when schema["properties"]?["crv"] is not null => Keys(now),
            _ when schema["properties"] is null => Free(),
            _ => [],
        };
    }

    private static IEnumerable<string> Strings(string pattern) =>
        pattern.Contains("sha256", StringComparison.Ordinal) ? [Digest.Of("x"u8).ToString()]
        : pattern.StartsWith("^[0-9a-f]{64}", StringComparison.Ordinal)
            ? [ExampleActs.Key(30).Id.ToString()]
        : pattern.StartsWith("^[0-9]{4}-[0-9]{2}-[0-9]{2}T", StringComparison.Ordinal) ? s_moments
        : pattern.StartsWith("^[0-9]{4}", StringComparison.Ordinal) ? s_days
        : pattern.StartsWith("^[0-9]{1,37}", StringComparison.Ordinal)
            ? ["0", "9.99e24", "1e25", "1e36"]
        : pattern.StartsWith("^(0|", StringComparison.Ordinal) ? ["0", UInt128.MaxValue.ToString()]
        : pattern.Contains("(-[0-9A-HJKMNP-TV-Z]{4})", StringComparison.Ordinal)
            ? pattern[2..pattern.IndexOf(']', 1)]
                .SelectMany(letter => s_indexes.Select(index => ShortId.Format(letter, index)))
        : s_texts;

    private static IEnumerable<JsonNode> Lists(JsonArray now)
    {
        if (now.Count > 0)
        {
            var fewer = now.DeepClone().AsArray();
            fewer.RemoveAt(now.Count - 1);
            yield return fewer;
        }

        if (now.Count > 1)
        {
            var turned = new JsonArray([.. now.Reverse().Select(item => item!.DeepClone())]);
            yield return turned;
        }
    }

    private static IEnumerable<JsonNode> Keys(JsonNode now)
    {
        var other = ExampleActs.Key(31);
        var key = now.DeepClone();
        key["x"] = System.Buffers.Text.Base64Url.EncodeToString(other.X.Span);
        key["y"] = System.Buffers.Text.Base64Url.EncodeToString(other.Y.Span);
        yield return key;
    }

    private static IEnumerable<JsonNode> Free() =>
        new[]
        {
            """{"name":"Another 2"}""",
            """{"parameters":null,"version":"9"}""",
            """{"training":{"state":"planned"},"facts":[]}""",
            """{"reason":1,"weights":[],"parents":["M-0000-0000"]}""",
            """{"rulebook":"x","title":{},"duties":[{"id":[[]]}]}""",
        }.Select(text => JsonNode.Parse(text)!);
}
