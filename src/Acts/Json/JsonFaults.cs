using System.Text.Json;
using System.Text.Unicode;

namespace Concord.Acts;

/// <summary>Faults of bytes that are not the JSON that acts are written in.</summary>
internal static class JsonFaults
{
    /// <summary>What a JSON reader lets pass or cannot name.</summary>
    public static ActFault? BeforeReading(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("\uFEFF"u8)
            ? new("$", "byte-order-mark", "The bytes begin with a byte order mark; leave it out.")
        : Utf8.IsValid(bytes) ? null
        : new("$", "not-utf-8", "The bytes are not valid UTF-8.");

    /// <summary>What stopped the reader.</summary>
    public static ActFault Of(ReadOnlySpan<byte> bytes, JsonException malformed)
    {
        if (malformed is RuleException rule)
        {
            return new(rule.Path ?? "$", rule.Rule, rule.Detail);
        }

        var place = $"line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}";
        var (code, what) = WhyMalformed(bytes);
        return new(malformed.Path ?? "$", code, $"{what} (at {place}).");
    }

    private static (string Code, string What) WhyMalformed(ReadOnlySpan<byte> bytes)
    {
        var depth = 0;
        var closed = false;
        for (var i = 0; i < bytes.Length; i++)
        {
            var c = bytes[i];
            if (c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                continue;
            }

            if (closed)
            {
                return ("trailing-bytes", "Something follows the object; nothing may");
            }

            if (c == '"')
            {
                i = EndOfString(bytes, i);
            }
            else if (c == '/')
            {
                return ("comment", "There is a comment; JSON has none");
            }
            else if (c is (byte)'{' or (byte)'[')
            {
                if (++depth > ActJson.MaxDepth)
                {
                    return ("too-deep", $"The nesting is deeper than {ActJson.MaxDepth}");
                }
            }
            else if (c is (byte)'}' or (byte)']')
            {
                closed = --depth <= 0;
            }
        }

        return ("not-json", "The bytes are not JSON (RFC 8259)");
    }

    private static int EndOfString(ReadOnlySpan<byte> bytes, int start)
    {
        for (var i = start + 1; i < bytes.Length; i++)
        {
            if (bytes[i] == '\\')
            {
                i++;
            }
            else if (bytes[i] == '"')
            {
                return i;
            }
        }

        return bytes.Length;
    }
}
