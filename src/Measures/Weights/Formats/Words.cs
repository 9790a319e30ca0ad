using System.Buffers;
using System.Text;

namespace Concord.Measures.Weights.Formats;

/// <summary>
/// Texts that come from files: how they are taken, and how they are shown in messages.
/// </summary>
internal static class Words
{
    private const int ShownLetters = 80;

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> s_leadingOut = SearchValues.Create("/\\:");

    /// <summary>UTF-8 without control characters, or nothing.</summary>
    public static string? Plain(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = s_strict.GetString(bytes);
            return text.Any(char.IsControl) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// A text of a file in quotes, short and without what a terminal would act on.
    /// </summary>
    public static string Quoted(string text)
    {
        var shown = text.Length <= ShownLetters ? text : text[..ShownLetters] + "…";
        return $"\"{string.Concat(shown.Select(letter => IsShown(letter) ? letter : '?'))}\"";
    }

    /// <summary>
    /// Whether a name is that of a file in the same folder and leads nowhere else: no separator, no
    /// drive, not hidden, no <c>..</c>.
    /// </summary>
    public static bool IsPlainFileName(string name) =>
        name.Length is > 0 and <= 255
        && name[0] != '.'
        && !name.AsSpan().ContainsAny(s_leadingOut)
        && !name.Contains("..", StringComparison.Ordinal)
        && !name.Any(char.IsControl);

    /// <summary>The last part of a path or an address.</summary>
    public static string FileName(string name) => name[(name.LastIndexOf('/') + 1)..];

    // Overrides of the direction of writing would show another name than the file's.
    private static bool IsShown(char letter) =>
        !char.IsControl(letter)
        && char.GetUnicodeCategory(letter) is not System.Globalization.UnicodeCategory.Format;
}
