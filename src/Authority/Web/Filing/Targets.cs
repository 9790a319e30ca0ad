using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Rooms;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>What a form says that an act is about: something that was filed before.</summary>
public static class Targets
{
    private const string Field = "target";

    /// <summary>
    /// The act that is meant, by its own id or by the id of what it made; null: none is named.
    /// </summary>
    public static ActId? Of(FormAnswers answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        foreach (var letter in (ReadOnlySpan<char>)[ActId.Letter, ModelId.Letter, ReleaseId.Letter])
        {
            if (ShortId.TryParse(answers[Field], letter, out var index))
            {
                return new(index);
            }
        }

        answers.Errors[Field] = Say("Write the id of what you filed, such as A-0000-07WX");
        return null;
    }

    /// <summary>What an id is, in words.</summary>
    public static string Words(World world, ActId id)
    {
        ArgumentNullException.ThrowIfNull(world);
        var names = new Names(world, isLinked: false);
        return world.Registry.Models.Find(new(id.Index)) is not null
                ? names.Model(new(id.Index)).Plain()
            : world.Registry.Releases.Find(new(id.Index)) is not null
                ? names.Release(new(id.Index)).Plain()
            : id.ToString();
    }

    /// <summary>Whether everybody can read what was filed.</summary>
    public static bool IsPublic(World world, ActId id)
    {
        ArgumentNullException.ThrowIfNull(world);
        var registry = world.Registry;
        return registry.Models.Find(new(id.Index)) is not null
            || registry.Releases.Find(new(id.Index)) is not null
            || registry.Derivations.TryGet(id.Index, out _);
    }

    /// <summary>
    /// The registration, release or derivation at an id as it stands now; null: it is none of them.
    /// </summary>
    public static Act? Now(World world, ActId id)
    {
        ArgumentNullException.ThrowIfNull(world);
        var registry = world.Registry;
        return registry.Models.Find(new(id.Index)) is { Registration: { } model } ? model
            : registry.Releases.Find(new(id.Index)) is { } release ? release.Act
            : registry.Derivations.TryGet(id.Index, out var child)
            && registry.Releases[child] is { } made
            && made.DerivationAct == id.Index
                ? made.Derivation
            : null;
    }
}
