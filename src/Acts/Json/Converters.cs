using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Acts;

/// <summary>A value that is one string.</summary>
internal abstract class StringJson<T>(string rule, string wanted) : JsonConverter<T>
{
    public sealed override T Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        reader.TokenType == JsonTokenType.String
        && TryParse(reader.GetString() ?? "", out var value)
            ? value
            : throw new RuleException(rule, $"Here must stand {wanted}.");

    public sealed override void Write(
        Utf8JsonWriter writer,
        T value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(Format(value));

    protected abstract bool TryParse(string text, out T value);

    protected virtual string Format(T value) => value?.ToString() ?? "";
}

internal sealed class DayJson() : StringJson<DateOnly>("malformed-date", "a day: 2026-03-01")
{
    protected override bool TryParse(string text, out DateOnly value) =>
        ParsedShape.TryDay(text, out value);

    protected override string Format(DateOnly value) =>
        value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

internal sealed class DigestJson() : StringJson<Digest>("malformed-digest", "a SHA-256")
{
    protected override bool TryParse(string text, out Digest value) =>
        Digest.TryParse(text, out value);
}

internal sealed class FlopJson() : StringJson<Flop>("malformed-flop", "a number of operations")
{
    protected override bool TryParse(string text, out Flop value) => Flop.TryParse(text, out value);
}

internal sealed class InstantJson() : StringJson<Instant>("malformed-instant", "a moment in UTC")
{
    protected override bool TryParse(string text, out Instant value) =>
        Instant.TryParse(text, out value);
}

internal sealed class KeyIdJson() : StringJson<KeyId>("malformed-key-id", "a key thumbprint")
{
    protected override bool TryParse(string text, out KeyId value) =>
        KeyId.TryParse(text, out value);
}

/// <summary>An enum as its snake_case word, exactly.</summary>
internal sealed class WordJson<T>() : StringJson<T>("unknown-word", "a word of its list")
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> s_values = Enum.GetValues<T>()
        .ToDictionary(value => Shapes.WordOf(value.ToString()), StringComparer.Ordinal);

    private static readonly Dictionary<T, string> s_words = s_values.ToDictionary(
        pair => pair.Value,
        pair => pair.Key
    );

    protected override bool TryParse(string text, out T value) =>
        s_values.TryGetValue(text, out value);

    protected override string Format(T value) => s_words[value];
}

/// <summary>The four forms of a fact's value.</summary>
internal sealed class FactValueJson : JsonConverter<FactValue>
{
    public override FactValue Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True or JsonTokenType.False:
                return new FactValue.Truth(reader.GetBoolean());
            case JsonTokenType.String:
                return new FactValue.Text(reader.GetString() ?? "");
            case JsonTokenType.StartArray:
                var words = new List<string>();
                while (reader.Read() && reader.TokenType == JsonTokenType.String)
                {
                    words.Add(reader.GetString() ?? "");
                }

                return reader.TokenType == JsonTokenType.EndArray
                    ? new FactValue.Words(words)
                    : throw new RuleException("wrong-type", "Here must stand strings.");
            case JsonTokenType.StartObject:
                return ReadInterval(ref reader);
            default:
                throw new RuleException("wrong-type", "Here must stand the value of a fact.");
        }
    }

    public override void Write(
        Utf8JsonWriter writer,
        FactValue value,
        JsonSerializerOptions options
    )
    {
        switch (value)
        {
            case FactValue.Truth truth:
                writer.WriteBooleanValue(truth.Value);
                break;
            case FactValue.Text text:
                writer.WriteStringValue(text.Value);
                break;
            case FactValue.Words words:
                writer.WriteStartArray();
                foreach (var word in words.Values)
                {
                    writer.WriteStringValue(word);
                }

                writer.WriteEndArray();
                break;
            case FactValue.Interval interval:
                writer.WriteStartObject();
                WriteBound(writer, "low", interval.Low);
                WriteBound(writer, "high", interval.High);
                writer.WriteEndObject();
                break;
        }
    }

    private static FactValue.Interval ReadInterval(ref Utf8JsonReader reader)
    {
        UInt128? low = null;
        UInt128? high = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isLow = reader.ValueTextEquals("low"u8);
            if (
                !reader.Read()
                || reader.TokenType != JsonTokenType.String
                || !ParsedShape.TryDigits(reader.GetString(), out var number)
            )
            {
                throw new RuleException("malformed-number", "A bound is a string of digits.");
            }

            low = isLow ? number : low;
            high = isLow ? high : number;
        }

        return new(low, high);
    }

    private static void WriteBound(Utf8JsonWriter writer, string name, UInt128? bound)
    {
        if (bound is { } number)
        {
            writer.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
        }
    }
}

/// <summary>A public key as a JWK (RFC 7517), with the members of a passkey.</summary>
internal sealed class PublicKeyJson : JsonConverter<PublicKey>
{
    public override PublicKey Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        string? x = null;
        string? y = null;
        string? relyingParty = null;
        var origins = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "x":
                    x = reader.GetString();
                    break;
                case "y":
                    y = reader.GetString();
                    break;
                case "rp_id":
                    relyingParty = reader.GetString();
                    break;
                case "origins":
                    while (reader.Read() && reader.TokenType == JsonTokenType.String)
                    {
                        origins.Add(reader.GetString() ?? "");
                    }

                    break;
                default:
                    break;
            }
        }

        try
        {
            var (pointX, pointY) = (Base64Url.DecodeFromChars(x), Base64Url.DecodeFromChars(y));
            return relyingParty is null
                ? PublicKey.Cose(pointX, pointY)
                : PublicKey.Webauthn(pointX, pointY, relyingParty, origins);
        }
        catch (Exception bad) when (bad is CryptographicException or FormatException)
        {
            throw new RuleException(
                "malformed-key",
                "The point (x, y) is not on the curve P-256; export the public key again."
            );
        }
    }

    public override void Write(
        Utf8JsonWriter writer,
        PublicKey value,
        JsonSerializerOptions options
    )
    {
        writer.WriteStartObject();
        writer.WriteString("kty"u8, "EC"u8);
        writer.WriteString("crv"u8, "P-256"u8);
        writer.WriteString("x"u8, Base64Url.EncodeToString(value.X.Span));
        writer.WriteString("y"u8, Base64Url.EncodeToString(value.Y.Span));
        if (value.Kind == SignerKind.Webauthn)
        {
            writer.WriteString("kind"u8, "webauthn"u8);
            writer.WriteString("rp_id"u8, value.RelyingParty);
            writer.WriteStartArray("origins"u8);
            foreach (var origin in value.Origins)
            {
                writer.WriteStringValue(origin);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
