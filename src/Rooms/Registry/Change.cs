using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Concord.Acts;

namespace Concord.Rooms.Registry;

/// <summary>
/// An act with some members changed, judged by the same strict reading as a filed one.
/// </summary>
public static class Change
{
    /// <summary>Members that say what the act is about or who says it: they never change.</summary>
    public static IReadOnlyList<string> Fixed { get; } =
    [
        "act",
        "attachments",
        "by",
        "child",
        "developer",
        "host",
        "joint",
        "model",
        "operator",
        "answers",
        "salt",
        "sealed_part",
    ];

    /// <summary>
    /// The members of an act that another of its type has otherwise, null for those that it lacks;
    /// null: they say the same.
    /// </summary>
    public static JsonElement? Between(Act before, Act now)
    {
        using var old = JsonDocument.Parse(ActJson.Write(before));
        using var next = JsonDocument.Parse(ActJson.Write(now));
        var changes = new JsonObject();
        foreach (var member in next.RootElement.EnumerateObject())
        {
            if (
                !old.RootElement.TryGetProperty(member.Name, out var was)
                || !JsonElement.DeepEquals(was, member.Value)
            )
            {
                changes[member.Name] = JsonNode.Parse(member.Value.GetRawText());
            }
        }

        foreach (var member in old.RootElement.EnumerateObject())
        {
            if (!next.RootElement.TryGetProperty(member.Name, out _))
            {
                changes[member.Name] = null;
            }
        }

        return changes.Count == 0 ? null : JsonSerializer.SerializeToElement(changes);
    }

    /// <summary>Merges changes into an act; null removes an optional member.</summary>
    public static bool TryMerge(
        Act act,
        JsonElement changes,
        [NotNullWhen(true)] out Act? merged,
        [NotNullWhen(false)] out ActFault? fault
    )
    {
        merged = null;
        if (changes.ValueKind != JsonValueKind.Object || !changes.EnumerateObject().Any())
        {
            fault = new("$.changes", "empty-change", "changes names at least one member.");
            return false;
        }

        foreach (var change in changes.EnumerateObject())
        {
            if (Fixed.Contains(change.Name, StringComparer.Ordinal))
            {
                fault = new(
                    $"$.changes.{change.Name}",
                    "fixed-member",
                    $"{change.Name} says what the act is about or who says it and cannot change; "
                        + "withdraw the act and file another."
                );
                return false;
            }
        }

        var ok = ActJson.TryParse(ActTable.Of(act), Merge(act, changes), out merged, out var inner);
        fault = inner is null ? null : inner with { Path = $"$.changes{inner.Path[1..]}" };
        return ok;
    }

    private static byte[] Merge(Act act, JsonElement changes)
    {
        using var original = JsonDocument.Parse(ActJson.Write(act));
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var member in original.RootElement.EnumerateObject())
            {
                if (!changes.TryGetProperty(member.Name, out _))
                {
                    member.WriteTo(writer);
                }
            }

            foreach (var change in changes.EnumerateObject())
            {
                if (change.Value.ValueKind != JsonValueKind.Null)
                {
                    change.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
