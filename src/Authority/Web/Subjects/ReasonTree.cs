using Concord.Acts;
using Concord.Authority.Web.Charts;
using Concord.Measures;
using Concord.Rooms.Rulebooks;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Subjects;

/// <summary>
/// The tree of an explanation for a page: titles that only wrap one join are drawn as that join,
/// and scales stand under the conditions that a number leaves open.
/// </summary>
/// <param name="thresholds">The lines on the scales.</param>
public sealed class ReasonTree(IReadOnlyList<ThresholdLine> thresholds)
{
    /// <summary>The tree under a node.</summary>
    public TreeNode Of(ExplanationNode node) => Of(node, noFigure: false);

    private TreeNode Part(ExplanationNode node, Answer whole) => Of(node, noFigure: false, whole);

    /// <summary>The tree under the root of a headline.</summary>
    /// <param name="node">The root.</param>
    /// <param name="noFigure">Whether the quantity that decides has no bound.</param>
    public TreeNode Of(ExplanationNode node, bool noFigure) => Of(node, noFigure, node.Answer);

    private TreeNode Of(ExplanationNode node, bool noFigure, Answer whole)
    {
        var inner = Unwrapped(node, out var join);
        var isJoin = inner.Children.Count > 0;
        return new(
            Prose.Of(node.Says),
            isJoin,
            Why(node, join),
            LawReading.StateOf(
                node.Answer,
                noFigure || (node.Answer == Answer.Undetermined && IsWithoutFigure(node))
            ),
            [.. inner.Children.Select(child => Part(child, whole))]
        )
        {
            IsFolded = isJoin && whole == Answer.Undetermined && node.Answer != whole,
            WideDrawing = Scale(node, wide: true),
            NarrowDrawing = Scale(node, wide: false),
        };
    }

    // A definition and the one join that it holds are one line: title first, then how it is joined.
    private static ExplanationNode Unwrapped(ExplanationNode node, out string? join)
    {
        join = null;
        while (
            node.Operator is "defined" or "duty" or "presumed"
            && node.Children is [var only]
            && only is { Operator: "all" or "any", Cite: "", Notes.Count: 0 }
        )
        {
            join = only.Says;
            node = only;
        }

        return node;
    }

    private static Markup Why(ExplanationNode node, string? join)
    {
        var why = new Markup();
        void Part(Markup part)
        {
            if (part.IsEmpty)
            {
                return;
            }

            why.Text(why.IsEmpty ? "" : " ").Add(part);
        }

        Part(Markup.Words(node.Cite.Length > 0 ? $"{node.Cite}." : ""));
        Part(Markup.Words(join ?? ""));
        if (node.Reading is { } reading)
        {
            Part(Read(reading, node));
        }

        if (node.Against is { } against)
        {
            Part(Markup.Of($"Against: {Read(against, node)}"));
        }

        foreach (var note in node.Notes)
        {
            Part(Prose.Of(Prose.Sentence(note)));
        }

        return why;
    }

    private static Markup Read(FactReading reading, ExplanationNode node)
    {
        if (reading.Read.Count == 0)
        {
            return Markup.Words(
                node.Operator is "decided" or "not"
                    ? Say("No such act in the log.")
                    : Say("Nobody states it.")
            );
        }

        var unit = Vocabulary.Find(reading.Fact)?.Unit;
        var words = new Markup()
            .Add(Prose.Of(Prose.Capital(Explanations.Say(reading.Value, unit))))
            .Text(": ");
        var first = true;
        foreach (var stated in reading.Read.DistinctBy(one => (one.Source.Words, one.Source.Act)))
        {
            words.Text(first ? "" : "; ").Text(Explanations.SourceOf(stated));
            first = false;
            if (stated.Source.Act is { } act)
            {
                words
                    .Text(", ")
                    .Leaf(
                        "a",
                        Plainly($"act {Figures.Count(act)}"),
                        ("class", "govuk-link"),
                        ("href", $"/acts/{new ActId(act)}")
                    );
            }
        }

        foreach (var other in reading.Other)
        {
            words
                .Text(Say("; also stated, not read: "))
                .Add(Prose.Of(Explanations.Say(other.Value, unit)))
                .Text($" ({Explanations.SourceOf(other)})");
        }

        return words.Text(".");
    }

    private static bool IsWithoutFigure(ExplanationNode node) =>
        IsCompute(node) && node.Reading is { IsUnknown: true };

    private static bool IsCompute(ExplanationNode node) =>
        node.Operator is "gt" or "ge" or "lt" or "le"
        && node.Reading is { } reading
        && Vocabulary.Find(reading.Fact)?.Unit is "FLOP";

    private Markup? Scale(ExplanationNode node, bool wide)
    {
        if (
            node.Answer != Answer.Undetermined
            || !IsCompute(node)
            || node.Reading!.Value is not Known.Number { IsUnknown: false } number
        )
        {
            return null;
        }

        var range = FlopRange.Between(
            number.Range.Low is { } low ? Flop.Of(low) : null,
            number.Range.High is { } high ? Flop.Of(high) : null
        );
        return wide
            ? ComputeScale.Wide(null, range, thresholds)
            : ComputeScale.Narrow(null, range, thresholds);
    }
}
