using System.Text;
using Concord.Authority.Web;
using Concord.Measures;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Concord.Tests.Web;

public sealed class SiteTests
{
    [Theory]
    [InlineData("GDS Transport")]
    [InlineData("crest")]
    [InlineData("crown")]
    [InlineData("asset:")]
    public void The_style_sheet_has_nothing_of_the_government_of_another(string mark) =>
        Assert.DoesNotContain(mark, Css(), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void The_style_sheet_asks_for_our_own_files_only()
    {
        var css = Css();
        var start = 0;
        var asked = new List<string>();
        while ((start = css.IndexOf("url(", start, StringComparison.Ordinal)) >= 0)
        {
            var end = css.IndexOf(')', start);
            asked.Add(css[(start + 4)..end].Trim('"'));
            start = end;
        }

        Assert.Equal(3, asked.Count);
        Assert.All(asked, file => Assert.NotNull(Assets.Find(file)));
    }

    [Fact]
    public void Every_asset_has_its_digest_in_its_address() =>
        Assert.All(
            Assets.Names,
            name =>
                Assert.Matches(@"^/assets/[a-z0-9-]+\.[0-9a-f]{8}\.[a-z0-9]+$", Assets.Href(name))
        );

    [Theory]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", true)]
    [InlineData("application/json", false)]
    [InlineData("*/*", false)]
    [InlineData("text/html;q=0.5,application/json", false)]
    [InlineData("", false)]
    public void A_page_is_for_those_who_ask_for_one(string accept, bool page)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Accept = accept;
        Assert.Equal(page, HtmlOrJson.WantsHtml(context.Request));
    }

    [Fact]
    public void No_inline_script_or_style_may_run() =>
        Assert.DoesNotContain(
            "unsafe",
            SecurityHeaders.ContentSecurityPolicy,
            StringComparison.Ordinal
        );

    [Fact]
    public void Every_state_has_a_word_an_icon_and_a_colour()
    {
        var labels = Enum.GetValues<StateKind>().Select(StateLabel.Of).ToList();
        Assert.Equal(
            labels.Count,
            labels.Select(Reading.Words).Distinct(StringComparer.Ordinal).Count()
        );
        Assert.Equal(
            labels.Count,
            labels
                .Select(label => Reading.All(label, "svg").Single().ToString())
                .Distinct(StringComparer.Ordinal)
                .Count()
        );
        Assert.All(labels, label => Assert.NotEmpty(Reading.Words(label)));
    }

    [Fact]
    public void A_fact_that_nobody_gave_is_a_row_and_not_a_gap()
    {
        var list = FactList.Of([new Fact("Hardware", null)]);
        Assert.Equal("HardwareNot given", Reading.Words(list));
    }

    [Fact]
    public void An_explanation_shows_the_answer_beside_its_condition()
    {
        var root = new TreeNode(
            Markup.Words("All of these"),
            true,
            Markup.Words("Art. 52(1)"),
            StateKind.Undetermined,
            [new(Markup.Of($"More than {Flop.Parse("1e25")} FLOP"), false, null, StateKind.Yes, [])]
        );
        Assert.Equal(
            "All of theseArt. 52(1)UndeterminedMore than 10 to the power 25 FLOPYes",
            Reading.Words(ExplanationTree.Of(root))
        );
    }

    [Fact]
    public void Every_act_of_a_history_links_the_receipt_that_proves_it()
    {
        var list = ActList.Of([new ActLine(null, Markup.Words("Founded"), "/acts/A-1", 0)]);
        var link = Assert.Single(Reading.All(list, "a"));
        Assert.Equal("/acts/A-1", link.Attribute("href")!.Value);
        Assert.Equal("Receipt 0", link.Value);
    }

    private static string Css() =>
        Encoding.UTF8.GetString(
            Assets.Find(Path.GetFileName(Assets.Href("concord.css")))!.Bytes.Span
        );
}
