namespace Concord.Authority.Web.Charts;

/// <summary>
/// The picture that others show beside a link to this site: the wordmark, drawn from the same
/// circles and stems as the masthead's. What a page says stands beside it as text.
/// </summary>
public static class SocialCard
{
    /// <summary>Its width in pixels.</summary>
    public const int Width = 1200;

    /// <summary>Its height in pixels.</summary>
    public const int Height = 630;

    private const double Scale = 4.8;
    private const double Left = (Width - (190.7 * Scale)) / 2;
    private const double Top = (Height - (40 * Scale)) / 2;
    private const double Stem = 4.8;
    private const double Segment = 7;
    private const double Faint = 0.26;
    private const int Rule = 24;
    private const double Circle = 360;

    private static readonly (byte, byte, byte) s_sheet = (0xFF, 0xFF, 0xFF);
    private static readonly (byte, byte, byte) s_brand = (0x0F, 0x4C, 0x54);

    // Centre, radius, from and to in degrees, clockwise from the right: o, n, c, o, r, d.
    private static readonly (double X, double Y, double Radius, double From, double To)[] s_arcs =
    [
        (48.4, 24, 10, 0, 360),
        (76.2, 22.5, 8.6, 180, 360),
        (104, 24, 10, 45.97, 314.03),
        (130.35, 24, 10, 0, 360),
        (158.75, 23.2, 9.2, 180, 270),
        (177.35, 24, 10, 0, 360),
    ];

    // Left, top, right and bottom: the stems of n, r and d, and the end of the r; those that go on
    // from an arc begin within it, so that no seam is seen.
    private static readonly (double Left, double Top, double Right, double Bottom)[] s_stems =
    [
        (67.6 - (Stem / 2), 11.6, 67.6 + (Stem / 2), 36.4),
        (84.8 - (Stem / 2), 22, 84.8 + (Stem / 2), 36.4),
        (149.55 - (Stem / 2), 11.6, 149.55 + (Stem / 2), 36.4),
        (158.25, 14 - (Stem / 2), 160.35, 14 + (Stem / 2)),
        (187.35 - (Stem / 2), 2, 187.35 + (Stem / 2), 36.4),
    ];

    /// <summary>Draws it, as PNG.</summary>
    public static byte[] Draw()
    {
        var shades = new byte[Width * Height];
        shades.AsSpan(0, Rule * Width).Fill(byte.MaxValue);
        // Seven were asked, five agreed.
        const double Each = Circle / 7;
        const double Gap = 4.87;
        for (var i = 0; i < 7; i++)
        {
            var from = (i * Each) + Gap;
            Arc(shades, (15, 24, 11.2, from, from + Each - (2 * Gap)), Segment, i is 0 or 6);
        }

        foreach (var arc in s_arcs)
        {
            Arc(shades, arc, Stem);
        }

        foreach (var (left, top, right, bottom) in s_stems)
        {
            Fill(
                shades,
                (left, top, right, bottom),
                (x, y) => Math.Max(Math.Max(left - x, x - right), Math.Max(top - y, y - bottom))
            );
        }

        return PngImage.Write(shades, Width, s_sheet, s_brand);
    }

    private static void Arc(
        byte[] shades,
        (double X, double Y, double Radius, double From, double To) arc,
        double stroke,
        bool isFaint = false
    )
    {
        var (cx, cy, radius, from, to) = arc;
        var reach = radius + (stroke / 2);
        Fill(
            shades,
            (cx - reach, cy - reach, cx + reach, cy + reach),
            (x, y) =>
            {
                var across = Math.Abs(Math.Sqrt(Square(x - cx) + Square(y - cy)) - radius);
                var angle = Math.Atan2(y - cy, x - cx) * 180 / Math.PI;
                angle += angle < 0 ? Circle : 0;
                // How far beyond its ends, along the circle; a whole circle has none.
                var beyond = to - from >= Circle ? -1 : Beyond(angle, from, to);
                var along = beyond * Math.PI / 180 * radius;
                return Math.Max(across - (stroke / 2), along);
            },
            isFaint ? Faint : 1
        );
    }

    private static double Beyond(double angle, double from, double to) =>
        angle >= from && angle <= to
            ? -Math.Min(angle - from, to - angle)
            : Math.Min(
                Math.Min(Math.Abs(angle - from), Math.Abs(angle - to)),
                Math.Min(Math.Abs(angle + Circle - to), Math.Abs(angle - Circle - from))
            );

    // By the distance from the edge of what is drawn, negative within: a pixel on the edge is grey.
    private static void Fill(
        byte[] shades,
        (double Left, double Top, double Right, double Bottom) box,
        Func<double, double, double> distance,
        double opacity = 1
    )
    {
        var (left, right) = (Pixel(box.Left, Left) - 1, Pixel(box.Right, Left) + 2);
        var (top, bottom) = (Pixel(box.Top, Top) - 1, Pixel(box.Bottom, Top) + 2);
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                var off = distance((x + 0.5 - Left) / Scale, (y + 0.5 - Top) / Scale) * Scale;
                var shade = (byte)(byte.MaxValue * opacity * Math.Clamp(0.5 - off, 0, 1));
                shades[(y * Width) + x] = Math.Max(shades[(y * Width) + x], shade);
            }
        }
    }

    private static int Pixel(double at, double origin) => (int)((at * Scale) + origin);

    private static double Square(double number) => number * number;
}
