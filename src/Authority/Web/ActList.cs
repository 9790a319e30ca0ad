using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web;

/// <summary>A history of acts, each with the receipt that proves it.</summary>
public static class ActList
{
    /// <summary>The list, in the order given.</summary>
    public static Markup Of(IEnumerable<ActLine> acts)
    {
        var list = new Markup().Open("ol", ("class", "c-acts"));
        foreach (var act in acts)
        {
            list.Open("li");
            list.Add(act.At is { } at ? Times.Moment(at) : Markup.Words(Say("At the founding")));
            list.Open("div").Add(act.What);
            if (act.Detail is { IsEmpty: false })
            {
                list.Open("span", ("class", "c-interval")).Add(act.Detail).Close();
            }

            list.Close().Open("span");
            list.Leaf(
                "a",
                Plainly($"Receipt {Figures.Count(act.Index)}"),
                ("class", "govuk-link c-small"),
                ("href", act.Href)
            );
            list.Close().Close();
        }

        return list.Close();
    }
}
