using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;

namespace Concord.Acts;

/// <summary>
/// The JSON Schema (2020-12) of acts and sealed parts, written by the same shapes that check them.
/// What a schema cannot say (Normalization Form C, check digits, contradictions between members) is
/// in <c>specs/acts/README.md</c>.
/// </summary>
public static class ActSchema
{
    private static readonly JsonWriterOptions s_pretty = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary>The schema of an act type.</summary>
    /// <param name="type">The row of the type.</param>
    /// <param name="documentation">
    /// The documentation file of this assembly, for descriptions; null: none.
    /// </param>
    public static string Of(ActType type, XDocument? documentation = null) =>
        Write(
            type.Name,
            $"{type.Says}; signed by {type.SignedBy}; {Shapes.WordOf(type.Form.ToString())}"
                + (type.IsJoint ? ", joint" : "")
                + (type.IsCbor ? "; on the wire the same document in deterministic CBOR" : ""),
            Shapes.Of(type),
            documentation
        );

    /// <summary>The schema of the sealed part of a split act; null when there is none.</summary>
    public static string? OfPart(ActType type, XDocument? documentation = null) =>
        type.SealedPart is { } part
            ? Write(
                $"{type.Name} sealed part",
                $"the sealed part of {type.Name}",
                Shapes.OfPart(part),
                documentation
            )
            : null;

    private static string Write(
        string title,
        string description,
        ObjectShape shape,
        XDocument? documentation
    )
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var schema = new Utf8JsonWriter(buffer, s_pretty))
        {
            schema.WriteStartObject();
            schema.WriteString("$schema"u8, "https://json-schema.org/draft/2020-12/schema"u8);
            schema.WriteString("title"u8, title);
            schema.WriteString("description"u8, description);
            shape.Describe(schema, new(documentation));
            schema.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
