using Concord.Rooms.Rulebooks;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web;

/// <summary>
/// A condition of law as the tree that a lawyer reads: joins, limbs, each with its paragraph. Terms
/// that the rulebook defines are links to their definitions.
/// </summary>
/// <param name="book">The rulebook.</param>
/// <param name="page">The page that has its definitions; empty: the one that is shown.</param>
public sealed class ConditionTree(Rulebook book, string page = "")
{
    /// <summary>The tree.</summary>
    public Markup Of(Condition condition) => ExplanationTree.Of(Node(condition));

    private TreeNode Node(Condition condition) =>
        condition switch
        {
            Condition.All { Parts: [var only] } => Node(only),
            Condition.Any { Parts: [var only] } => Node(only),
            Condition.All all => Join(condition, Say("All of these"), all.Parts),
            Condition.Any any => Join(condition, Say("Any of these"), any.Parts),
            Condition.Not { Part: Condition.Leaf leaf } => Limb(
                condition,
                $"It is not so: {Explanations.Say(leaf)}"
            ),
            Condition.Not not => Join(condition, Say("Not"), [not.Part]),
            Condition.Shown shown => Wrapped(condition, shown.Part, Say("It is shown: ")),
            Condition.UnlessShown unless => Wrapped(
                condition,
                unless.Part,
                Say("Unless it is shown: ")
            ),
            Condition.Presumed presumed => Join(
                condition,
                Say("Presumed, until the authority accepts the contrary, when"),
                [presumed.Part]
            ),
            Condition.Decided decided => Limb(
                condition,
                $"An act of the authority decides it: {Explanations.Name(decided.Fact)}."
            ),
            Condition.Defined defined => Term(condition, defined.Id),
            Condition.InForce inForce => Limb(
                condition,
                $"‘{book.FindDuty(inForce.Provision)?.Title ?? book.Short}’ is in force."
            ),
            Condition.Leaf leaf => Limb(condition, Explanations.Say(leaf)),
            _ => Limb(condition, "A condition."),
        };

    private TreeNode Join(Condition condition, string words, IReadOnlyList<Condition> parts) =>
        new(
            Markup.Words(words),
            IsJoin: true,
            condition.Says is { } says ? Why(condition, says) : Why(condition, null),
            State: null,
            [.. parts.Select(Node)]
        );

    // A limb that must be shown is one line where its part is one.
    private TreeNode Wrapped(Condition condition, Condition part, string words)
    {
        var inner = Node(part);
        if (condition.Says is { } says && inner.Children.Count == 0)
        {
            return Limb(condition with { Cite = [.. condition.Cite, .. part.Cite] }, says);
        }

        var line = new Markup().Text(words).Add(inner.Condition);
        return inner.Children.Count == 0
            ? new(line, IsJoin: false, Why(condition, null) ?? inner.Why, null, [])
            : new(line, IsJoin: true, Why(condition, condition.Says), null, inner.Children);
    }

    private TreeNode Term(Condition condition, string id)
    {
        var link = new Markup().Leaf(
            "a",
            book.Definitions[id].Title,
            ("class", "govuk-link"),
            ("href", $"{page}#{IdOf(id)}")
        );
        return new(
            condition.Says is { } says ? Markup.Of($"{Prose.Of(says)} ({link})") : link,
            IsJoin: false,
            Why(condition, null),
            State: null,
            []
        );
    }

    private TreeNode Limb(Condition condition, string words) =>
        new(Prose.Of(condition.Says ?? words), IsJoin: false, Why(condition, null), null, []);

    private Markup? Why(Condition condition, string? says)
    {
        var cite = condition.Cite.Count == 0 ? null : book.Cite(condition.Cite);
        return (says, cite) switch
        {
            (null, null) => null,
            (null, { } only) => Markup.Words(only),
            ({ } words, null) => Prose.Of(words),
            ({ } words, { } where) => Markup.Of($"{Prose.Of(words)} {where}"),
        };
    }

    /// <summary>The fragment of a definition on the page.</summary>
    public static string IdOf(string definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return $"term-{definition.Replace('_', '-')}";
    }
}
