using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Rooms;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>A model that nobody registers, out of the answers of the form that registers one.
/// </summary>
public static class SupposedModel
{
    /// <summary>
    /// The act that the answers would make of a model without a name and a maker, held to the form
    /// of acts; null: an answer is none. What a filing is held to besides, the law says then.
    /// </summary>
    /// <param name="answers">The answers.</param>
    /// <param name="world">The world.</param>
    public static RegisterModel? Of(FormAnswers answers, World world)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(world);
        if (ModelForm.Compose(answers, new(0), "Supposed") is not { } act)
        {
            return null;
        }

        var type = ActBytes.ContentTypeOf(ActTable.Of(act));
        if (!ActBytes.TryParse(type, ActBytes.Write(act), out _, out _, out var fault))
        {
            answers.Errors[ModelForm.FieldOf(fault.Path)] = fault.Detail;
            return null;
        }

        if (
            act.TrainingCompute is [var claim]
            && !ProfilesOf(world).Contains(claim.Profile, StringComparer.Ordinal)
        )
        {
            answers.Errors["profile"] = Say("Choose one of the counting profiles");
            return null;
        }

        return act;
    }

    /// <summary>The counting profiles that a rulebook defines.</summary>
    public static IEnumerable<string> ProfilesOf(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        return world
            .Network.Rulebooks.SelectMany(book => book.Book.Profiles.Keys)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
    }
}
