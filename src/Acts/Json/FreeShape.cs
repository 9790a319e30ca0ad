using System.Text.Json;

namespace Concord.Acts;

/// <summary>
/// An object whose members another specification fixes (a rulebook, the changes of an amendment).
/// What holds for every text and object of an act holds inside it too.
/// </summary>
internal sealed class FreeShape : Shape
{
    public override ActFault? Check(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return WrongType(ref reader, "an object");
        }

        var start = reader;
        start.Read();
        return start.TokenType == JsonTokenType.EndObject
            ? Fault(
                "empty-object",
                "The object is empty, so nothing is said; say what it is about."
            )
            : Walk(ref reader);
    }

    public override void Describe(Utf8JsonWriter schema, Summaries docs)
    {
        schema.WriteString("type"u8, "object"u8);
        schema.WriteNumber("minProperties"u8, 1);
    }

    private static ActFault? Walk(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => WalkObject(ref reader),
            JsonTokenType.StartArray => WalkArray(ref reader),
            JsonTokenType.String => TextShape.TryDecode(ref reader, out var text, out var fault)
                ? TextShape.CheckCharacters(text)
                : fault,
            _ => null,
        };

    private static ActFault? WalkObject(ref Utf8JsonReader reader)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (!TextShape.TryDecode(ref reader, out var name, out var fault))
            {
                return fault;
            }

            fault =
                TextShape.CheckCharacters(name)
                ?? (
                    seen.Add(name)
                        ? null
                        : Fault("duplicate-member", "The member stands twice; say it once.")
                );
            reader.Read();
            fault ??= Walk(ref reader);
            if (fault is not null)
            {
                return fault.Under("." + (name.Length <= 60 ? name : name[..60] + "…"));
            }
        }

        return null;
    }

    private static ActFault? WalkArray(ref Utf8JsonReader reader)
    {
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (Walk(ref reader) is { } fault)
            {
                return fault.Under($"[{i}]");
            }
        }

        return null;
    }
}
