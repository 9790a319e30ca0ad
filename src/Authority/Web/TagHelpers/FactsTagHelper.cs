using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Concord.Authority.Web.TagHelpers;

/// <summary>A list of facts with their sources: <c>&lt;c-facts items="…" /&gt;</c>.</summary>
[HtmlTargetElement("c-facts", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FactsTagHelper : TagHelper
{
    /// <summary>What is shown, in this order.</summary>
    public required IReadOnlyList<Fact> Items { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        output.Content.SetHtmlContent(FactList.Of(Items));
    }
}
