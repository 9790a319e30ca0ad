using Concord.Authority.Web.Charts;
using Concord.Measures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Concord.Authority.Web.TagHelpers;

/// <summary>
/// A figure with its range among the thresholds, in both drawings:
/// <c>&lt;c-compute-scale value="…" range="…" thresholds="…" /&gt;</c>.
/// </summary>
[HtmlTargetElement("c-compute-scale", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ComputeScaleTagHelper : TagHelper
{
    /// <summary>The best estimate; absent: none is known.</summary>
    public Flop? Value { get; set; }

    /// <summary>What is known about the true number.</summary>
    public FlopRange Range { get; set; }

    /// <summary>The legal thresholds.</summary>
    public required IReadOnlyCollection<ThresholdLine> Thresholds { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        output.Content.SetHtmlContent(
            new Markup()
                .Open("span", ("class", "c-only-wide"))
                .Add(ComputeScale.Wide(Value, Range, Thresholds))
                .Close()
                .Open("span", ("class", "c-only-narrow"))
                .Add(ComputeScale.Narrow(Value, Range, Thresholds))
                .Close()
        );
    }
}
