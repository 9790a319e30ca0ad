using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Concord.Authority.Web.TagHelpers;

/// <summary>An explanation tree: <c>&lt;c-tree root="…" /&gt;</c>.</summary>
[HtmlTargetElement("c-tree", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TreeTagHelper : TagHelper
{
    /// <summary>What is shown, in this order.</summary>
    public required TreeNode Root { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        output.Content.SetHtmlContent(ExplanationTree.Of(Root));
    }
}
