using Concord.Authority.Web.Languages;
using static Concord.Authority.Web.Charts.Drawing;
using static Concord.Authority.Web.Languages.Speech;
using static Concord.Authority.Web.Markup;

namespace Concord.Authority.Web.Charts;

/// <summary>
/// What a model was made from and what was made from it. Wide: left to right; narrow: indented
/// downwards. A thick border is this model, a dashed one rests on evidence instead of declaration.
/// Large families are drawn as counts by relation; the list beside has every name.
/// </summary>
public static class LineageGraph
{
    private const int DrawnMax = 30;
    private const double Box = 62;
    private const double Gap = 20;

    /// <summary>The drawing for screens over 860 px.</summary>
    public static Markup Wide(
        string id,
        LineageNode self,
        IReadOnlyCollection<LineageNode> parents,
        IReadOnlyCollection<LineageNode> children
    )
    {
        ArgumentNullException.ThrowIfNull(self);
        var (above, below) = (Grouped(parents), Grouped(children));
        var rows = Math.Max(1, Math.Max(above.Count, below.Count));
        var height = (rows * (Box + Gap)) - Gap + 28;
        var side = 300.0;
        var own = 230.0;
        var lane = 92.0;
        var left = above.Count > 0 ? side + lane : 0;
        var width = 14 + left + own + (below.Count > 0 ? lane + side : 0) + 14;
        var svg = FrameOf(width, height, id, self, parents, children);
        var middle = (height - Box) / 2;
        var selfX = 14 + left;
        Column(
            above,
            height,
            (node, y) =>
            {
                Edge(svg, node, 14 + side, y + (Box / 2), selfX, middle + (Box / 2));
                Draw(svg, node, 14, y, side);
            }
        );
        Column(
            below,
            height,
            (node, y) =>
            {
                Edge(svg, node, selfX + own, middle + (Box / 2), selfX + own + lane, y + (Box / 2));
                Draw(svg, node, selfX + own + lane, y, side);
            }
        );
        Draw(svg, self, selfX, middle, own, self: true);
        return svg.Close();
    }

    /// <summary>The drawing for narrow screens.</summary>
    public static Markup Narrow(
        string id,
        LineageNode self,
        IReadOnlyCollection<LineageNode> parents,
        IReadOnlyCollection<LineageNode> children
    )
    {
        ArgumentNullException.ThrowIfNull(self);
        var (above, below) = (Grouped(parents), Grouped(children));
        var rows = above.Count + 1 + below.Count;
        var step = Box + 14;
        var svg = FrameOf(300, (rows * step) + 4, id, self, parents, children);
        var selfY = 4 + (above.Count * step);
        for (var i = 0; i < above.Count; i++)
        {
            Draw(svg, above[i], 4, 4 + (i * step), 250);
            var from = 4 + (i * step) + (Box / 2);
            svg.Path($"M254 {N(from)}H276V{N(selfY - 8)}", Rule, 2, Dashes(above[i]));
        }

        if (above.Count > 0)
        {
            svg.Solid($"M276 {N(selfY)}l-4.5 -9h9z", Rule);
        }

        for (var i = 0; i < below.Count; i++)
        {
            var y = selfY + ((i + 1) * step);
            svg.Path($"M24 {N(selfY + Box)}V{N(y + (Box / 2))}H38", Rule, 2, Dashes(below[i]));
            svg.Solid($"M46 {N(y + (Box / 2))}l-9 -4.5v9z", Rule);
            Draw(svg, below[i], 46, y, 250);
        }

        Draw(svg, self, 4, selfY, 292, self: true);
        return svg.Close();
    }

    private static Markup FrameOf(
        double width,
        double height,
        string id,
        LineageNode self,
        IReadOnlyCollection<LineageNode> parents,
        IReadOnlyCollection<LineageNode> children
    ) =>
        Frame(
            width,
            height,
            id,
            Plainly($"Lineage of {self.Name}"),
            Plainly(
                $"Made from {Named(parents)}; made from it: {Named(children)}. The list has the "
                    + $"same."
            ),
            "group"
        );

    private static string Named(IReadOnlyCollection<LineageNode> nodes) =>
        nodes.Count switch
        {
            0 => Say("nothing that is known here"),
            <= 5 => string.Join(", ", nodes.Select(node => node.Name)),
            _ => Speech.Count(nodes.Count, "{0} model", "{0} models"),
        };

    private static List<LineageNode> Grouped(IReadOnlyCollection<LineageNode> nodes) =>
        nodes.Count <= DrawnMax
            ? [.. nodes]
            :
            [
                .. nodes
                    .GroupBy(node => node.Group, StringComparer.Ordinal)
                    .OrderByDescending(group => group.Count())
                    .Select(group => new LineageNode(
                        Speech.Count(group.Count(), "{0} model", "{0} models"),
                        "#lineage-list",
                        group.Key,
                        group.Key
                    )),
            ];

    private static void Column(
        List<LineageNode> nodes,
        double height,
        Action<LineageNode, double> draw
    )
    {
        var own = (nodes.Count * (Box + Gap)) - Gap;
        var top = (height - own) / 2;
        for (var i = 0; i < nodes.Count; i++)
        {
            draw(nodes[i], top + (i * (Box + Gap)));
        }
    }

    private static string? Dashes(LineageNode node) => node.ByEvidence ? "5 4" : null;

    private static void Edge(
        Markup svg,
        LineageNode node,
        double x1,
        double y1,
        double x2,
        double y2
    )
    {
        var end = x2 - 7;
        var bend = (x1 + end) / 2;
        var path = $"M{N(x1)} {N(y1)}C{N(bend)} {N(y1)} {N(bend)} {N(y2)} {N(end)} {N(y2)}";
        svg.Path(path, Rule, 2, Dashes(node));
        svg.Solid($"M{N(x2)} {N(y2)}l-9 -4.5v9z", Rule);
    }

    private static void Draw(
        Markup svg,
        LineageNode node,
        double x,
        double y,
        double width,
        bool self = false
    )
    {
        if (node.Href is not null && !self)
        {
            svg.Open("a", ("href", node.Href));
        }

        svg.Empty(
            "rect",
            ("x", N(x)),
            ("y", N(y)),
            ("width", N(width)),
            ("height", N(Box)),
            ("rx", "4"),
            ("fill", Sheet),
            ("stroke", self ? Ink : Rule),
            ("stroke-width", self ? "3" : "1.5"),
            ("stroke-dasharray", Dashes(node))
        );
        var indent = 14.0;
        if (node.State is { } state)
        {
            indent = 36;
            svg.Open(
                    "g",
                    ("transform", $"translate({N(x + 12)} {N(y + 11)})"),
                    ("color", $"var(--c-{Token(state)})")
                )
                .Add(StateLabel.Shape(new Markup(), state))
                .Close();
        }

        var color = node.Href is not null && !self ? Link : Ink;
        var room = width - indent - 12;
        svg.Label(x + indent, y + 25, Cut(node.Name, 15, room), 15, fill: color, bold: true);
        var size = width > 280 && !self || width == 230 ? 14.4 : 13;
        var caption = Cut(node.Caption, size, room);
        svg.Leaf(
            "text",
            caption,
            ("x", N(x + indent)),
            ("y", N(y + 46)),
            ("font-size", N(size)),
            ("fill", Quiet),
            ("class", "c-caption")
        );
        if (node.Href is not null && !self)
        {
            svg.Close();
        }
    }

    private static string Token(StateKind state) =>
        StateLabel.Style(state) switch
        {
            "no" or "nofigure" => "reported",
            "failed" => "stop",
            var style => style,
        };
}
