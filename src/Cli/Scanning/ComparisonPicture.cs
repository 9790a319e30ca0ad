using System.Text;
using Concord.Authority.Web;
using Concord.Authority.Web.Charts;
using Concord.Measures.Weights;

namespace Concord.Cli.Scanning;

/// <summary>
/// A comparison as a picture and as a page that stands by itself, can be printed, and says in plain
/// words what it shows.
/// </summary>
internal static class ComparisonPicture
{
    // The tokens of the site's style sheet, light and dark: a file has no style sheet beside it.
    private static readonly (string Token, string Light, string Dark)[] s_colours =
    [
        ("--c-ink", "#17212b", "#e8ecee"),
        ("--c-ink-2", "#4a5662", "#aab6bf"),
        ("--c-sheet", "#ffffff", "#151d24"),
        ("--c-grid", "#e4e1d8", "#26323b"),
        ("--c-mark", "#0f4c54", "#7cc5cb"),
        ("--c-rule", "#d8d4ca", "#33414c"),
    ];

    private const string Page =
        "body{background:var(--c-sheet);color:var(--c-ink);max-width:44rem;margin:0 auto;"
        + "padding:1.5rem 1rem 3rem;font:1.0625rem/1.5 \"Atkinson Hyperlegible Next\",\"Segoe UI\","
        + "\"Helvetica Neue\",Arial,sans-serif}"
        + "h1{font-size:1.6rem;line-height:1.2;overflow-wrap:anywhere}h2{font-size:1.2rem;"
        + "margin-top:2rem}.t{overflow-x:auto}table{border-collapse:collapse;width:100%}"
        + "caption{text-align:left;color:var(--c-ink-2);padding-bottom:.4rem}"
        + "th,td{text-align:left;vertical-align:top;padding:.35rem .8rem .35rem 0;"
        + "border-bottom:1px solid var(--c-rule)}td,.m{overflow-wrap:anywhere}"
        + "th[scope=row]{white-space:nowrap}"
        + ".n{text-align:right;font-variant-numeric:tabular-nums}td.n{white-space:nowrap}"
        + "figure{margin:1rem 0}svg{display:block;width:100%;height:auto;overflow:visible}"
        + ".w{display:none}"
        + "@media(max-width:25rem){table{font-size:.9rem}th,td{padding-right:.5rem}}"
        + "@media(min-width:40rem){.w{display:block}.s{display:none}}"
        + "@media print{body{max-width:none;font-size:11pt}.w{display:block}.s{display:none}"
        + "figure,table{break-inside:avoid}}";

    /// <summary>The picture by itself, as SVG.</summary>
    public static string Svg(Comparison comparison)
    {
        var drawing = Drawn(comparison, "agreement", isNarrow: false).ToString();
        var dark = string.Concat(
            s_colours.SelectMany(one =>
                (string[])
                    [
                        $"[fill=\"{one.Light}\"]{{fill:{one.Dark}}}",
                        $"[stroke=\"{one.Light}\"]{{stroke:{one.Dark}}}",
                    ]
            )
        );
        // Programs that know no custom properties must show it too.
        foreach (var (token, light, _) in s_colours)
        {
            drawing = drawing.Replace($"var({token})", light, StringComparison.Ordinal);
        }

        var head = drawing.IndexOf('>', StringComparison.Ordinal);
        return drawing[..head]
                .Replace(
                    "<svg",
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" font-family=\"sans-serif\"",
                    StringComparison.Ordinal
                )
            + $"><style>@media(prefers-color-scheme:dark){{{dark}}}</style>"
            + $"<rect width=\"100%\" height=\"100%\" fill=\"{s_colours[2].Light}\"/>"
            + drawing[(head + 1)..]
            + "\n";
    }

