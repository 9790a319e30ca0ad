using System.Buffers.Text;
using System.Globalization;

namespace Concord.Acts;

/// <summary>The forms that texts of acts have, each with its check and its pattern.</summary>
internal static class TextForms
{
    private static readonly string[] s_modalities =
    [
        "action",
        "audio",
        "code",
        "image",
        "other",
        "speech",
        "text",
        "video",
    ];

    private static readonly string[] s_weightsFormats =
    [
        "gguf",
        "onnx",
        "other",
        "pytorch",
        "safetensors",
    ];

    /// <summary>The words of a closed form; null for the others.</summary>
    public static string[]? WordsOf(TextForm form) =>
        form switch
        {
            TextForm.Modality => s_modalities,
            TextForm.WeightsFormat => s_weightsFormats,
            TextForm.Country => Countries.Codes,
            _ => null,
        };

    /// <summary>The pattern of a form (ECMA 262); null when words or lengths say all.</summary>
    public static string? PatternOf(TextForm form) =>
        form switch
        {
            TextForm.Region => "^[A-Z]{2}-[A-Z0-9]{1,3}$",
            TextForm.Lei => "^[A-Z0-9]{18}[0-9]{2}$",
            TextForm.Ror => "^0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}$",
            TextForm.Salt => "^[A-Za-z0-9_-]{21}[AQgw]$",
            TextForm.MediaType =>
                "^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$",
            TextForm.Slug => "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
            TextForm.Token => "^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$",
            TextForm.Origin => "^[!-\"$-*,-~]+$",
            TextForm.WebOrigin => "^https?://[a-z0-9.-]+(:[0-9]{1,5})?$",
            TextForm.Domain => "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$",
            TextForm.Url => "^https?://[!-~]+$",
            TextForm.VerifierKey => "^[^\\s+]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]+={0,2}$",
            TextForm.FactName => "^[A-Za-z0-9_.-]{1,64}(\\[[A-Za-z0-9_.-]{1,62}\\])?$",
            TextForm.Coordinate => "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$",
            TextForm.Bytes =>
                "^([A-Za-z0-9_-]{4})*([A-Za-z0-9_-]{2}[AEIMQUYcgkosw048]|[A-Za-z0-9_-][AQgw])?$",
            _ => null,
        };

    /// <summary>Checks a text that already has the right length.</summary>
    public static ActFault? Check(TextForm form, string text)
    {
        if (WordsOf(form) is { } words)
        {
            return Array.BinarySearch(words, text, StringComparer.Ordinal) >= 0 ? null
                : form == TextForm.Country
                    ? Fault(
                        "unknown-country",
                        $"'{text}' is not an assigned ISO 3166-1 alpha-2 code, such as DE or CN."
                    )
                : Fault("unknown-word", $"'{text}' is none of: {string.Join(", ", words)}.");
        }

        return form switch
        {
            TextForm.Plain => null,
            TextForm.Lei => Lei(text),
            TextForm.Ror => Ror(text),
            TextForm.Salt => HasBytes(text, 16)
                ? null
                : Fault("malformed-salt", "A salt is 16 random bytes in base64url, 22 characters."),
            TextForm.Coordinate => HasBytes(text, 32)
                ? null
                : Fault(
                    "malformed-key",
                    "A coordinate of P-256 is 32 bytes in base64url without padding."
                ),
            _ => TextPatterns.Matches(form, text)
                ? null
                : Fault("malformed-text", $"'{Short(text)}' is not {TextPatterns.Meaning(form)}."),
        };
    }

    private static ActFault? Lei(string text)
    {
        // ISO 17442: ISO 7064 MOD 97-10 over the digits, letters counting 10 to 35.
        var remainder = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c) && !char.IsAsciiLetterUpper(c))
            {
                return MalformedLei();
            }

            var value = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
            remainder = ((remainder * (value > 9 ? 100 : 10)) + value) % 97;
        }

        return text.Length != 20 || !char.IsAsciiDigit(text[18]) || !char.IsAsciiDigit(text[19])
                ? MalformedLei()
            : remainder == 1 ? null
            : Fault(
                "lei-check-digits",
                $"The check digits of the LEI {text} are wrong (ISO 17442)."
            );
    }

    private static ActFault MalformedLei() =>
        Fault("malformed-lei", "A LEI (ISO 17442) is 18 capital letters or digits and two digits.");

    private static ActFault? Ror(string text)
    {
        // ROR: 0, six Crockford base32 digits, two decimal check digits: 98 − (n·100 mod 97).
        const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";
        long number = 0;
        var wellFormed = text is ['0', _, _, _, _, _, _, _, _];
        for (var i = 1; wellFormed && i < 7; i++)
        {
            var digit = Digits.IndexOf(text[i], StringComparison.Ordinal);
            wellFormed = digit >= 0;
            number = (number * 32) + digit;
        }

        var check = 0;
        wellFormed =
            wellFormed
            && int.TryParse(
                text.AsSpan(7),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out check
            );
        return !wellFormed
                ? Fault("malformed-ror", "A ROR id is 0, six characters and two digits: 05gq02987.")
            : check == 98 - (number * 100 % 97) ? null
            : Fault(
                "ror-check-digits",
                $"The check digits of the ROR id {text} are wrong; look for a typing error."
            );
    }

    private static bool HasBytes(string text, int count)
    {
        Span<byte> bytes = stackalloc byte[count];
        return text.Length == ((count * 4) + 2) / 3
            && Base64Url.IsValid(text, out var length)
            && length == count
            && Base64Url.TryDecodeFromChars(text, bytes, out _)
            && string.Equals(Base64Url.EncodeToString(bytes), text, StringComparison.Ordinal);
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static ActFault Fault(string rule, string detail) => new("", rule, detail);
}
