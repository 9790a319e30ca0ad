using System.Text.Json;

namespace Concord.Acts;

/// <summary>An array of bounded length, perhaps a set.</summary>
internal sealed class ListShape(Shape item, int least, int most, bool sorted, bool distinct) : Shape
{
    public Shape Item { get; } = item;

    public int Least { get; } = least;

    public int Most { get; } = most;

    public bool Sorted { get; } = sorted;

    public override ActFault? Check(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return WrongType(ref reader, "an array");
        }

        var seen = distinct ? new HashSet<string>(StringComparer.Ordinal) : null;
        string? last = null;
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (count == Most)
            {
                return Fault("too-many-items", $"The array has more than {Most} items.");
            }

            var start = reader;
            var fault = Item.Check(ref reader);
            fault ??= Sorted || distinct ? CheckSet(ref start, ref reader, seen, ref last) : null;
            if (fault is not null)
            {
                return fault.Under($"[{count}]");
            }

            count++;
        }

        return count >= Least
            ? null
            : Fault("too-few-items", $"The array has {count} items; it has at least {Least}.");
    }

    public override void Describe(Utf8JsonWriter schema, Summaries docs)
    {
        schema.WriteString("type"u8, "array"u8);
        schema.WritePropertyName("items"u8);
        Item.DescribeWhole(schema, docs);
        if (Least > 0)
        {
            schema.WriteNumber("minItems"u8, Least);
        }

        schema.WriteNumber("maxItems"u8, Most);
        if (Sorted || distinct)
        {
            schema.WriteBoolean("uniqueItems"u8, value: true);
        }

        if (Sorted)
        {
            schema.WriteString("$comment"u8, "A set: items ascend by their text."u8);
        }
    }

    private ActFault? CheckSet(
        ref Utf8JsonReader start,
        ref Utf8JsonReader end,
        HashSet<string>? seen,
        ref string? last
    )
    {
        var text = TextOf(ref start, ref end);
        var order = last is null ? 1 : string.CompareOrdinal(text, last);
        last = text;
        return seen is not null && !seen.Add(text) || (Sorted && order == 0)
                ? Fault("repeated-item", "The array says this twice; say it once.")
            : Sorted && order < 0
                ? Fault(
                    "unsorted-set",
                    "The array is a set and must ascend by the text of its items; sort it."
                )
            : null;
    }

    private static string TextOf(ref Utf8JsonReader start, ref Utf8JsonReader end)
    {
        if (start.TokenType == JsonTokenType.String)
        {
            return start.GetString() ?? "";
        }

        // A composite item is told from others by its members, in whatever order they come.
        var length = (int)(end.BytesConsumed - start.TokenStartIndex);
        using var document = JsonDocument.ParseValue(ref start);
        return length > 0 ? Canonical(document.RootElement) : "";
    }

    private static string Canonical(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
            ? string.Join(
                ',',
                element
                    .EnumerateObject()
                    .OrderBy(m => m.Name, StringComparer.Ordinal)
                    .Select(m => $"{m.Name}:{Canonical(m.Value)}")
            )
            : element.ToString();
}
