namespace Concord.Acts;

/// <summary>
/// The text form of an id that people read, write and say: a letter for the kind, then the log
/// index in Crockford base32 (six digits, ten beyond 2^30) and two check digits, in groups of four:
/// <c>M-0000-13KX</c>. The log index makes it unique and impossible to grind.
/// </summary>
/// <remarks>
/// The check value is (37 × letter + index) mod 1021, 1021 being the largest prime below 32²: every
/// change of one character and every swap of two neighbours is noticed, and so is another letter.
/// Reading accepts lower case, <c>O</c> for 0, <c>I</c> and <c>L</c> for 1, and missing hyphens.
/// </remarks>
public static class ShortId
{
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int CheckModulus = 1021;

    /// <summary>Writes the id of a log index.</summary>
    /// <param name="letter">The kind: A to Z.</param>
    /// <param name="index">The log index, 0 to 2^50 − 1.</param>
    public static string Format(char letter, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, 1L << 50);
        var length = index < 1L << 30 ? 6 : 10;
        var check = Check(letter, index);
        Span<char> text = stackalloc char[2 + 12 + 2];
        text[0] = letter;
        var at = 1;
        for (var i = 0; i < length + 2; i++)
        {
            if (i % 4 == 0)
            {
                text[at++] = '-';
            }

            var value =
                i < length ? (int)(index >> (5 * (length - 1 - i))) & 31
                : i == length ? check >> 5
                : check & 31;
            text[at++] = Digits[value];
        }

        return text[..at].ToString();
    }

    /// <summary>
    /// Reads an id of the given kind; false for any other text or a wrong check digit.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, char letter, out long index)
    {
        index = 0;
        if (text.Length is 0 or > 32 || char.ToUpperInvariant(text[0]) != letter)
        {
            return false;
        }

        long value = 0;
        var count = 0;
        foreach (var c in text[1..])
        {
            if (c == '-')
            {
                continue;
            }

            var digit = ValueOf(c);
            if (digit < 0 || ++count > 12)
            {
                return false;
            }

            value = (value << 5) | (uint)digit;
        }

        index = value >> 10;
        return count is 8 or 12
            && (count == 8 || index >= 1L << 30)
            && (value & 1023) == Check(letter, index);
    }

    private static int Check(char letter, long index) =>
        (int)(((37L * letter) + index) % CheckModulus);

    private static int ValueOf(char c) =>
        char.ToUpperInvariant(c) switch
        {
            'O' => 0,
            'I' or 'L' => 1,
            var upper => Digits.IndexOf(upper, StringComparison.Ordinal),
        };
}
