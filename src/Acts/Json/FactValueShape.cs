using System.Text.Json;

namespace Concord.Acts;

/// <summary>The four forms of <see cref="FactValue"/>.</summary>
internal sealed class FactValueShape : Shape
{
    private const int MostWords = 64;

    private static readonly TextShape s_text = new(1, 500, TextForm.Plain);
    private static readonly ListShape s_words = new(
        new TextShape(1, 128, TextForm.Plain),
        0,
        MostWords,
        sorted: true,
        distinct: false
    );
    private static readonly ObjectShape s_interval = new(
        "An interval",
        [
            new("low", IsRequired: false, ParsedShape.Digits),
            new("high", IsRequired: false, ParsedShape.Digits),
        ],
        seen =>
            seen == 0
                ? Fault("no-bound", "An interval states a lower bound, an upper bound or both.")
                : null
    );

    public override ActFault? Check(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.True or JsonTokenType.False => null,
            JsonTokenType.String => s_text.Check(ref reader),
            JsonTokenType.StartArray => s_words.Check(ref reader),
            JsonTokenType.StartObject => s_interval.Check(ref reader),
            _ => WrongType(
                ref reader,
                "true, false, a string, an array of strings or an interval {low, high} of digits"
            ),
        };

    public override void Describe(Utf8JsonWriter schema, Summaries docs)
    {
        schema.WriteStartArray("anyOf"u8);
        schema.WriteStartObject();
        schema.WriteString("type"u8, "boolean"u8);
        schema.WriteEndObject();
        s_text.DescribeWhole(schema, docs);
        s_words.DescribeWhole(schema, docs);
        s_interval.DescribeWhole(schema, docs);
        schema.WriteEndArray();
    }
}
