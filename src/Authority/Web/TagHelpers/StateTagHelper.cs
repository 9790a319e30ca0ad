using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Concord.Authority.Web.TagHelpers;

/// <summary>The label of a state: <c>&lt;c-state kind="Undetermined" /&gt;</c>.</summary>
[HtmlTargetElement("c-state", TagStructure = TagStructure.WithoutEndTag)]
public sealed class StateTagHelper : TagHelper
{
    /// <summary>The state.</summary>
    public required StateKind Kind { get; set; }

    /// <summary>A word of the page's own; absent: the usual word.</summary>
    public string? Word { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        output.Content.SetHtmlContent(StateLabel.Of(Kind, Word ?? StateLabel.Word(Kind)));
    }
}
