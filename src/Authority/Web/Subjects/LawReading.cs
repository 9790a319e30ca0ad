using Concord.Authority.Web.Tables;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Subjects;

/// <summary>What one law says of one model, under the assumptions of its column.</summary>
/// <param name="Column">The law.</param>
/// <param name="State">The answer to its question; before it is in force, what it will be.</param>
/// <param name="Answer">The whole answer.</param>
/// <param name="Facts">What is stated, without the assumptions.</param>
public sealed record LawReading(
    RegisterColumn Column,
    StateKind State,
    RulebookAnswer Answer,
    FactSheet Facts
)
{
    /// <summary>The readings of all laws.</summary>
    public static IReadOnlyList<LawReading> Of(
        World world,
        Model model,
        IEnumerable<RegisterColumn> columns
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        return Of(world, FactSheets.Of(world, model.Id, Audience.Public), columns);
    }

    /// <summary>The readings of all laws by a sheet of facts.</summary>
    public static IReadOnlyList<LawReading> Of(
        World world,
        FactSheet facts,
        IEnumerable<RegisterColumn> columns
    )
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(facts);
        return
        [
            .. columns.Select(column => new LawReading(
                column,
                column.Answer(facts, world.At),
                Evaluation.Of(
                    column.Book,
                    facts.AssumeFor(column.Headline),
                    world.At,
                    column.Adopted.AppliesFrom,
                    world.Network.Outages
                ),
                facts
            )),
        ];
    }

    /// <summary>The state of an answer.</summary>
    public static StateKind StateOf(Answer answer, bool noFigure = false) =>
        answer switch
        {
            Measures.Answer.Yes => StateKind.Yes,
            Measures.Answer.No => StateKind.No,
            _ => noFigure ? StateKind.NoFigure : StateKind.Undetermined,
        };

    /// <summary>The address of the explanation under the same assumptions.</summary>
    public string ExplainHref(Concord.Acts.ModelId model) =>
        ModelWords.Explain(model, Column.Id)
        + QueryString.Create(
            Column.Headline.Assume.Select(one => new KeyValuePair<string, string?>(
                "assume",
                one.ToString()
            ))
        );

    /// <summary>One line of reason.</summary>
    public Markup Why(Instant at) =>
        Undecided.Why(Facts, at, Column, State)
        ?? Decided(Answer.Explanation)
        ?? Markup.Words(Say("By the facts on this page."));

    // The condition that gave the answer, in its own words and with its value: the one on the
    // quantity that the question turns on, where it is among them.
    private Markup? Decided(ExplanationNode? root)
    {
        var wanted = State is StateKind.Yes ? Measures.Answer.Yes : Measures.Answer.No;
        var quantity = Column.Headline.Quantity;
        var found = root is null ? [] : Deciding(root, wanted).ToList();
        var leaf =
            found.Find(one => string.Equals(one.Reading?.Fact, quantity, StringComparison.Ordinal))
            ?? found.FirstOrDefault();
        if (leaf is null)
        {
            return null;
        }

        var says =
            State is StateKind.Yes
                ? Prose.Of(leaf.Says)
                : Markup.Of($"Not so: {Prose.Of(Small(leaf.Says))}");
        if (leaf.Reading is not { IsUnknown: false } reading)
        {
            return says;
        }

        var known = Explanations.Say(reading.Value, Vocabulary.Find(reading.Fact)?.Unit);
        return Markup.Of($"{says} Known: {Prose.Of(known)}.");
    }

    private static IEnumerable<ExplanationNode> Deciding(ExplanationNode node, Answer wanted)
    {
        if (
            node.Answer != wanted
            || node.Operator is "not" or "unless_shown" or "in_force" or "decided"
        )
        {
            return [];
        }

        if (node.Operator is "gt" or "ge" or "lt" or "le" or "share_gt")
        {
            return [node];
        }

        var below = node.Children.SelectMany(child => Deciding(child, wanted)).ToList();
        return below.Count > 0 ? below
            : IsKnown(node) ? [node]
            : [];
    }

    private static bool IsKnown(ExplanationNode node) =>
        node is { Children.Count: 0, Reading: { IsUnknown: false } reading }
        && !reading.Read.All(one => one.Source.IsAssumption);

    private static string Small(string text) =>
        text.Length > 1 && char.IsUpper(text[0]) && !char.IsUpper(text[1])
            ? $"{char.ToLowerInvariant(text[0])}{text[1..]}"
            : text;
}
