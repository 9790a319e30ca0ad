using Concord.Authority.Web.Tables;

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
            return Markup.Words("This rulebook asks no question of a model");
        }

        var list = new Markup().Open("ul", ("class", "c-known"));
        foreach (var (answer, word) in s_words)
        {
            list.Open("li")
                .Open("a", ("class", "govuk-link"), ("href", $"/register?law={law}&answer={word}"))
                .Leaf("strong", Figures.Count(table.CountOf(column, answer)))
                .Text($" {StateLabel.Word(answer).ToLowerInvariant()}")
                .Close()
                .Close();
        }

        return list.Close();
    }
}
