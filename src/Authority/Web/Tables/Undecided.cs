using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;

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
            return Markup.Words("A figure of its compute would settle it.");
        }

        if (answer is not StateKind.Undetermined)
        {
            return null;
        }

        var settles = Evaluation.Settles(column.Book, facts.AssumeFor(column.Headline), at);
        return settles.Count == 0 ? Markup.Words("Several facts are missing.") : Words(settles[0]);
    }

    /// <summary>What a datum would do, as a sentence.</summary>
    public static Markup Words(Settling settling) =>
        Datum(settling).Text(settling.Decides ? " would settle it." : " would help to settle it.");

    /// <summary>A datum, or a pair, as a phrase that begins a sentence.</summary>
    public static Markup Datum(Settling settling)
    {
        var names = settling.Facts.Select(Name).Distinct(StringComparer.Ordinal).ToList();
        var text = string.Join(" and ", names);
        return Prose.Of(Prose.Capital(text));
    }

    /// <summary>A fact as the object of a sentence.</summary>
    public static string Name(string fact)
    {
        var stem = fact[
            ..(fact.IndexOf('[', StringComparison.Ordinal) is var at and >= 0 ? at : fact.Length)
        ];
        return stem switch
        {
            "own_flop" or "flop" => "a closer figure of its compute",
            "mod_flop" => "the compute of the modification",
            "parent_flop" => "the base model's compute",
            "modality.out" => "what it puts out",
            "relation" => "how it was made from its base",
            _ => Small(Explanations.Name(fact)),
        };
    }

    private static string Small(string text) =>
        text.Length > 1 && char.IsUpper(text[0]) && !char.IsUpper(text[1])
            ? $"{char.ToLowerInvariant(text[0])}{text[1..]}"
            : text;
}
