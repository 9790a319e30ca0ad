using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Concord.Authority.Web.Languages;
using Concord.Measures;
using Microsoft.AspNetCore.Html;

namespace Concord.Authority.Web;

/// <summary>
/// HTML or SVG under construction. Elements are opened and closed here only, and every text and
/// attribute value is encoded, so that nothing a party files can become an element.
/// </summary>
public sealed partial class Markup : IHtmlContent
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    /// <summary>
    /// The encoder of the whole site: all letters stay readable, markup does not.
    /// </summary>
    public static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Whether nothing was written.</summary>
    public bool IsEmpty => _text.Length == 0;

    /// <summary>
    /// A sentence: literal text, encoded values, and figures as people read them.
    /// </summary>
    public static Markup Of(MarkupSentence sentence) => sentence.Done();

    /// <summary>Plain words.</summary>
    public static Markup Words(string text) => new Markup().Text(text);

    /// <summary>Opens an element. Attributes whose value is null are left out.</summary>
    public Markup Open(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(element, attributes);
        _text.Append('>');
        _open.Push(element);
        return this;
    }

    /// <summary>An element without content: <c>br</c>, <c>path</c>, <c>circle</c>…</summary>
    public Markup Empty(
        string element,
        params ReadOnlySpan<(string Name, string? Value)> attributes
    )
    {
        Start(element, attributes);
        _text.Append("/>");
        return this;
    }

    /// <summary>An element with nothing but text in it.</summary>
    public Markup Leaf(
        string element,
        string text,
        params ReadOnlySpan<(string Name, string? Value)> attributes
    ) => Open(element, attributes).Text(text).Close();

    /// <summary>Closes the element that was opened last.</summary>
    public Markup Close()
    {
        _text.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    /// <summary>Text, encoded.</summary>
    public Markup Text(string? text)
    {
        _text.Append(Encoder.Encode(text ?? ""));
        return this;
    }

    /// <summary>What was built before.</summary>
    public Markup Add(Markup? other)
    {
        _text.Append(other?._text);
        return this;
    }

    /// <summary>A power of ten as people read it: a real superscript, and words for ears.</summary>
    public Markup Figure(Flop flop, int digits = 3) => Power(flop.ToScientific(digits));

    /// <summary>
    /// The same out of the scientific form of a number, for example <c>7.9e24</c>.
    /// </summary>
    public Markup Power(string scientific)
    {
        var e = scientific.IndexOf('e', StringComparison.Ordinal);
        Open("span", ("class", "c-num"));
        if (e < 0)
        {
            return Text(Figures.Point(scientific)).Close();
        }

        var mantissa = Figures.Point(scientific[..e]);
        return Text(mantissa is "1" ? "10" : $"{mantissa} × 10")
            .Open("sup")
            .Leaf("span", Speech.Say(" to the power "), ("class", "govuk-visually-hidden"))
            .Text(scientific[(e + 1)..])
            .Close()
            .Close();
    }

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach (var chunk in _text.GetChunks())
        {
            writer.Write(chunk.Span);
        }
    }

    /// <summary>
    /// Its words alone, for titles, feeds and mail; where they are read from right to left, what
    /// was kept apart from its sentence stays so, by the characters that do it (UAX 9).
    /// </summary>
    public string Plain()
    {
        var text = _text.ToString();
        if (Language.Current.IsRightToLeft)
        {
            text = text.Replace("<bdi>", "\u2068", StringComparison.Ordinal)
                .Replace("</bdi>", "\u2069", StringComparison.Ordinal);
        }

        return WebUtility.HtmlDecode(Element().Replace(text, ""));
    }

    /// <summary>The markup as text.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>A coordinate: at most two decimals, never a comma.</summary>
    internal static string N(double number) =>
        Math.Round(number, 2).ToString("0.##", CultureInfo.InvariantCulture);

    // Texts and values are encoded, so that each angle bracket is one of an element.
    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Element();

    private void Start(string element, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _text.Append('<').Append(element);
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
            {
                _text.Append(' ').Append(name).Append("=\"");
                var shown = (element, name) is ("a", "href") or ("form", "action")
                    ? Language.Now.Href(value)
                    : value;
                _text.Append(Encoder.Encode(shown)).Append('"');
            }
        }
    }
}
