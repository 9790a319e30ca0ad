using Concord.Measures;
using static Concord.Authority.Web.Charts.Drawing;
using static Concord.Authority.Web.Markup;

namespace Concord.Authority.Web.Charts;

/// <summary>
/// The register's small strip: every row on one fixed logarithmic scale, so that the eye can run
/// down the column. Decoration; the text beside it says the same.
/// </summary>
public static class ComputeStrip
{
    private const double From = 20;
    private const double To = 28;
    private const double Width = 170;

    /// <summary>The strip of one row.</summary>
    public static Markup Draw(
        Flop? figure,
        FlopRange range,
        bool assumed,
        IReadOnlyCollection<Flop> thresholds
    )
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        var svg = new Markup().Open(
            "svg",
            ("class", "c-computestrip"),
            ("viewBox", "0 0 170 20"),
            ("aria-hidden", "true"),
            ("focusable", "false")
        );
        svg.Path("M0 10H170", Grid);
        foreach (var threshold in thresholds)
        {
            svg.Path($"M{N(X(threshold))} 2V18", Rule, 1.2, "2 2");
        }

        if (!range.IsUnknown)
        {
            var low = range.Low is { } l ? X(l) : 0;
            var high = range.High is { } h ? X(h) : Width;
            Bar(svg, low, high, assumed);
        }

        if (figure is { } best)
        {
            svg.Path($"M{N(X(best))} 4V16", Ink, 3.2);
        }

        return svg.Close();
    }

    private static void Bar(Markup svg, double low, double high, bool assumed)
    {
        if (assumed)
        {
            svg.Path($"M{N(low)} 10H{N(high)}", Soft, 3, "3 3");
        }
        else
        {
            svg.Path($"M{N(low)} 10H{N(Math.Max(high, low + 2))}", Soft, 7);
        }
    }

    private static double X(Flop flop) =>
        Math.Clamp((Figures.Log(flop) - From) / (To - From), 0, 1) * Width;
}
