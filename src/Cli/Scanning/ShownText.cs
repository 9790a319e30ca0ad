using System.Globalization;
using Spectre.Console;

namespace Concord.Cli.Scanning;

/// <summary>Text out of a file that somebody else made, as it may be shown on a screen.</summary>
internal static class ShownText
{
    /// <summary>
    /// The text as markup, without what moves a cursor, colours a line or turns its direction.
    /// </summary>
    public static string Of(string text) =>
        Markup.Escape(
            string.Concat(
                text.Select(letter =>
                    char.GetUnicodeCategory(letter)
                        is UnicodeCategory.Control
                            or UnicodeCategory.Format
                            or UnicodeCategory.LineSeparator
                            or UnicodeCategory.ParagraphSeparator
                        ? '\uFFFD'
                        : letter
                )
            )
        );
}
