using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web;

/// <summary>A list of facts; a fact that nobody gave is a row, not a gap.</summary>
public static class FactList
{
    /// <summary>The list with its column of sources.</summary>
    public static Markup Of(IEnumerable<Fact> facts) => Of(facts, sources: true);

    /// <summary>The list of names and values alone.</summary>
    public static Markup WithoutSources(IEnumerable<Fact> facts) => Of(facts, sources: false);

    private static Markup Of(IEnumerable<Fact> facts, bool sources)
    {
        var list = new Markup().Open("dl", ("class", sources ? "c-facts" : "c-facts c-facts--two"));
        foreach (var fact in facts)
        {
            list.Open("div").Leaf("dt", fact.Name);
            list.Open("dd", ("class", fact.Value is null ? "c-quiet" : null));
            list.Add(fact.Value ?? Markup.Words(Say("Not given")));
            Block(list, fact.Range, "c-interval");
            Block(list, fact.WideDrawing, "c-only-wide");
            Block(list, fact.NarrowDrawing, "c-only-narrow");
            list.Close();
            if (sources)
            {
                list.Open("dd", ("class", "c-src")).Add(fact.Source).Close();
            }

            list.Close();
        }

        return list.Close();
    }

    private static void Block(Markup list, Markup? content, string style)
    {
        if (content is { IsEmpty: false })
        {
            list.Open("span", ("class", style)).Add(content).Close();
        }
    }
}
