using Concord.Authority.Web.Languages;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Concord.Authority.Web.TagHelpers;

/// <summary>Links and forms lead to pages in the reader's language.</summary>
[HtmlTargetElement("a", Attributes = "href")]
[HtmlTargetElement("form", Attributes = "action")]
public sealed class AddressTagHelper : TagHelper
{
    /// <summary>Where a link leads.</summary>
    public string? Href { get; set; }

    /// <summary>Where a form is sent.</summary>
    public string? Action { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(output);
        if (Href is not null)
        {
            // A link that names a language leads to that one.
            var isNamed = context.AllAttributes.ContainsName("hreflang");
            output.Attributes.SetAttribute("href", isNamed ? Href : Language.Now.Href(Href));
        }

        if (Action is not null)
        {
            output.Attributes.SetAttribute("action", Language.Now.Href(Action));
        }
    }
}
