using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Concord.Ledger;

/// <summary>
/// The same document as JSON and as core deterministic CBOR (RFC 8949 §4.2.1): maps with text keys,
/// arrays, text, integers of 64 bits, truth values and null. One document has one CBOR; whatever is
/// not that encoding is refused.
/// </summary>
public static class CborDocument
{
    /// <summary>The deepest nesting of maps and arrays.</summary>
    public const int MaxDepth = 32;

    private static readonly JsonWriterOptions s_compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
    };

    /// <summary>Encodes a JSON document.</summary>
    /// <exception cref="JsonException">The bytes are not JSON, or double a member.</exception>
    /// <exception cref="NotSupportedException">A number is not an integer of 64 bits.</exception>
    public static byte[] FromJson(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(
            json,
            new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false }
        );
        return Encode(document.RootElement).ToArray();
    }

    /// <summary>Decodes to compact JSON, members in the order of the CBOR.</summary>
    public static bool TryToJson(
        ReadOnlySpan<byte> cbor,
        [NotNullWhen(true)] out byte[]? json,
        [NotNullWhen(false)] out StatementFault? fault
    )
    {
        json = null;
        var buffer = new ArrayBufferWriter<byte>(Math.Max(256, cbor.Length * 2));
        using var writer = new Utf8JsonWriter(buffer, s_compact);
        var cursor = new CborCursor(cbor);
        if (!TryItem(ref cursor, writer, 0) || !cursor.TryEnd())
        {
            fault = cursor.Fault ?? new("malformed-cbor", "byte 0", "The bytes are not CBOR.");
            return false;
        }

        writer.Flush();
        json = buffer.WrittenSpan.ToArray();
        fault = null;
        return true;
    }

    private static CborOutput Encode(JsonElement element)
    {
        var output = new CborOutput();
        Encode(element, output);
        return output;
    }

    private static void Encode(JsonElement element, CborOutput output)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                EncodeMap(element, output);
                break;
            case JsonValueKind.Array:
                output.Array(element.GetArrayLength());
                foreach (var item in element.EnumerateArray())
                {
                    Encode(item, output);
                }

                break;
            case JsonValueKind.String:
                output.Text(element.GetString() ?? "");
                break;
            case JsonValueKind.Number:
                output.Integer(
                    element.TryGetInt64(out var number)
                        ? number
                        : throw new NotSupportedException(
                            $"The number {element.GetRawText()} is not an integer of 64 bits."
                        )
                );
                break;
            default:
                output.Head(CborCursor.Simple, SimpleOf(element.ValueKind));
                break;
        }
    }

    private static void EncodeMap(JsonElement element, CborOutput output)
    {
        var members = element
            .EnumerateObject()
            .Select(m => (Key: new CborOutput().Text(m.Name).ToArray(), m.Value))
            .ToArray();
        Array.Sort(members, (a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
        output.Map(members.Length);
        foreach (var (key, value) in members)
        {
            output.Raw(key);
            Encode(value, output);
        }
    }

    private static ulong SimpleOf(JsonValueKind kind) =>
        kind switch
        {
            JsonValueKind.False => 20,
            JsonValueKind.True => 21,
            _ => 22,
        };

    private static bool TryItem(ref CborCursor cursor, Utf8JsonWriter writer, int depth)
    {
        switch (cursor.PeekMajor())
        {
            case CborCursor.Unsigned or CborCursor.Negative:
                if (!cursor.TryInteger("an integer", out var number))
                {
                    return false;
                }

                writer.WriteNumberValue(number);
                return true;
            case CborCursor.TextString:
                if (!cursor.TryText("text", out var text))
                {
                    return false;
                }

                writer.WriteStringValue(text);
                return true;
            case CborCursor.Array or CborCursor.Map when depth == MaxDepth:
                return cursor.Fail("too-deep", $"The nesting is deeper than {MaxDepth}.");
            case CborCursor.Array:
                return TryArray(ref cursor, writer, depth);
            case CborCursor.Map:
                return TryMap(ref cursor, writer, depth);
            default:
                return TrySimple(ref cursor, writer);
        }
    }

    private static bool TryArray(ref CborCursor cursor, Utf8JsonWriter writer, int depth)
    {
        if (!cursor.TryHead(CborCursor.Array, "an array", out var count))
        {
            return false;
        }

        writer.WriteStartArray();
        for (ulong i = 0; i < count; i++)
        {
            if (!TryItem(ref cursor, writer, depth + 1))
            {
                return false;
            }
        }

        writer.WriteEndArray();
        return true;
    }

    private static bool TryMap(ref CborCursor cursor, Utf8JsonWriter writer, int depth)
    {
        if (!cursor.TryHead(CborCursor.Map, "a map", out var count))
        {
            return false;
        }

        writer.WriteStartObject();
        ReadOnlySpan<byte> last = default;
        for (ulong i = 0; i < count; i++)
        {
            if (!cursor.TryText("a key", out var key))
            {
                return false;
            }

            // Shorter keys come first: their head, which holds the length, sorts first.
            var order = i == 0 ? 1 : key.Length - last.Length;
            order = order == 0 ? key.SequenceCompareTo(last) : order;
            if (order <= 0)
            {
                var name = Encoding.UTF8.GetString(key);
                return order == 0
                    ? cursor.Fail("duplicate-label", $"The key '{name}' stands twice in its map.")
                    : cursor.Fail(
                        "map-order",
                        $"The key '{name}' is out of order: shorter keys first, then by bytes."
                    );
            }

            last = key;
            writer.WritePropertyName(key);
            if (!TryItem(ref cursor, writer, depth + 1))
            {
                return false;
            }
        }

        writer.WriteEndObject();
        return true;
    }

    private static bool TrySimple(ref CborCursor cursor, Utf8JsonWriter writer)
    {
        var start = cursor.At;
        if (!cursor.TryHead(out var major, out var value))
        {
            return false;
        }

        // A float or a two-byte simple value may have the argument of false and is not false.
        if (major != CborCursor.Simple || value is < 20 or > 22 || cursor.At != start + 1)
        {
            return cursor.Fail(
                "wrong-type",
                "A document has maps, arrays, text, integers, true, false and null, nothing else."
            );
        }

        if (value == 22)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteBooleanValue(value == 21);
        }

        return true;
    }
}
