using System.Globalization;
using Concord.Measures.Weights;
using static Concord.Authority.Web.Charts.Drawing;
using static Concord.Authority.Web.Languages.Speech;
using static Concord.Authority.Web.Markup;

namespace Concord.Authority.Web.Charts;

/// <summary>
/// The share of hidden units of two networks that agree, layer by layer, beside what chance gives.
/// The table beside it has every number.
/// </summary>
public static class AgreementChart
{
    private const double Row = 34;
    private const double Top = 30;

    /// <summary>The drawing.</summary>
    /// <param name="id">An id of its own on the page.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="isNarrow">Whether it is for screens up to 860 px.</param>
    public static Markup Draw(string id, IReadOnlyList<LayerAgreement> layers, bool isNarrow)
    {
        ArgumentNullException.ThrowIfNull(layers);
        var (width, left, right) = isNarrow ? (300.0, 78.0, 52.0) : (640.0, 110.0, 64.0);
        var room = width - left - right;
        var height = Top + (layers.Count * Row) + 26;
        var svg = Frame(width, height, id, Plainly($"Agreement by layer"), Finding(layers));
        foreach (var tenth in (int[])[0, 25, 50, 75, 100])
        {
            var x = left + (room * tenth / 100);
            svg.Path($"M{N(x)} {N(Top - 6)}V{N(height - 24)}", Grid);
            svg.Label(x, height - 6, $"{tenth} %", 13, "middle", Quiet);
        }

        for (var i = 0; i < layers.Count; i++)
        {
            var (layer, y) = (layers[i], Top + (i * Row));
            var share = ShareOf(layer.Agreements, layer.Compared);
            svg.Label(left - 10, y + 17, NameOf(layer), 14, "end");
            svg.Empty(
                "rect",
                ("x", N(left)),
                ("y", N(y + 3)),
                ("width", N(Math.Max(1, room * share))),
                ("height", "18"),
                ("fill", Mark)
            );
            var chance = left + (room * ShareOf(layer.Expected, layer.Compared));
            svg.Path($"M{N(chance)} {N(y - 2)}V{N(y + 26)}", Ink, 2, "3 3");
            svg.Label(left + (room * share) + 6, y + 17, Per(share), 14, bold: true);
        }

        return svg.Label(left, 14, Say("dashed: what chance gives"), 13, fill: Quiet).Close();
    }

    /// <summary>What a layer is called.</summary>
    public static string NameOf(LayerAgreement layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return layer.Left == layer.Right
            ? Plainly($"Layer {layer.Left + 1}")
            : Plainly($"Layers {layer.Left + 1}, {layer.Right + 1}");
    }

    /// <summary>A share of units, as per cent.</summary>
    public static string Per(double share) =>
        share * 100 is var hundredths && hundredths is > 0 and < 1
            ? $"{Math.Round(hundredths, 1).ToString(CultureInfo.InvariantCulture)} %"
            : $"{Math.Round(hundredths).ToString(CultureInfo.InvariantCulture)} %";

    /// <summary>The share that a count is of those compared.</summary>
    public static double ShareOf(double count, int compared) =>
        compared <= 0 ? 0 : Math.Clamp(count / compared, 0, 1);

    private static string Finding(IReadOnlyList<LayerAgreement> layers)
    {
        var (agree, of) = (layers.Sum(one => one.Agreements), layers.Sum(one => one.Compared));
        var chance = layers.Sum(one => one.Expected).ToString("0.#", CultureInfo.InvariantCulture);
        return Plainly(
            $"Of {Figures.Count(of)} hidden units that were compared {Figures.Count(agree)} agree; "
                + $"chance gives about {chance}. The table has the same."
        );
    }
}
