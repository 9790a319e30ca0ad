using QRCoder;

namespace Concord.Authority.Web.Charts;

/// <summary>
/// An address as a QR code (ISO/IEC 18004): black on white in both themes and on paper, with its
/// quiet zone, because cameras ask for that.
/// </summary>
public static class QrCode
{
    /// <summary>The code of a text; a quarter of it may be covered or torn.</summary>
    /// <param name="text">What it leads to.</param>
    /// <param name="words">What it is, for ears.</param>
    public static Markup Draw(string text, string words)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        var rows = code.ModuleMatrix;
        var size = $"{rows.Count}";
        var svg = new Markup()
            .Open(
                "svg",
                ("class", "c-qr"),
                ("viewBox", $"0 0 {size} {size}"),
                ("role", "img"),
                ("aria-label", words),
                ("shape-rendering", "crispEdges")
            )
            .Empty("rect", ("width", size), ("height", size), ("fill", "#fff"));
        var path = new System.Text.StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Length; x++)
            {
                var start = x;
                while (x < rows[y].Length && rows[y][x])
                {
                    x++;
                }

                if (x > start)
                {
                    path.Append('M').Append(start).Append(' ').Append(y);
                    path.Append('h').Append(x - start).Append("v1H").Append(start).Append('z');
                }
            }
        }

        return svg.Solid(path.ToString(), "#000").Close();
    }
}
