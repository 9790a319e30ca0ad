using static Concord.Authority.Web.Markup;

namespace Concord.Authority.Web.Charts;

/// <summary>The few shapes that all charts are made of, in the tokens of the style sheet.</summary>
internal static class Drawing
{
    internal const string Ink = "var(--c-ink)";
    internal const string Quiet = "var(--c-ink-2)";
    internal const string Sheet = "var(--c-sheet)";
    internal const string Rule = "var(--c-rule-strong)";
    internal const string Grid = "var(--c-grid)";
    internal const string Mark = "var(--c-mark)";
    internal const string Soft = "var(--c-mark-soft)";
    internal const string Open = "var(--c-undetermined)";
    internal const string Link = "var(--c-link)";

    /// <summary>
    /// The frame of a chart, with a title and a description that says the finding.
    /// </summary>
    internal static Markup Frame(
        double width,
        double height,
        string id,
        string title,
        string finding,
        string role = "img"
    ) =>
        new Markup()
            .Open(
                "svg",
                ("viewBox", $"0 0 {N(width)} {N(height)}"),
                ("role", role),
                ("aria-labelledby", $"{id}-t {id}-d")
            )
            .Leaf("title", title, ("id", $"{id}-t"))
            .Leaf("desc", finding, ("id", $"{id}-d"));

    internal static Markup Path(
        this Markup svg,
        string path,
        string stroke,
        double width = 1,
        string? dashes = null,
        string? opacity = null
    ) =>
        svg.Empty(
            "path",
            ("d", path),
            ("fill", "none"),
            ("stroke", stroke),
            ("stroke-width", N(width)),
            ("stroke-dasharray", dashes),
            ("opacity", opacity)
        );

    internal static Markup Solid(this Markup svg, string path, string fill) =>
        svg.Empty("path", ("d", path), ("fill", fill));

    internal static Markup Dot(
        this Markup svg,
        double x,
        double y,
        double radius,
        string fill,
        string? stroke = null,
        string? opacity = null
    ) =>
        svg.Empty(
            "circle",
            ("cx", N(x)),
            ("cy", N(y)),
            ("r", N(radius)),
            ("fill", fill),
            ("stroke", stroke),
            ("stroke-width", stroke is null ? null : "2"),
            ("opacity", opacity)
        );

    internal static Markup Label(
        this Markup svg,
        double x,
        double y,
        string text,
        double size,
        string anchor = "start",
        string fill = Ink,
        bool bold = false
    ) =>
        svg.Leaf(
            "text",
            text,
            ("x", N(x)),
            ("y", N(y)),
            ("font-size", N(size)),
            ("text-anchor", Anchor(anchor)),
            ("font-weight", bold ? "600" : null),
            ("fill", fill)
        );

    /// <summary>10 with a real superscript, as the label of a decade.</summary>
    internal static Markup Decade(
        this Markup svg,
        double x,
        double y,
        int power,
        double size,
        string anchor
    ) =>
        svg.Open(
                "text",
                ("x", N(x)),
                ("y", N(y)),
                ("font-size", N(size)),
                ("text-anchor", anchor),
                ("fill", Quiet)
            )
            .Text("10")
            .Leaf("tspan", N(power), ("dy", "-.42em"), ("font-size", ".72em"))
            .Close();

    /// <summary>Start is what SVG assumes; it need not be said.</summary>
    internal static string? Anchor(string anchor) => anchor is "start" ? null : anchor;

    /// <summary>A triangle that points up: wholly above.</summary>
    internal static string Triangle(double x, double y, double size) =>
        $"M{N(x)} {N(y - size)}L{N(x + size)} {N(y + (size * 0.8))}H{N(x - size)}Z";

    /// <summary>About how wide a text is; the face is not measured on the server.</summary>
    internal static double WidthOf(string text, double size) => text.Length * size * 0.54;

    /// <summary>A text cut to a width, with the sign that it was cut.</summary>
    internal static string Cut(string text, double size, double width)
    {
        var fits = (int)(width / (size * 0.54));
        return text.Length <= fits ? text : $"{text[..Math.Max(1, fits - 1)].TrimEnd()}…";
    }
}
