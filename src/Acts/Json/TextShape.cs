using System.Text;
using System.Text.Json;

namespace Concord.Acts;

/// <summary>A string of bounded length in NFC, without control characters, in a form.</summary>
internal sealed class TextShape(int least, int most, TextForm form) : Shape
{
    public int Most { get; } = most;

    public int Least { get; } = least;

    public TextForm Form { get; } = form;

    public override ActFault? Check(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return WrongType(ref reader, "a string");
        }

        var raw = reader.ValueSpan;
        if (!reader.ValueIsEscaped && Ascii.IsValid(raw))
        {
            return CheckAscii(raw) ?? (Form == TextForm.Plain ? null : CheckForm(ref reader));
        }

        return TryDecode(ref reader, out var text, out var fault)
            ? CheckText(text) ?? TextForms.Check(Form, text)
            : fault;
    }

    public override void Describe(Utf8JsonWriter schema, Summaries docs)
    {
        schema.WriteString("type"u8, "string"u8);
        if (TextForms.WordsOf(Form) is { } words)
        {
            schema.WriteStartArray("enum"u8);
            foreach (var word in words)
            {
                schema.WriteStringValue(word);
            }

            schema.WriteEndArray();
            return;
        }

        if (TextForms.PatternOf(Form) is { } pattern)
        {
            schema.WriteString("pattern"u8, pattern);
        }

        schema.WriteNumber("minLength"u8, Least);
        schema.WriteNumber("maxLength"u8, Most);
    }

    /// <summary>Decodes the string at the reader; an unpaired surrogate is a fault.</summary>
    public static bool TryDecode(ref Utf8JsonReader reader, out string text, out ActFault? fault)
    {
        fault = null;
        text = "";
        try
        {
            text = reader.GetString() ?? "";
            return true;
        }
        catch (InvalidOperationException)
        {
            fault = Fault(
                "lone-surrogate",
                "The string has an escape of half a surrogate pair, which is no character."
            );
            return false;
        }
    }

    /// <summary>The rules that hold for every text of an act, whatever its bounds.</summary>
    public static ActFault? CheckCharacters(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsForbidden(rune.Value))
            {
                return Fault(
                    "control-character",
                    $"The string has U+{rune.Value:X4}, a control character that nobody can see; "
                        + "remove it."
                );
            }
        }

        return Normalisation.IsComposed(text)
            ? null
            : Fault(
                "not-normalised",
                "The string is not in Unicode Normalization Form C, so the same text could be "
                    + "written in two ways; normalise it to NFC."
            );
    }

    private ActFault? CheckForm(ref Utf8JsonReader reader) =>
        TextForms.Check(Form, reader.GetString() ?? "");

    private ActFault? CheckAscii(ReadOnlySpan<byte> text)
    {
        if (text.Length < Least || text.Length > Most)
        {
            return Length(text.Length);
        }

        return text.Contains((byte)0x7F) ? CheckCharacters("\u007f")
            : text.Length > 0 && (text[0] == ' ' || text[^1] == ' ') ? Untrimmed()
            : null;
    }

    private ActFault? CheckText(string text)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            length++;
        }

        return length < Least || length > Most ? Length(length)
            : CheckCharacters(text) is { } fault ? fault
            : length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
                ? Untrimmed()
            : null;
    }

    private ActFault Length(int length) =>
        length == 0
            ? Fault("empty-text", "The string is empty; say it, or leave out an optional member.")
        : length < Least
            ? Fault("too-short", $"The string has {length} characters; it has at least {Least}.")
        : Fault("too-long", $"The string has {length} characters; it has at most {Most}.");

    private static ActFault Untrimmed() =>
        Fault("untrimmed-text", "The string begins or ends with white space; remove that.");

    /// <summary>
    /// C0, C1, line separators, byte order mark and marks that turn the direction.
    /// </summary>
    private static bool IsForbidden(int c) =>
        c < 0x20
        || c is >= 0x7F and <= 0x9F
        || c is 0x2028 or 0x2029 or 0xFEFF
        || c is >= 0x202A and <= 0x202E
        || c is >= 0x2066 and <= 0x2069;
}
