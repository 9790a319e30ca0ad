using System.Globalization;
using Concord.Authority.Web;
using Concord.Authority.Web.Charts;
using Concord.Measures;
using Xunit;

namespace Concord.Tests.Web;

public sealed class ChartTests
{
    private static readonly ThresholdLine[] s_lines =
    [
        new(Flop.Parse("1e25"), "EU", "systemic risk"),
        new(Flop.Parse("1e26"), "California", "frontier"),
    ];

    [Fact]
    public void The_timeline_says_its_finding_in_words()
    {
        var chart = ComputeTimeline.Wide("t", Points(), s_lines);
        var finding = Assert.Single(Reading.All(chart, "desc")).Value;
        Assert.Contains("1 lie above the threshold", finding, StringComparison.Ordinal);
        Assert.Contains("2 may or may not", finding, StringComparison.Ordinal);
        Assert.Contains("1 lie below", finding, StringComparison.Ordinal);
        Assert.Contains(
            "Tern 9 with 5 times ten to the power 26",
            finding,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Both_drawings_name_their_own_title_and_description()
    {
        foreach (
            var chart in new[]
            {
                ComputeTimeline.Wide("w", Points(), s_lines),
                ComputeTimeline.Narrow("n", Points(), s_lines),
            }
        )
        {
            var svg = Assert.Single(Reading.All(chart, "svg"));
            var ids = svg.Descendants()
                .Select(part => part.Attribute("id")?.Value)
                .OfType<string>();
            Assert.Equal(string.Join(' ', ids), svg.Attribute("aria-labelledby")!.Value);
        }
    }

    [Fact]
    public void Shape_tells_the_answer()
    {
        var chart = ComputeTimeline.Wide("t", Points(), s_lines);
        var rings = Reading
            .All(chart, "circle")
            .Where(circle => circle.Attribute("stroke") is not null);
        var dots = Reading.All(chart, "circle").Where(circle => circle.Attribute("stroke") is null);
        Assert.Equal(2, rings.Count());
        Assert.Single(dots);
        Assert.Single(Reading.All(chart, "path"), path => path.Attribute("d")!.Value.EndsWith('Z'));
    }

    [Fact]
    public void An_assumed_range_is_dashed_and_a_dot_below_has_none()
    {
        var ranges = Reading
            .All(ComputeTimeline.Wide("t", Points(), s_lines), "path")
            .Where(path => path.Attribute("opacity") is not null)
            .ToList();
        Assert.Equal(3, ranges.Count);
        Assert.Single(ranges, path => path.Attribute("stroke-dasharray") is not null);
    }

    [Fact]
    public void No_text_of_a_drawing_is_too_small_to_read()
    {
        var drawings = new (Markup Chart, double Shown)[]
        {
            (ComputeTimeline.Wide("a", Points(), s_lines), 801),
            (ComputeTimeline.Narrow("b", Points(), s_lines), 290),
            (ComputeScale.Wide(null, FlopRange.Unknown, s_lines), 420),
            (ComputeScale.Narrow(null, FlopRange.Unknown, s_lines), 290),
            (LineageGraph.Wide("c", Node("x"), [Node("p")], [Node("q")]), 801),
            (LineageGraph.Wide("d", Node("x"), [], [Node("q")]), 760),
            (LineageGraph.Narrow("e", Node("x"), [Node("p")], [Node("q")]), 290),
        };
        foreach (var (chart, shown) in drawings)
        {
            var box = Reading.All(chart, "svg").First().Attribute("viewBox")!.Value.Split(' ');
            var scale = Math.Min(1, shown / double.Parse(box[2], CultureInfo.InvariantCulture));
            foreach (var text in Reading.All(chart, "text"))
            {
                var size = double.Parse(
                    text.Attribute("font-size")!.Value,
                    CultureInfo.InvariantCulture
                );
                Assert.True(size * scale >= 11, $"{text.Value}: {size * scale:0.0} px");
            }
        }
    }

    [Fact]
    public void An_empty_register_still_has_a_chart() =>
        Assert.Contains(
            "No model has a figure",
            Reading.Words(ComputeTimeline.Narrow("t", [], [])),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_scale_says_figure_range_and_thresholds()
    {
        var range = FlopRange.Between(Flop.Parse("2.6e24"), Flop.Parse("2.4e25"));
        var chart = ComputeScale.Wide(Flop.Parse("7.93e24"), range, s_lines);
        Assert.Equal(
            "Best estimate 7.93 times ten to the power 24, range 2.6 times ten to the power 24 to "
                + "2.4 times ten to the power 25, on a logarithmic scale. Thresholds: "
                + "EU systemic risk at ten to the power 25, "
                + "California frontier at ten to the power 26.",
            Assert.Single(Reading.All(chart, "svg")).Attribute("aria-label")!.Value
        );
    }

    [Fact]
    public void The_strip_is_decoration_on_one_scale_for_all_rows()
    {
        var a = ComputeStrip.Draw(
            Flop.Parse("1e25"),
            FlopRange.Unknown,
            false,
            [Flop.Parse("1e25")]
        );
        Assert.Equal("true", Reading.All(a, "svg").Single().Attribute("aria-hidden")!.Value);
        var at = Reading.All(a, "path").Select(path => path.Attribute("d")!.Value).ToList();
        Assert.Contains("M106.25 2V18", at, StringComparer.Ordinal);
        Assert.Contains("M106.25 4V16", at, StringComparer.Ordinal);
    }

    [Fact]
    public void Links_of_a_lineage_are_in_a_group_and_this_model_is_none()
    {
        var chart = LineageGraph.Wide("l", Node("Kite"), [Node("Tern")], [Node("Wren")]);
        Assert.Equal("group", Reading.All(chart, "svg").First().Attribute("role")!.Value);
        Assert.Equal(
            "Tern, Wren",
            string.Join(
                ", ",
                Reading.All(chart, "a").Select(link => link.Elements("text").First().Value)
            )
        );
    }

    [Fact]
    public void A_large_family_is_drawn_as_counts_by_relation()
    {
        var children = Enumerable
            .Range(0, 40)
            .Select(i => new LineageNode($"m{i}", "/", "…", i < 30 ? "fine-tune" : "merge"))
            .ToList();
        var words = Reading.Words(LineageGraph.Wide("l", Node("Kite"), [], children));
        Assert.Contains("30 modelsfine-tune", words, StringComparison.Ordinal);
        Assert.Contains("10 modelsmerge", words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quorum_of_one_is_a_whole_ring()
    {
        var ring = QuorumRing.Draw(0, 1, "0 of 1");
        Assert.Single(Reading.All(ring, "circle"));
        Assert.Equal(3, Reading.All(QuorumRing.Draw(2, 3, "2 of 3"), "path").Count());
    }

    private static LineageNode Node(string name) => new(name, "/", "fine-tune", "fine-tune");

    private static ComputePoint[] Points() =>
        [
            Point("Tern 9", "5e26", "1e26", "1e27", Answer.Yes),
            Point("Wren", "2e25", "5e24", "1e26", Answer.Undetermined),
            Point("Kite", "9e24", "9e22", "9e26", Answer.Undetermined, assumed: true),
            Point("Plover", "1e23", "3e22", "3e23", Answer.No),
            new(
                "Curlew",
                new DateOnly(2024, 1, 1),
                null,
                FlopRange.Unknown,
                Answer.Undetermined,
                true
            ),
        ];

    private static ComputePoint Point(
        string name,
        string figure,
        string low,
        string high,
        Answer answer,
        bool assumed = false
    ) =>
        new(
            name,
            new DateOnly(2023, 1, 1).AddDays(name.Length * 90),
            Flop.Parse(figure),
            FlopRange.Between(Flop.Parse(low), Flop.Parse(high)),
            answer,
            assumed
        );
}