    /// <summary>The page.</summary>
    public static string Html(Comparison comparison)
    {
        var page = new Markup()
            .Open("main")
            .Leaf("h1", comparison.Verdict)
            .Leaf("p", comparison.Because);
        if (comparison.Suggested is { } suggested)
        {
            page.Leaf("p", suggested);
        }

        if (comparison.Evidence.Layers.Count > 0)
        {
            Layers(page, comparison);
        }

        Models(page, comparison);
        Limits(page, comparison);
        page.Close();
        return new StringBuilder(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        )
            .Append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .Append(new Markup().Leaf("title", comparison.Verdict))
            .Append("<style>:root{color-scheme:light dark;")
            .AppendJoin(';', s_colours.Select(one => $"{one.Token}:{one.Light}"))
            .Append("}@media screen and (prefers-color-scheme:dark){:root{")
            .AppendJoin(';', s_colours.Select(one => $"{one.Token}:{one.Dark}"))
            .Append("}}")
            .Append(Page)
            .Append("</style></head><body>")
            .Append(page)
            .Append("</body></html>\n")
            .ToString();
    }

    private static Markup Drawn(Comparison comparison, string id, bool isNarrow) =>
        AgreementChart.Draw(id, comparison.Evidence.Layers, isNarrow);

    private static void Layers(Markup page, Comparison comparison)
    {
        page.Leaf("h2", "Agreement by layer")
            .Leaf(
                "p",
                "A network has layers of hidden units, each with what it reads and what it writes. "
                    + "A bar shows how many units of a layer have their like at the fitting place "
                    + "in the other network; the dashed line shows how many would have by chance."
            )
            .Open("figure")
            .Open("div", ("class", "w"))
            .Add(Drawn(comparison, "wide", isNarrow: false))
            .Close()
            .Open("div", ("class", "s"))
            .Add(Drawn(comparison, "small", isNarrow: true))
            .Close()
            .Close()
            .Open(
                "div",
                ("class", "t"),
                ("tabindex", "0"),
                ("role", "region"),
                ("aria-label", "The same in numbers")
            )
            .Open("table")
            .Leaf("caption", "The same in numbers; by chance as many agree at most")
            .Open("tr");
        foreach (var heading in (string[])["Layer", "Compared", "Agree", "Chance"])
        {
            page.Leaf("th", heading, ("scope", "col"), ("class", heading is "Layer" ? null : "n"));
        }

        page.Close();
        foreach (var layer in comparison.Evidence.Layers)
        {
            Row(page, layer);
        }

        page.Close().Close();
    }

    private static void Row(Markup page, LayerAgreement layer)
    {
        page.Open("tr")
            .Leaf("th", AgreementChart.NameOf(layer), ("scope", "row"))
            .Leaf("td", $"{layer.Compared}", ("class", "n"))
            .Leaf("td", $"{layer.Agreements}", ("class", "n"))
            .Leaf("td", ComparisonScreen.Chance(layer), ("class", "n"))
            .Close();
    }

    private static void Models(Markup page, Comparison comparison)
    {
        page.Leaf("h2", "The two models")
            .Open(
                "div",
                ("class", "t"),
                ("tabindex", "0"),
                ("role", "region"),
                ("aria-label", "The two models")
            )
            .Open("table")
            .Open("tr")
            .Leaf("td", "")
            .Leaf("th", comparison.LeftName, ("scope", "col"), ("class", "m"))
            .Leaf("th", comparison.RightName, ("scope", "col"), ("class", "m"))
            .Close();
        foreach (var (name, left, right) in ComparisonScreen.Facts(comparison))
        {
            page.Open("tr")
                .Leaf("th", Capital(name), ("scope", "row"))
                .Leaf("td", left)
                .Leaf("td", right)
                .Close();
        }

        page.Close().Close();
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static void Limits(Markup page, Comparison comparison) =>
        page.Leaf("h2", "What this says, and what it does not")
            .Leaf(
                "p",
                "It says whether two sets of weights have a common origin. It does not say who "
                    + "made them, who came first unless a sentence above does, or whether "
                    + "anything was allowed. Constants that every network of a kind has alike "
                    + "were left out."
            )
            .Leaf(
                "p",
                $"Anybody who has both can repeat it: concord compare {comparison.LeftName} "
                    + $"{comparison.RightName}. Method {Fingerprint.Version}, "
                    + "described in specs/fingerprint.md."
            );
}
