using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>Spells conditions out as explanations.</summary>
internal sealed class Explainer(Rulebook book, FactLookup facts, ConditionJudge judge)
{
    public ExplanationNode Explain(Condition condition) =>
        condition switch
        {
            Condition.All all => Join("all", condition, "All of these hold.", all.Parts),
            Condition.Any any => Join("any", condition, "Any of these holds.", any.Parts),
            Condition.Not not => Join("not", condition, "This does not hold.", [not.Part]),
            Condition.Shown shown => Join("shown", condition, "It is shown that:", [shown.Part]),
            Condition.UnlessShown unless => Join(
                "unless_shown",
                condition,
                "Unless it is shown that:",
                [unless.Part]
            ),
            Condition.Presumed presumed => Presumed(presumed),
            Condition.Decided decided => Decided(decided),
            Condition.Defined defined => Defined(defined),
            Condition.InForce provision => new(
                "in_force",
                judge.IsInForce(provision.Provision),
                condition.Says ?? $"'{provision.Provision}' is in force."
            ),
            Condition.Leaf leaf => Leaf(leaf),
            _ => throw new InvalidOperationException("A condition of no known kind."),
        };

    private ExplanationNode Join(
        string op,
        Condition condition,
        string says,
        IReadOnlyList<Condition> parts
    ) =>
        new(op, judge.Judge(condition), condition.Says ?? says)
        {
            Cite = book.Cite(condition.Cite),
            Children = [.. parts.Select(Explain)],
        };

    private ExplanationNode Presumed(Condition.Presumed presumed) =>
        new(
            "presumed",
            judge.Judge(presumed),
            presumed.Says ?? "Presumed, until the authority accepts a rebuttal:"
        )
        {
            Cite = book.Cite(presumed.Cite),
            Children =
            [
                Explain(presumed.Part),
                new(
                    "not",
                    judge.IsDecided(presumed.RebuttedBy).Not(),
                    "No accepted rebuttal is on record."
                )
                {
                    Reading = facts.Read(presumed.RebuttedBy),
                },
            ],
        };

    private ExplanationNode Decided(Condition.Decided decided) =>
        new(
            "decided",
            judge.IsDecided(decided.Fact),
            decided.Says ?? $"An act of the authority says so ({decided.Fact})."
        )
        {
            Cite = book.Cite(decided.Cite),
            Reading = facts.Read(decided.Fact),
        };

    private ExplanationNode Defined(Condition.Defined defined)
    {
        var definition = book.Definitions[defined.Id];
        var inner = Explain(definition.Condition);
        return new("defined", inner.Answer, defined.Says ?? definition.Title)
        {
            Cite = book.Cite(defined.Cite.Count > 0 ? defined.Cite : definition.Cite),
            Children = [inner],
        };
    }

    private ExplanationNode Leaf(Condition.Leaf leaf)
    {
        var answer = judge.JudgeLeaf(leaf);
        var reading = facts.Read(leaf.Fact.Length == 0 ? "flop_known_at" : leaf.Fact);
        var unit = Vocabulary.Find(leaf.Fact)?.Unit;
        return new(OperatorOf(leaf), answer, leaf.Says ?? Explanations.Say(leaf))
        {
            Cite = book.Cite(leaf.Cite),
            Reading = reading with { Fact = facts.NameOf(leaf.Fact) },
            Against = leaf is Condition.ShareGreater { Whole: { } whole }
                ? facts.Read(whole)
                : null,
            Threshold = leaf switch
            {
                Condition.Compare compare => $"{Explanations.Number(compare.Threshold)} {unit}",
                Condition.ShareGreater share => $"{share.Numerator}/{share.Denominator}",
                Condition.Band band => string.Join(", ", band.Over.Select(Explanations.Number)),
                Condition.Timed timed => timed.Limit.ToString(),
                _ => null,
            },
            Notes = reading.IsContradicted
                ? [.. reading.Notes, "Sources contradict each other; all of them are shown."]
                : reading.Notes,
        };
    }

    private static string OperatorOf(Condition.Leaf leaf) =>
        leaf switch
        {
            Condition.Compare { Is: Condition.Comparison.Gt } => "gt",
            Condition.Compare { Is: Condition.Comparison.Ge } => "ge",
            Condition.Compare { Is: Condition.Comparison.Lt } => "lt",
            Condition.Compare => "le",
            Condition.ShareGreater => "share_gt",
            Condition.IsTrue => "eq",
            Condition.OneOf => "in",
            Condition.Contains => "contains",
            Condition.Band => "band",
            Condition.Timed { IsBefore: true } => "before",
            _ => "since",
        };
}
