using Concord.Authority.Web.Tables;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web;

/// <summary>How many models of the register a law catches, each count a link to its list.</summary>
public static class KnownModels
{
    private static readonly (StateKind Answer, string Word)[] s_words =
    [
        (StateKind.Yes, "yes"),
        (StateKind.Undetermined, "undetermined"),
        (StateKind.No, "no"),
        (StateKind.NoFigure, "no-figure"),
    ];

    /// <summary>The four counts of a law.</summary>
    public static Markup Counts(RegisterTable table, string law)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Column(law) is not { } column)
        {
            return Markup.Words(Say("This rulebook asks no question of a model"));
        }

        var list = new Markup().Open("ul", ("class", "c-known"));
        foreach (var (answer, word) in s_words)
        {
            var count = table.CountOf(column, answer);
            var href = count == 0 ? null : $"/register?law={law}&answer={word}";
            list.Open("li")
                .Open(
                    href is null ? "span" : "a",
                    ("class", href is null ? "c-quiet" : "govuk-link"),
                    ("href", href)
                )
                .Leaf("strong", Figures.Count(count))
                .Text($" {StateLabel.Word(answer).ToLowerInvariant()}")
                .Close()
                .Close();
        }

        return list.Close();
    }
}
