namespace Concord.Authority.Web;

/// <summary>A condition of an explanation with what decided it.</summary>
/// <param name="Condition">The condition in words, or <em>All of these</em>, <em>Any of
/// these</em>.</param>
/// <param name="IsJoin">Whether it only joins the conditions under it.</param>
/// <param name="Why">Citation, value, range and source.</param>
/// <param name="State">The answer; null: a term of a sum, which has none.</param>
/// <param name="Children">The conditions under it.</param>
public sealed record TreeNode(
    Markup Condition,
    bool IsJoin,
    Markup? Why,
    StateKind? State,
    IReadOnlyList<TreeNode> Children
)
{
    /// <summary>
    /// Whether what is under it is folded away: it is decided where the whole is not, so a reader
    /// who looks for the reason need not see it.
    /// </summary>
    public bool IsFolded { get; init; }

    /// <summary>A scale under the condition that decides, for wide screens.</summary>
    public Markup? WideDrawing { get; init; }

    /// <summary>The same for narrow screens.</summary>
    public Markup? NarrowDrawing { get; init; }
}
