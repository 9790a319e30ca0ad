using Concord.Measures;
using static Concord.Authority.Web.Charts.Drawing;
using static Concord.Authority.Web.Languages.Speech;
using static Concord.Authority.Web.Markup;

namespace Concord.Authority.Web.Charts;

/// <summary>
/// One figure with its range on a logarithmic line with the legal thresholds: how near, and how
/// sure.
/// </summary>
public static class ComputeScale
{
    /// <summary>The drawing for screens over 860 px.</summary>
    public static Markup Wide(
        Flop? figure,
        FlopRange range,
        IReadOnlyCollection<ThresholdLine> thresholds
    ) => Draw(420, 23, 27.1, figure, range, thresholds, 13, named: true);

    /// <summary>The drawing for narrow screens: fewer decades, shorter labels.</summary>
    public static Markup Narrow(
        Flop? figure,
        FlopRange range,
        IReadOnlyCollection<ThresholdLine> thresholds
    ) => Draw(290, 23, 27.1, figure, range, thresholds, 14, named: false);

    private static Markup Draw(
        double width,
        double from,
        double to,
        Flop? figure,
        FlopRange range,
        IReadOnlyCollection<ThresholdLine> thresholds,
        double text,
        bool named
    )
    {
        var ends = new[] { figure, range.Low, range.High }
            .OfType<Flop>()
            .Select(Figures.Log)
            .ToList();
        from = Math.Floor(ends.Prepend(from).Min());
        to = Math.Ceiling(ends.Prepend(to).Max() - 0.1) + 0.1;
        var step = to - from > (named ? 8 : 5) ? 2 : 1;
        double X(double power) => 12 + ((power - from) / (to - from) * (width - 24));

        var svg = new Markup().Open(
            "svg",
            ("class", "c-computescale"),
            ("viewBox", $"0 0 {N(width)} 72"),
            ("role", "img"),
            ("aria-label", Finding(figure, range, thresholds))
        );
        svg.Path($"M8 46H{N(width - 8)}", Rule);
        for (var power = (int)from; power <= (int)to; power += step)
        {
            svg.Decade(X(power), 66, power, text, "middle");
            svg.Path($"M{N(X(power))} 41V51", Rule);
        }

        Lines(svg, thresholds, X, width, named);
        Value(svg, figure, range, X, width);
        return svg.Close();
    }

    private static void Lines(
        Markup svg,
        IReadOnlyCollection<ThresholdLine> thresholds,
        Func<double, double> x,
        double width,
        bool named
    )
    {
        var free = 0.0;
        var ordered = thresholds.Where(line => !line.IsLower).OrderBy(line => line.At).ToList();
        var room = ordered
            .Zip(ordered.Skip(1), (a, b) => x(Figures.Log(b.At)) - x(Figures.Log(a.At)))
            .DefaultIfEmpty(width)
            .Min();
        var says = ordered.All(line => WidthOf($"{line.Law} {line.Meaning}", 12.5) < room);
        foreach (var line in ordered)
        {
            var at = x(Figures.Log(line.At));
            svg.Path($"M{N(at)} 20V51", Ink, 1.4, "4 3");
            var label = named && says ? $"{line.Law} {line.Meaning}" : line.Law;
            var size = named ? 12.5 : 14;
            var half = WidthOf(label, size) / 2;
            var middle = Math.Clamp(at, half, width - half);
            if (middle - half >= free)
            {
                svg.Label(middle, 13, label, size, "middle", bold: true);
                free = middle + half + 6;
            }
        }
    }

    private static void Value(
        Markup svg,
        Flop? figure,
        FlopRange range,
        Func<double, double> x,
        double width
    )
    {
        if (!range.IsUnknown)
        {
            var low = range.Low is { } l ? x(Figures.Log(l)) : 8;
            var high = range.High is { } h ? x(Figures.Log(h)) : width - 8;
            svg.Empty(
                "rect",
                ("x", N(low)),
                ("y", "31"),
                ("width", N(Math.Max(2, high - low))),
                ("height", "12"),
                ("rx", "1"),
                ("fill", Soft)
            );
        }

        if (figure is { } best)
        {
            svg.Empty(
                "rect",
                ("x", N(x(Figures.Log(best)) - 2)),
                ("y", "26"),
                ("width", "4"),
                ("height", "22"),
                ("fill", Ink)
            );
        }
    }

    private static string Finding(
        Flop? figure,
        FlopRange range,
        IReadOnlyCollection<ThresholdLine> thresholds
    )
    {
        var value = figure is { } best ? Plainly($"Best estimate {Figures.Spoken(best)}, ") : "";
        var lines = string.Join(
            Say(", "),
            thresholds
                .Where(line => !line.IsLower)
                .OrderBy(line => line.At)
                .Select(line => Plainly($"{line.Law} {line.Meaning} at {Figures.Spoken(line.At)}"))
        );
        return Plainly(
            $"{value}{Figures.Spoken(range)}, on a logarithmic scale. Thresholds: {lines}."
        );
    }
}
