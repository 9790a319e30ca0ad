using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Concord.Acts;

/// <summary>
/// The strict JSON of acts and sealed parts: one object, whose member <c>act</c> is the wire name.
/// What is unknown, doubled, mistyped, missing, too long, not normalised or contradictory is one
/// <see cref="ActFault"/> with path and rule, never an exception.
/// </summary>
public static class ActJson
{
    /// <summary>The deepest nesting of objects and arrays.</summary>
    public const int MaxDepth = 32;

    private static readonly JsonReaderOptions s_reader = new() { MaxDepth = MaxDepth };

    /// <summary>Reads an act of whatever type its member <c>act</c> names.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out Act? act,
        [NotNullWhen(false)] out ActFault? fault
    )
    {
        act = null;
        return TryFindType(bytes, out var type, out fault)
            && TryParse(type, bytes, out act, out fault);
    }

    /// <summary>Reads an act of a type.</summary>
    public static bool TryParse(
        ActType type,
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out Act? act,
        [NotNullWhen(false)] out ActFault? fault
    )
    {
        act = null;
        if (!TryBuild(Shapes.Of(type), type.Record, bytes, out var built, out fault))
        {
            return false;
        }

        act = (Act)built;
        fault = ActRules.Check(act);
        return fault is null;
    }

    /// <summary>Reads the sealed part of a split act.</summary>
    public static bool TryParsePart(
        ActType type,
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out SealedPart? part,
        [NotNullWhen(false)] out ActFault? fault
    )
    {
        part = null;
        if (type.SealedPart is not { } record)
        {
            throw new ArgumentException($"{type.Name} has no sealed part.", nameof(type));
        }

        if (!TryBuild(Shapes.OfPart(record), record, bytes, out var built, out fault))
        {
            return false;
        }

        part = (SealedPart)built;
        fault = ActRules.Check(part);
        return fault is null;
    }

    /// <summary>
    /// Builds an act that was admitted once. Rules that came later do not judge it again; only what
    /// cannot be built fails.
    /// </summary>
    /// <exception cref="JsonException">The bytes are no act of the type.</exception>
    public static Act Rebuild(ActType type, ReadOnlySpan<byte> bytes) =>
        (Act?)JsonSerializer.Deserialize(bytes, ActJsonOptions.Strict.GetTypeInfo(type.Record))
        ?? throw new JsonException($"The bytes are null and not {type.Name}.");

    /// <summary>Builds a sealed part that was admitted once.</summary>
    /// <exception cref="JsonException">The bytes are no sealed part of the type.</exception>
    public static SealedPart RebuildPart(ActType type, ReadOnlySpan<byte> bytes) =>
        type.SealedPart is { } record
            ? (SealedPart?)
                JsonSerializer.Deserialize(bytes, ActJsonOptions.Strict.GetTypeInfo(record))
                ?? throw new JsonException($"The bytes are null and not {record.Name}.")
            : throw new ArgumentException($"{type.Name} has no sealed part.", nameof(type));

    /// <summary>Writes an act as compact JSON, its member <c>act</c> first.</summary>
    public static byte[] Write(Act act)
    {
        var type = ActTable.Of(act);
        var body = Serialize(act, type.Record);
        var head = Encoding.UTF8.GetBytes(
            body.Length == 2 ? $$"""{"act":"{{type.Name}}"}""" : $$"""{"act":"{{type.Name}}","""
        );
        return body.Length == 2 ? head : [.. head, .. body.AsSpan(1)];
    }

    /// <summary>Writes a sealed part as compact JSON.</summary>
    public static byte[] Write(SealedPart part) => Serialize(part, part.GetType());

    /// <summary>
    /// The type that the member <c>act</c> names, wherever in the object it stands.
    /// </summary>
    public static bool TryFindType(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out ActType? type,
        [NotNullWhen(false)] out ActFault? fault
    )
    {
        type = null;
        fault = JsonFaults.BeforeReading(bytes.Span);
        if (fault is not null)
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(bytes.Span, s_reader);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                fault = new("$", "not-an-object", "An act is one JSON object.");
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isName = reader.ValueIsEscaped
                    ? TextShape.TryDecode(ref reader, out var name, out _) && name is "act"
                    : reader.ValueTextEquals("act"u8);
                reader.Read();
                if (isName)
                {
                    return TryNamed(ref reader, out type, out fault);
                }

                reader.Skip();
            }
        }
        catch (JsonException malformed)
        {
            fault = JsonFaults.Of(bytes.Span, malformed);
            return false;
        }

        fault = new(
            "$.act",
            "missing-member",
            "An act names its type in the member act, such as registry/register-model/1."
        );
        return false;
    }

    private static bool TryNamed(
        ref Utf8JsonReader reader,
        [NotNullWhen(true)] out ActType? type,
        [NotNullWhen(false)] out ActFault? fault
    )
    {
        type = null;
        if (reader.TokenType != JsonTokenType.String)
        {
            fault = new(
                "$.act",
                reader.TokenType == JsonTokenType.Null ? "null-member" : "wrong-type",
                "The member act is a string, the wire name of the type."
            );
            return false;
        }

        if (!TextShape.TryDecode(ref reader, out var name, out fault))
        {
            fault = (fault ?? new("", "lone-surrogate", "")).Under("$.act");
            return false;
        }

        type = ActTable.Find(name);
        fault = type is null
            ? new(
                "$.act",
                "unknown-act",
                $"There is no act type '{(name.Length <= 60 ? name : name[..60] + "…")}'; "
                    + "concord schema lists them."
            )
            : null;
        return type is not null;
    }

    private static bool TryBuild(
        ObjectShape shape,
        Type record,
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out object? built,
        [NotNullWhen(false)] out ActFault? fault
    )
    {
        built = null;
        fault = JsonFaults.BeforeReading(bytes.Span);
        if (fault is not null)
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(bytes.Span, s_reader);
            reader.Read();
            fault = shape.Check(ref reader)?.Under("$");
            if (fault is not null)
            {
                return false;
            }

            // Reading on throws for whatever follows the object.
            reader.Read();
            built = JsonSerializer.Deserialize(
                bytes.Span,
                ActJsonOptions.Strict.GetTypeInfo(record)
            );
            fault = built is null ? new("$", "not-an-object", "An act is one JSON object.") : null;
            return built is not null;
        }
        catch (JsonException malformed)
        {
            fault = JsonFaults.Of(bytes.Span, malformed);
            return false;
        }
    }

    private static byte[] Serialize(object value, Type type) =>
        JsonSerializer.SerializeToUtf8Bytes(value, ActJsonOptions.Strict.GetTypeInfo(type));
}
