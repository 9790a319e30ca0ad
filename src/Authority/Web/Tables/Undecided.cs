using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Tables;

/// <summary>Why a law does not decide about a model, in the few words of a row.</summary>
public static class Undecided
{
    /// <summary>The datum that would settle it; null: the law has decided.</summary>
    public static Markup? Why(World world, Model model, RegisterColumn column, StateKind answer)
    {
        return answer switch
        {
            StateKind.NoFigure => Why(FactSheet.Empty, world.At, column, answer),
            StateKind.Undetermined => Why(
                FactSheets.Of(world, model.Id, Audience.Public),
                world.At,
                column,
                answer
            ),
            _ => null,
        };
    }

    /// <summary>The same by a sheet of facts.</summary>
    public static Markup? Why(FactSheet facts, Instant at, RegisterColumn column, StateKind answer)
    {
        if (answer is StateKind.NoFigure)
        {
            return Markup.Words(Say("A figure of its compute would settle it."));
        }

        if (answer is not StateKind.Undetermined)
        {
            return null;
        }

        var settles = Evaluation.Settles(column.Book, facts.AssumeFor(column.Headline), at);
        return settles.Count == 0
            ? Markup.Words(Say("Several facts are missing."))
            : Words(settles[0]);
    }

    /// <summary>What a datum would do, as a sentence.</summary>
    public static Markup Words(Settling settling) =>
        settling.Decides
            ? Markup.Of($"{Datum(settling)} would settle it.")
            : Markup.Of($"{Datum(settling)} would help to settle it.");

    /// <summary>A datum, or a pair, as a phrase that begins a sentence.</summary>
    public static Markup Datum(Settling settling)
    {
        ArgumentNullException.ThrowIfNull(settling);
        var names = settling.Facts.Select((fact, place) => Name(fact, isFirst: place == 0));
        return Prose.List([
            .. names.DistinctBy(name => $"{name}", StringComparer.OrdinalIgnoreCase),
        ]);
    }

    private static Markup Name(string fact, bool isFirst)
    {
        var stem = fact[
            ..(fact.IndexOf('[', StringComparison.Ordinal) is var at and >= 0 ? at : fact.Length)
        ];
        var known = stem switch
        {
            "own_flop" or "flop" => Say("a closer figure of its compute"),
            "mod_flop" => Say("the compute of the modification"),
            "parent_flop" => Say("the base model's compute"),
            "modality.out" => Say("what it puts out"),
            "relation" => Say("how it was made from its base"),
            _ => null,
        };
        return known is not null
            ? Markup.Words(isFirst ? Prose.Capital(known) : known)
            : Prose.Of(isFirst ? Prose.Capital(Explained(fact)) : Explained(fact));
    }

    private static string Explained(string fact) => Small(Explanations.Name(fact));

    private static string Small(string text) =>
        text.Length > 1 && char.IsUpper(text[0]) && !char.IsUpper(text[1])
            ? $"{char.ToLowerInvariant(text[0])}{text[1..]}"
            : text;
}
