using System.Text;
using Concord.Rooms;

namespace Concord.Authority.Web.Tables;

/// <summary>
/// The words of a name: runs of letters and numbers, folded. <c>Qwen2.5-72B</c> has the words
/// qwen, 2.5, 72 and b.
/// </summary>
public static class SearchWords
{
    /// <summary>
    /// As many words of a question as are compared one by one; what has more is no name, and would
    /// cost a server more than who asks.
    /// </summary>
    public const int Max = 12;

    /// <summary>Splits a text; empty when nothing comparable is in it.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<string>();
        var word = new StringBuilder();
        var isNumber = false;
        void End()
        {
            var folded = isNumber ? word.ToString().TrimEnd('.') : FoldedName.Of(word.ToString());
            if (folded.Length > 0)
            {
                words.Add(folded);
            }

            word.Clear();
        }

        foreach (var rune in text.EnumerateRunes())
        {
            // A point joins digits, so that 3.1 is not 3 and 1.
            var isDigit = rune.Value is >= '0' and <= '9';
            var isPoint = rune.Value == '.' && isNumber && word.Length > 0;
            if (isPoint ? word[^1] == '.' : isDigit != isNumber || !IsPart(rune))
            {
                End();
            }

            if (isPoint ? word.Length > 0 : IsPart(rune))
            {
                isNumber = isPoint || isDigit;
                word.Append(rune.ToString());
            }
        }

        End();
        return words;
    }

    /// <summary>Whether a word is a number.</summary>
    public static bool IsNumber(string word) => word is [>= '0' and <= '9', ..];

    // A mark is part of the letter before it.
    private static bool IsPart(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune)
            is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
