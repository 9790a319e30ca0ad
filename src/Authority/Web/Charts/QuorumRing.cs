using static Concord.Authority.Web.Charts.Drawing;
using static Concord.Authority.Web.Markup;

namespace Concord.Authority.Web.Charts;

/// <summary>The ring of a quorum: one segment a signer, filled when it signed.</summary>
public static class QuorumRing
{
    /// <summary>The ring of <paramref name="signed"/> out of <paramref name="asked"/>.</summary>
    public static Markup Draw(int signed, int asked, string words)
    {
        var svg = new Markup().Open(
            "svg",
            ("viewBox", "0 0 84 84"),
            ("role", "img"),
            ("aria-label", words)
        );
        var count = Math.Max(1, asked);
        for (var i = 0; i < count; i++)
        {
            var gap = count == 1 ? 0 : 5;
            var (from, to) = (At((360.0 * i / count) + gap), At((360.0 * (i + 1) / count) - gap));
            var far = 360.0 / count > 190 ? 1 : 0;
            if (count == 1)
            {
                svg.Empty(
                    "circle",
                    ("cx", "42"),
                    ("cy", "42"),
                    ("r", "34"),
                    ("fill", "none"),
                    ("stroke", i < signed ? Mark : Rule),
                    ("stroke-width", i < signed ? "12" : "2"),
                    ("stroke-dasharray", i < signed ? null : "4 4")
                );
            }
            else
            {
                svg.Path(
                    $"M{from}A34 34 0 {far} 1 {to}",
                    i < signed ? Mark : Rule,
                    i < signed ? 12 : 2,
                    i < signed ? null : "4 4"
                );
            }
        }

        return svg.Label(42, 48, $"{signed}/{asked}", 18, "middle", bold: true).Close();
    }

    private static string At(double degrees)
    {
        var radians = (degrees - 90) * Math.PI / 180;
        return $"{N(42 + (34 * Math.Cos(radians)))} {N(42 + (34 * Math.Sin(radians)))}";
    }
}
