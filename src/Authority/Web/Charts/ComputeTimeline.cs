using Concord.Measures;
using static Concord.Authority.Web.Charts.Drawing;
using static Concord.Authority.Web.Languages.Speech;
using static Concord.Authority.Web.Markup;

namespace Concord.Authority.Web.Charts;

/// <summary>
/// Training compute against the day of publication on a logarithmic scale, with legal thresholds as
/// lines. Shape tells the answer: a triangle is above even on its lowest estimate, a ring may or
/// may
/// not be, a dot is below. Ranges are drawn where they may reach the threshold.
/// </summary>
public static class ComputeTimeline
{
    private const int FloorPower = 22;

    /// <summary>The drawing for screens over 860 px.</summary>
    public static Markup Wide(
        string id,
        IReadOnlyCollection<ComputePoint> points,
        IReadOnlyCollection<ThresholdLine> thresholds
    ) => Draw(Layout.Wide, id, points, thresholds);

    /// <summary>The drawing for narrow screens; its text is not smaller as seen.</summary>
    public static Markup Narrow(
        string id,
        IReadOnlyCollection<ComputePoint> points,
        IReadOnlyCollection<ThresholdLine> thresholds
    ) => Draw(Layout.Narrow, id, points, thresholds);

    /// <summary>What the chart shows, in words: the counts and the largest model.</summary>
    public static string Finding(IReadOnlyCollection<ComputePoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var drawn = points.Where(point => point.Figure is not null).ToList();
        var largest = drawn.MaxBy(point => point.Figure!.Value.Count);
        int Of(Answer answer) => drawn.Count(point => point.Answer == answer);
        return largest is null
            ? Say("No model has a figure of training compute.")
            : Plainly(
                $"Logarithmic scale in operations. {Of(Answer.Yes)} lie above the threshold on "
                    + $"every estimate, {Of(Answer.Undetermined)} may or may not, "
                    + $"{Of(Answer.No)} lie below. The largest best estimate is "
                    + $"{largest.Name} with {Figures.Spoken(largest.Figure!.Value)}."
            );
    }

    private static Markup Draw(
        Layout layout,
        string id,
        IReadOnlyCollection<ComputePoint> points,
        IReadOnlyCollection<ThresholdLine> thresholds
    )
    {
        var drawn = points
            .Where(point => point.Figure is { } f && Figures.Log(f) >= FloorPower)
            .OrderBy(point => point.Published)
            .ThenBy(point => point.Name, StringComparer.Ordinal)
            .ToList();
        var scale = Scale.For(layout, drawn, thresholds);
        var svg = Frame(
            layout.Width,
            layout.Height,
            id,
            Say("Training compute of known models by day of publication"),
            Finding(points)
        );
        Axes(svg, layout, scale);
        Ranges(svg, layout, scale, drawn);
        Thresholds(svg, layout, scale, thresholds);
        Marks(svg, layout, scale, drawn);
        Names(svg, layout, scale, drawn);
        return svg.Close();
    }

    private static void Axes(Markup svg, Layout layout, Scale scale)
    {
        for (var power = FloorPower; power <= scale.TopPower; power++)
        {
            var y = scale.Y(power);
            svg.Path($"M{N(layout.Left)} {N(y)}H{N(layout.Right)}", Grid);
            svg.Decade(layout.Left - 8, y + 5, power, layout.Text, "end");
        }

        for (var year = scale.FirstYear; year <= scale.LastYear; year += scale.YearStep)
        {
            var x = scale.X(new DateOnly(year, 1, 1));
            svg.Path($"M{N(x)} {N(layout.Bottom)}v5", Rule);
            svg.Label(x, layout.Bottom + 23, N(year), layout.Text, "middle", Quiet);
        }
    }

    private static void Ranges(Markup svg, Layout layout, Scale scale, List<ComputePoint> points)
    {
        foreach (var point in points.Where(point => point.Answer != Answer.No))
        {
            if (point.Range.IsUnknown)
            {
                continue;
            }

            var x = N(scale.X(point.Published));
            var top = point.Range.High is { } high ? scale.Y(Figures.Log(high)) : layout.Top;
            var low = point.Range.Low is { } l ? scale.Y(Figures.Log(l)) : layout.Bottom;
            svg.Path(
                $"M{x} {N(Math.Max(top, layout.Top - 8))}V{N(Math.Min(low, layout.Bottom))}",
                Soft,
                layout.IsWide ? 2 : 1.4,
                point.RangeIsAssumed ? "3 3" : null,
                ".75"
            );
        }
    }

