using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Concord.Acts;

namespace Concord.Authority.Api;

/// <summary>
/// A line of a bulk filing: a JSON object with <c>statement</c> and, where they go with it,
/// <c>act</c>, <c>sealed_part</c> and <c>attachments</c>, each in base64.
/// </summary>
internal static class BulkRow
{
    /// <summary>Reads a line.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> line,
        [NotNullWhen(true)] out Received? received,
        [NotNullWhen(false)] out Problem? problem
    )
    {
        (received, problem) = (null, null);
        try
        {
            using var json = JsonDocument.Parse(
                line,
                new() { AllowDuplicateProperties = false, MaxDepth = 3 }
            );
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                problem = Bad("$", "a line is a JSON object");
                return false;
            }

            var unknown = json
                .RootElement.EnumerateObject()
                .Select(member => member.Name)
                .FirstOrDefault(name => !IsKnown(name));
            if (unknown is not null)
            {
                problem = Bad("$." + unknown, "a line has no such member");
                return false;
            }

            if (Bytes(json.RootElement, "statement") is not { } statement)
            {
                problem = Bad("$.statement", "the statement is missing");
                return false;
            }

            received = new(
                statement,
                Bytes(json.RootElement, "act"),
                Bytes(json.RootElement, "sealed_part"),
                Attachments(json.RootElement)
            );
            return true;
        }
        catch (Exception e)
            when (e is JsonException or FormatException or InvalidOperationException)
        {
            problem = Bad("$", "the line is no JSON object with members in base64");
            return false;
        }
    }

    private static bool IsKnown(string name) =>
        name is "statement" or "act" or "sealed_part" or "attachments";

    private static ReadOnlyMemory<byte>? Bytes(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) ? value.GetBytesFromBase64() : null;

    private static List<ReadOnlyMemory<byte>> Attachments(JsonElement row) =>
        row.TryGetProperty("attachments", out var list)
            ?
            [
                .. list.EnumerateArray()
                    .Select(one => (ReadOnlyMemory<byte>)one.GetBytesFromBase64()),
            ]
            : [];

    private static Problem Bad(string where, string detail) =>
        new(Problems.BadRequest, detail) { Where = where };
}
