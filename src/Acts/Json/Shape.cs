using System.Text.Json;

namespace Concord.Acts;

/// <summary>
/// What one value of an act's JSON must be. Shapes are made once from the records and their limits;
/// they check bytes without building anything, and describe themselves as JSON Schema, so that
/// neither can say what the other does not.
/// </summary>
internal abstract class Shape
{
    /// <summary>
    /// Checks the value whose first token the reader stands at and leaves it at the last. Paths of
    /// faults are relative to the value.
    /// </summary>
    public abstract ActFault? Check(ref Utf8JsonReader reader);

    /// <summary>Writes the members of a JSON Schema object.</summary>
    public abstract void Describe(Utf8JsonWriter schema, Summaries docs);

    /// <summary>Writes a whole JSON Schema object.</summary>
    public void DescribeWhole(Utf8JsonWriter schema, Summaries docs)
    {
        schema.WriteStartObject();
        Describe(schema, docs);
        schema.WriteEndObject();
    }

    protected static ActFault Fault(string rule, string detail) => new("", rule, detail);

    protected static ActFault WrongType(ref Utf8JsonReader reader, string wanted) =>
        reader.TokenType == JsonTokenType.Null
            ? Fault(
                "null-member",
                $"Found null where {wanted} belongs; leave out what is not known."
            )
            : Fault("wrong-type", $"Found {NameOf(reader.TokenType)} where {wanted} belongs.");

    private static string NameOf(JsonTokenType token) =>
        token switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "an array",
            JsonTokenType.String => "a string",
            JsonTokenType.Number => "a number",
            _ => "a truth value",
        };
}
