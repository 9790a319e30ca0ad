using Concord.Authority.Web.Languages;

namespace Concord.Authority.Web;

/// <summary>
/// The tree of conditions: joins in bold, what decided it under each, the answer beside.
/// </summary>
public static class ExplanationTree
{
    /// <summary>The tree under its root.</summary>
    public static Markup Of(TreeNode root)
    {
        var list = new Markup().Open("ul", ("class", "c-tree"));
        Node(list, root);
        return list.Close();
    }

    private static void Node(Markup list, TreeNode node)
    {
        list.Open("li").Open("div", ("class", "c-tree__row")).Open("p");
        list.Open("span", ("class", node.IsJoin ? "c-tree__join" : null));
        list.Add(node.Condition).Close();
        if (node.Why is { IsEmpty: false })
        {
            list.Open("span", ("class", "c-tree__why")).Add(node.Why).Close();
        }

        list.Close();
        if (node.State is { } state)
        {
            list.Add(StateLabel.Of(state));
        }

        list.Close();
        Drawing(list, node.WideDrawing, "c-only-wide");
        Drawing(list, node.NarrowDrawing, "c-only-narrow");
        if (node.Children.Count > 0)
        {
            Parts(list, node);
        }

        list.Close();
    }

    private static void Parts(Markup list, TreeNode node)
    {
        if (node.IsFolded)
        {
            list.Open("details", ("class", "c-tree__fold"))
                .Leaf(
                    "summary",
                    Speech.Count(CountOf(node), "Its {0} condition", "Its {0} conditions")
                );
        }

        list.Open("ul");
        foreach (var child in node.Children)
        {
            Node(list, child);
        }

        list.Close();
        if (node.IsFolded)
        {
            list.Close();
        }
    }

    private static int CountOf(TreeNode node) => node.Children.Sum(child => 1 + CountOf(child));

    private static void Drawing(Markup list, Markup? drawing, string style)
    {
        if (drawing is not null)
        {
            list.Open("div", ("class", style)).Add(drawing).Close();
        }
    }
}
