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
    public static void Show(Terminal terminal, string title, RulebookAnswer answer, bool isFull)
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
            terminal.Screen.Write(Tree(head, explanation, isFull));
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

    private static Tree Tree(string head, ExplanationNode root, bool isFull)
    {
        var tree = new Tree(head) { Guide = TreeGuide.Line };
        foreach (var node in Deciding(root, isFull))
        {
            Grow(tree, node, isFull);
        }

        return tree;
    }

    private static void Grow(IHasTreeNodes under, ExplanationNode node, bool isFull)
    {
        var cite = node.Cite.Length > 0 ? $" [grey]{Markup.Escape(node.Cite)}[/]" : "";
        var branch = under.AddNode($"{Colour(node.Answer)}  {Markup.Escape(node.Says)}{cite}");
        var read = new[] { node.Reading, node.Against }.OfType<FactReading>().ToList();
        foreach (var reading in read.Where(one => isFull || one.Read.Count > 0))
        {
            branch.AddNode($"[grey]read: {Markup.Escape(Explanations.Say(reading))}[/]");
        }

        var notes = read.SelectMany(reading => reading.Notes).Concat(node.Notes);
        foreach (var note in notes.Distinct(StringComparer.Ordinal))
        {
            branch.AddNode($"[grey]{Markup.Escape(note)}[/]");
        }

        foreach (var child in Deciding(node, isFull))
        {
            Grow(branch, child, isFull);
        }
    }

    /// <summary>
    /// The parts that decided: those with their parent's answer, where there are any; what merely
    /// joins one part to another is passed through.
    /// </summary>
    private static IEnumerable<ExplanationNode> Deciding(ExplanationNode node, bool isFull)
    {
        if (isFull)
        {
            return node.Children;
        }

        var same = node.Children.Where(child => child.Answer == node.Answer).ToList();
        return (same.Count > 0 ? same : node.Children).SelectMany(child =>
            child is { Operator: "all" or "any", Cite.Length: 0, Children.Count: > 0 }
                ? Deciding(child, isFull)
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
        var table = new Table().Border(TableBorder.None).HideHeaders();
        table.AddColumns("answer", "duty", "due", "cite");
        foreach (var duty in answer.Duties.OrderByDescending(one => one.OnceInForce))
        {
            var isShown = duty.Answer is not Answer.No || duty.Upcoming is not null;
            table.AddRow(
                "  " + Colour(duty.Answer),
                Markup.Escape($"{duty.Duty.Title} ({duty.Duty.Who})"),
                isShown ? Markup.Escape(DueOf(duty)) : "",
                $"[grey]{Markup.Escape(answer.Book.Cite(duty.Duty.Cite))}[/]"
            );
        }

        terminal.Screen.Write(table);
    }

    private static string DueOf(DutyAnswer duty)
    {
        var since = duty.Since is { } day ? $"since {Explanations.Day(day)}, " : "";
        var from = duty.Upcoming is { } begins ? $"from {Explanations.Day(begins)}, " : "";
        return $"{since}{from}{Explanations.Say(duty.Due)}";
    }
}
