using System.Globalization;
using System.Text.Json;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Acts;

/// <summary>True or false.</summary>
internal sealed class TruthShape : Shape
{
    public override ActFault? Check(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.True or JsonTokenType.False
            ? null
            : WrongType(ref reader, "true or false");

    public override void Describe(Utf8JsonWriter schema, Summaries docs) =>
        schema.WriteString("type"u8, "boolean"u8);
}

/// <summary>A whole number between two bounds.</summary>
internal sealed class WholeShape(long least, long most) : Shape
{
    public long Most { get; } = most;

    public override ActFault? Check(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            return WrongType(ref reader, "a whole number");
        }

        if (reader.ValueSpan.IndexOfAny(".eE"u8) >= 0)
        {
            return Fault(
                "not-an-integer",
                "Found a number with a fraction or an exponent; write a whole number in digits."
            );
        }

        return reader.TryGetInt64(out var value) && value >= least && value <= Most
            ? null
            : Fault("out-of-range", $"The number must lie between {least} and {Most}.");
    }

    public override void Describe(Utf8JsonWriter schema, Summaries docs)
    {
        schema.WriteString("type"u8, "integer"u8);
        schema.WriteNumber("minimum"u8, least);
        schema.WriteNumber("maximum"u8, Most);
    }
}

/// <summary>One of a closed list of words, exactly.</summary>
internal sealed class WordShape(string[] words) : Shape
{
    public string[] Words { get; } = words;

    public override ActFault? Check(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return WrongType(ref reader, "one of a list of words");
        }

        if (reader.ValueIsEscaped)
        {
            return
                TextShape.TryDecode(ref reader, out var text, out var fault)
                && Words.Contains(text, StringComparer.Ordinal)
                ? null
                : fault ?? Unknown();
        }

        foreach (var word in Words)
        {
            if (reader.ValueTextEquals(word))
            {
                return null;
            }
        }

        return Unknown();
    }

    public override void Describe(Utf8JsonWriter schema, Summaries docs)
    {
        schema.WriteStartArray("enum"u8);
        foreach (var word in Words)
        {
            schema.WriteStringValue(word);
        }

        schema.WriteEndArray();
    }

    private ActFault Unknown() =>
        Fault("unknown-word", $"Found none of the words: {string.Join(", ", Words)}.");
}

/// <summary>A string that a parser reads, in its one form.</summary>
internal sealed class ParsedShape(
    string rule,
    string wanted,
    string pattern,
    Func<string, bool> parses
) : Shape
{
    public static readonly ParsedShape Digest = new(
        "malformed-digest",
        "sha256: and 64 lower-case hexadecimal digits",
        "^sha256:[0-9a-f]{64}$",
        text => Ledger.Digest.TryParse(text, out _)
    );

    public static readonly ParsedShape KeyId = new(
        "malformed-key-id",
        "a key thumbprint, 64 lower-case hexadecimal digits",
        "^[0-9a-f]{64}$",
        text => Ledger.KeyId.TryParse(text, out _)
    );

    public static readonly ParsedShape Instant = new(
        "malformed-instant",
        "a moment in UTC such as 2026-03-01T09:30:00Z, with a fraction of three digits only if it "
            + "is not zero",
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{3})?Z$",
        text => Measures.Instant.TryParse(text, out _)
    );

    public static readonly ParsedShape Day = new(
        "malformed-date",
        "a day such as 2026-03-01",
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        text => TryDay(text, out _)
    );

    public static readonly ParsedShape Operations = new(
        "malformed-flop",
        "a number of operations up to 1e36 as a string: digits, or a decimal with an exponent "
            + "such as 3.8e25",
        "^[0-9]{1,37}(\\.[0-9]{1,20})?([eE][+]?[0-9]{1,2})?$",
        text => Flop.TryParse(text, out _)
    );

    public static readonly ParsedShape Digits = new(
        "malformed-number",
        "a whole number as a string of digits without leading zeros, below 2^128",
        "^(0|[1-9][0-9]{0,38})$",
        text => TryDigits(text, out _)
    );

    public static readonly ParsedShape Subject = new(
        "malformed-id",
        "the id of a model (M-…) or of a release (R-…), with its hyphens and check characters",
        PatternOf("MR"),
        text => SubjectId.TryParse(text, out var id) && IsSame(id.ToString(), text)
    );

    public static ParsedShape Id<T>()
        where T : struct, IActId<T> =>
        new(
            "malformed-id",
            $"an id like {ShortId.Format(T.Letter, 1)}, with its hyphens and check characters",
            PatternOf(T.Letter.ToString()),
            text =>
                ShortId.TryParse(text, T.Letter, out var index)
                && IsSame(ShortId.Format(T.Letter, index), text)
        );

    /// <summary>Reads a day in its one form.</summary>
    public static bool TryDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out day
        );

    /// <summary>Reads digits in their one form.</summary>
    public static bool TryDigits(string? text, out UInt128 number)
    {
        number = default;
        return text is { Length: > 0 }
            && (text.Length == 1 || text[0] != '0')
            && UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    public override ActFault? Check(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return WrongType(ref reader, wanted);
        }

        if (!TextShape.TryDecode(ref reader, out var text, out var fault))
        {
            return fault;
        }

        return parses(text) ? null : Fault(rule, $"'{Short(text)}' is not {wanted}.");
    }

    public override void Describe(Utf8JsonWriter schema, Summaries docs)
    {
        schema.WriteString("type"u8, "string"u8);
        schema.WriteString("pattern"u8, pattern);
    }

    private static string PatternOf(string letters) =>
        $"^[{letters}](-[0-9A-HJKMNP-TV-Z]{{4}}){{2,3}}$";

    private static bool IsSame(string canonical, string text) =>
        string.Equals(canonical, text, StringComparison.Ordinal);

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
