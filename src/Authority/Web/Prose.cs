using Concord.Authority.Web.Languages;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web;

/// <summary>
/// Sentences that were written as plain text, by us or in a rulebook, for a page: raised digits
/// become real superscripts with words for ears, what stands in backticks becomes code.
/// </summary>
public static class Prose
{
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>The sentence as markup.</summary>
    public static Markup Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Replace(" × ", "\u00a0×\u00a0", StringComparison.Ordinal);
        var markup = new Markup();
        // What law and rulebooks say stays in their own language, and says so.
        var isForeign = Language.Current != Language.English;
        if (isForeign)
        {
            markup.Open("span", ("lang", "en"), ("dir", "ltr"));
        }

        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var length = RaisedAt(text, i);
            if (length > 0)
            {
                markup.Text(text[start..i]).Open("sup");
                markup.Leaf("span", " to the power ", ("class", "govuk-visually-hidden"));
                markup.Text(Lowered(text.AsSpan(i, length))).Close();
                start = i + length;
                i = start - 1;
            }
            else if (text[i] == '`' && text.IndexOf('`', i + 1) is var end and > 0)
            {
                markup.Text(text[start..i]).Leaf("code", text[(i + 1)..end]);
                start = end + 1;
                i = end;
            }
        }

        markup.Text(text[start..]);
        return isForeign ? markup.Close() : markup;
    }

    /// <summary>The sentence with a capital and a full stop.</summary>
    public static string Sentence(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        return trimmed.Length == 0 ? ""
            : trimmed[^1] is '.' or '?' or '!' ? Capital(trimmed)
            : $"{Capital(trimmed)}.";
    }

    /// <summary>
    /// A word of the wire as people write it: <c>fine_tune</c> is <c>fine tune</c>.
    /// </summary>
    public static string Plain(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Replace('_', ' ');
    }

    /// <summary>With a capital.</summary>
    public static string Capital(string text) =>
        string.IsNullOrEmpty(text) ? "" : $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    /// <summary>Without one.</summary>
    public static string Uncapital(string text) =>
        string.IsNullOrEmpty(text) ? "" : $"{char.ToLowerInvariant(text[0])}{text[1..]}";

    /// <summary>Several things in one sentence: <c>a, b and c</c>.</summary>
    public static Markup List(IReadOnlyList<Markup> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var list = new Markup();
        for (var i = 0; i < items.Count; i++)
        {
            list.Text(
                i == 0 ? ""
                : i == items.Count - 1 ? Say(" and ")
                : Say(", ")
            );
            list.Add(items[i]);
        }

        return list;
    }

    private static int RaisedAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && Raised.Contains(text[end], StringComparison.Ordinal))
        {
            end++;
        }

        return end - start;
    }

    private static string Lowered(ReadOnlySpan<char> raised)
    {
        Span<char> digits = stackalloc char[raised.Length];
        for (var i = 0; i < raised.Length; i++)
        {
            digits[i] = (char)('0' + Raised.IndexOf(raised[i], StringComparison.Ordinal));
        }

        return digits.ToString();
    }
}
