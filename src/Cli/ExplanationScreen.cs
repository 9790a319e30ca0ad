using Concord.Measures;
using Concord.Rooms.Rulebooks;
using Spectre.Console;

namespace Concord.Cli;

/// <summary>
/// An explanation on a terminal: the answer, the tree behind it, duties, and what would settle.
/// </summary>
internal static class ExplanationScreen
{
    private const int SettlesShown = 5;

    /// <summary>Shows an answer.</summary>
    public static void Show(Terminal terminal, string title, RulebookAnswer answer, bool isBrief)
    {
        var book = answer.Book;
        terminal.Say(title);
        terminal.Say($"[grey]{Markup.Escape(book.Title)}, as of {answer.At}[/]");
        foreach (var stated in answer.Assumed)
        {
            terminal.Say(
                $"[yellow]assuming[/] {Markup.Escape(stated.Fact)} = "
                    + Markup.Escape(Explanations.Say(stated.Value, unit: null))
            );
        }

        terminal.Say("");
        if (answer.Explanation is { } explanation)
        {
            var head =
                $"{Markup.Escape(book.Headline?.Question ?? book.Title)}  "
                + Colour(answer.Answer, answer.NoFigure);
            terminal.Screen.Write(Tree(head, explanation, isBrief));
        }

        if (answer.Upcoming is { } day)
        {
            terminal.Say(
                $"  [grey]not in force before {Clock.Text(day)}; by the facts it would then be[/] "
                    + Colour(answer.OnceInForce)
            );
        }

        Settles(terminal, answer.Settles);
        Duties(terminal, answer);
        if (answer.Answer is Answer.Undetermined)
        {
            terminal.Note(Explanations.NeitherBreachNorClearance);
        }
    }

    /// <summary>An answer in its word and colour.</summary>
    public static string Colour(Answer answer, bool noFigure = false) =>
        answer switch
        {
            Answer.Yes => $"[red bold]{Explanations.Say(answer)}[/]",
            Answer.No => $"[green]{Explanations.Say(answer)}[/]",
            _ => $"[yellow]{Explanations.Say(answer, noFigure)}[/]",
        };

    private static Tree Tree(string head, ExplanationNode root, bool isBrief)
    {
        var tree = new Tree(head) { Guide = TreeGuide.Line };
        foreach (var node in isBrief ? Deciding(root) : root.Children)
        {
            Grow(tree, node, isBrief);
        }

        return tree;
    }

    private static void Grow(IHasTreeNodes under, ExplanationNode node, bool isBrief)
    {
        var inner = Joined(node);
        var read = new[] { node.Reading, node.Against }.OfType<FactReading>().ToList();
        var unread = read.Count > 0 && read.TrueForAll(one => one.Read.Count == 0);
        var branch = under.AddNode(
            $"{Colour(node.Answer)}  {Markup.Escape(node.Says)}"
                + (inner == node ? "" : $" [grey]({Markup.Escape(inner.Says.TrimEnd('.'))})[/]")
                + (unread ? " [grey]— not given[/]" : "")
                + (node.Cite.Length > 0 ? $" [grey]{Markup.Escape($"[{node.Cite}]")}[/]" : "")
        );
        foreach (var reading in read.Where(one => one.Read.Count > 0))
        {
            branch.AddNode($"[grey]read: {Markup.Escape(Explanations.Say(reading))}[/]");
            foreach (var other in reading.Other)
            {
                branch.AddNode($"[grey]also stated: {Markup.Escape(Explanations.Say(other))}[/]");
            }
        }

        var notes = read.SelectMany(reading => reading.Notes).Concat(node.Notes);
        foreach (var note in notes.Distinct(StringComparer.Ordinal))
        {
            branch.AddNode($"[grey]{Markup.Escape(note)}[/]");
        }

        foreach (var child in isBrief ? Deciding(inner) : inner.Children)
        {
            Grow(branch, child, isBrief);
        }
    }

    /// <summary>
    /// What a term or a presumption joins, when it has one part that only joins others.
    /// </summary>
    private static ExplanationNode Joined(ExplanationNode node) =>
        node.Children is [{ Operator: "all" or "any", Cite.Length: 0, Notes.Count: 0 } only]
        && node.Operator is "defined" or "shown" or "unless_shown" or "not"
            ? only
            : node;

    /// <summary>
    /// The parts that decided: those with their parent's answer, where there are any; what merely
    /// joins one part to another is passed through.
    /// </summary>
    private static IEnumerable<ExplanationNode> Deciding(ExplanationNode node)
    {
        var same = node.Children.Where(child => child.Answer == node.Answer).ToList();
        return (same.Count > 0 ? same : node.Children).SelectMany(child =>
            child is { Operator: "all" or "any", Cite.Length: 0, Children.Count: > 0 }
                ? Deciding(child)
                : [child]
        );
    }

    private static void Settles(Terminal terminal, IReadOnlyList<Settling> settles)
    {
        if (settles.Count == 0)
        {
            return;
        }

        terminal.Say("");
        terminal.Say("[bold]What would settle it[/]");
        foreach (var settling in settles.Take(SettlesShown))
        {
            terminal.Say(
                $"  • {Markup.Escape(string.Join(" and ", settling.Facts))}: "
                    + Markup.Escape(settling.Words)
            );
        }
    }

    private static void Duties(Terminal terminal, RulebookAnswer answer)
    {
        if (answer.Duties.Count == 0)
        {
            return;
        }

        terminal.Say("");
        terminal.Say("[bold]Duties[/]");
        foreach (var duty in answer.Duties.OrderByDescending(one => one.OnceInForce))
        {
            terminal.Say(
                $"  {Colour(duty.Answer)}  {Markup.Escape(duty.Duty.Title)} "
                    + $"[grey]{Markup.Escape($"[{answer.Book.Cite(duty.Duty.Cite)}]")} "
                    + $"{Markup.Escape(duty.Duty.Id)}[/]"
            );
            if (duty.Answer is not Answer.No || duty.Upcoming is not null)
            {
                terminal.Say($"      {Markup.Escape(Explanations.Say(duty))}");
            }
        }

        terminal.Note("  Why a duty is owed: add --duty ID.");
    }

    /// <summary>Shows one duty with the tree behind it.</summary>
    public static void Show(Terminal terminal, Rulebook book, DutyAnswer duty, bool isBrief)
    {
        terminal.Say("");
        terminal.Screen.Write(
            Tree(
                $"{Markup.Escape(duty.Duty.Title)}  {Colour(duty.Answer)} "
                    + $"[grey]{Markup.Escape($"[{book.Cite(duty.Duty.Cite)}]")}[/]",
                duty.Explanation,
                isBrief
            )
        );
        if (duty.Answer is not Answer.No || duty.Upcoming is not null)
        {
            terminal.Say($"  {Markup.Escape(Explanations.Say(duty))}");
        }

        foreach (var note in duty.Explanation.Notes)
        {
            terminal.Note($"  {Markup.Escape(note)}");
        }

        if (duty.Duty.Penalty is { } penalty)
        {
            terminal.Note($"  Penalty: {Markup.Escape(penalty)}");
        }

        Settles(terminal, duty.Settles);
    }
}