    private static void Thresholds(
        Markup svg,
        Layout layout,
        Scale scale,
        IReadOnlyCollection<ThresholdLine> thresholds
    )
    {
        foreach (var line in thresholds)
        {
            var y = scale.Y(Figures.Log(line.At));
            svg.Path($"M{N(layout.Left)} {N(y)}H{N(layout.Right)}", Ink, 1.6, "6 4");
            if (layout.IsWide)
            {
                svg.Label(layout.Right + 10, y - 3, line.Law, layout.Text, bold: true);
                svg.Label(layout.Right + 10, y + 15, line.Meaning, layout.Text);
            }
            else
            {
                Haloed(svg, layout.Left + 4, y - 5, $"{line.Law}, {line.Meaning}", layout.Text);
            }
        }
    }

    private static void Marks(Markup svg, Layout layout, Scale scale, List<ComputePoint> points)
    {
        var seen = new HashSet<(int, int)>();
        var grain = layout.IsWide ? 3.0 : 2.0;
        foreach (var point in points.OrderBy(point => point.Answer))
        {
            var (x, y) = (scale.X(point.Published), scale.Y(Figures.Log(point.Figure!.Value)));
            if (point.Answer == Answer.Yes)
            {
                svg.Solid(Triangle(x, y, layout.IsWide ? 7 : 5), Ink);
            }
            else if (!seen.Add(((int)(x / grain), (int)(y / grain))))
            {
                continue;
            }
            else if (point.Answer == Answer.Undetermined)
            {
                svg.Dot(x, y, layout.IsWide ? 4.4 : 3, Sheet, Drawing.Open);
            }
            else
            {
                svg.Dot(x, y, layout.IsWide ? 2.4 : 1.6, Mark, opacity: ".8");
            }
        }
    }

    private static void Names(Markup svg, Layout layout, Scale scale, List<ComputePoint> points)
    {
        var taken = new List<(double X, double Y)>();
        var named = points
            .Where(point => point.Answer == Answer.Yes)
            .OrderByDescending(point => point.Figure!.Value.Count);
        foreach (var point in named)
        {
            var (x, y) = (scale.X(point.Published), scale.Y(Figures.Log(point.Figure!.Value)));
            if (
                taken.Count == layout.NamesMax
                || taken.Exists(other =>
                    Math.Abs(other.Y - y) < layout.Text + 4 && Math.Abs(other.X - x) < 150
                )
            )
            {
                continue;
            }

            taken.Add((x, y));
            Haloed(svg, x - 12, y + 5, point.Name, layout.Text, "end");
        }
    }

    private static void Haloed(
        Markup svg,
        double x,
        double y,
        string text,
        double size,
        string anchor = "start"
    ) =>
        svg.Leaf(
            "text",
            text,
            ("x", N(x)),
            ("y", N(y)),
            ("font-size", N(size)),
            ("text-anchor", Anchor(anchor)),
            ("fill", Ink),
            ("stroke", Sheet),
            ("stroke-width", "4"),
            ("stroke-linejoin", "round"),
            ("paint-order", "stroke")
        );

    private sealed record Layout(
        bool IsWide,
        double Width,
        double Height,
        double Left,
        double Right,
        double Top,
        double Bottom,
        double Text,
        int NamesMax
    )
    {
        internal static readonly Layout Wide = new(true, 1060, 440, 58, 862, 36, 394, 15, 4);
        internal static readonly Layout Narrow = new(false, 290, 330, 34, 284, 20, 296, 12, 2);
    }

    private sealed record Scale(
        Layout Layout,
        DateOnly From,
        DateOnly To,
        int TopPower,
        int FirstYear,
        int LastYear,
        int YearStep
    )
    {
        internal static Scale For(
            Layout layout,
            List<ComputePoint> points,
            IReadOnlyCollection<ThresholdLine> thresholds
        )
        {
            var first = Math.Max(2018, points.Count == 0 ? 2018 : points[0].Published.Year);
            var last = points.Count == 0 ? first : Math.Max(first, points[^1].Published.Year);
            var end = points.Count == 0 ? new DateOnly(first + 1, 1, 1) : points[^1].Published;
            var top = points
                .Select(point => Figures.Log(point.Figure!.Value))
                .Concat(thresholds.Select(line => Figures.Log(line.At) + 0.01))
                .DefaultIfEmpty(FloorPower + 1)
                .Max();
            var step = layout.IsWide ? 1 + ((last - first) / 12) : 1 + ((last - first) / 4);
            return new(
                layout,
                new DateOnly(first, 1, 1),
                end.AddMonths(2),
                (int)Math.Ceiling(top),
                first,
                last,
                step
            );
        }

        internal double X(DateOnly day)
        {
            var span = Math.Max(1, To.DayNumber - From.DayNumber);
            var part = Math.Clamp((day.DayNumber - From.DayNumber) / (double)span, 0, 1);
            return Layout.Left + (part * (Layout.Right - Layout.Left));
        }

        internal double Y(double power)
        {
            var part = (power - FloorPower) / (TopPower - FloorPower);
            return Layout.Bottom - (part * (Layout.Bottom - Layout.Top));
        }
    }
}
