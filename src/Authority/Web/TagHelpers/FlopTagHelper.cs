using Concord.Measures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Concord.Authority.Web.TagHelpers;

/// <summary>
/// A number of operations with a real superscript and, when given, its range:
/// <c>&lt;c-flop value="…" range="…" /&gt;</c>.
/// </summary>
[HtmlTargetElement("c-flop", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FlopTagHelper : TagHelper
{
    /// <summary>The number; absent: only the range is said.</summary>
    public Flop? Value { get; set; }

    /// <summary>The range; absent: none is shown.</summary>
    public FlopRange? Range { get; set; }

    /// <summary>Significant digits of the number.</summary>
    public int Digits { get; set; } = 3;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        var markup = new Markup();
        if (Value is { } value)
        {
            markup.Figure(value, Digits);
        }

        if (Range is { } range)
        {
            markup.Open("span", ("class", "c-interval")).Add(Figures.Range(range)).Close();
        }

        output.Content.SetHtmlContent(markup);
    }
}
