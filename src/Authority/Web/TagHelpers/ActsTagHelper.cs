using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Concord.Authority.Web.TagHelpers;

/// <summary>A history of acts with their receipts: <c>&lt;c-acts items="…" /&gt;</c>.</summary>
[HtmlTargetElement("c-acts", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ActsTagHelper : TagHelper
{
    /// <summary>What is shown, in this order.</summary>
    public required IReadOnlyList<ActLine> Items { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        output.Content.SetHtmlContent(ActList.Of(Items));
    }
}
