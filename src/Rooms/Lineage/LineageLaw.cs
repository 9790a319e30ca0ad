using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;

namespace Concord.Rooms.Lineage;

/// <summary>The law of derivation: parents that exist, no cycle, declared by who made it.</summary>
[Clause("registration")]
internal static class LineageLaw
{
    private const string Source = "ACTS, registry/derive; IDAIS-Oxford, registration: derivatives";

    public static Refusal? Refuse(Hearing hearing, Derive act)
    {
        var registry = hearing.World.Registry;
        if (NetworkLaw.OwnParty(hearing, act.By, "$.by") is { } stranger)
        {
            return stranger;
        }

        if (registry.Releases.Find(act.Child) is not { } child)
        {
            return Refusals.NotThere("$.child", "release", act.Child.ToString());
        }

        if (child.Developer != act.By)
        {
            return Refusals.WrongParty("$.child", child.Developer.ToString(), act.By.ToString());
        }

        return NetworkLaw.RoleOf(hearing, PartyRole.Developer)
            ?? (
                child.Derivation is null
                    ? null
                    : Refuse(
                        "already-derived",
                        "A release has one declaration of what it was made from.",
                        "$.child",
                        $"{act.Child} was declared in act {new ActId(child.DerivationAct!.Value)}.",
                        "Amend that act."
                    )
            )
            ?? RefuseContent(hearing, act);
    }

    /// <summary>What holds of a derivation when it is filed and after each change.</summary>
    public static Refusal? RefuseContent(Hearing hearing, Derive act)
    {
        var world = hearing.World;
        var child = SubjectId.Of(act.Child);
        var model = SubjectId.Of(world.Registry.Releases[act.Child].Act.Model);
        var below = Descent.Closure(world, child, Descent.AllRelations).ToHashSet();
        for (var i = 0; i < act.Parents.Count; i++)
        {
            var parent = act.Parents[i];
            var path = $"$.parents[{i}]";
            if (world.Registry.StandingOf(parent) is null)
            {
                return Refusals.NotThere(path, "model or release", parent.ToString());
            }

            if (parent == child || parent == model)
            {
                return Refuse(
                    "self-parent",
                    "Nothing is made from itself.",
                    path,
                    $"{parent} is the derivative or its own model.",
                    "Name the release that it was made from."
                );
            }

            if (below.Contains(parent) || HasReleaseIn(world, parent, below))
            {
                return Refuse(
                    "cycle",
                    "Nothing is made from what was made from it.",
                    path,
                    $"{parent} was itself made from {child}.",
                    "Check which of the two came first."
                );
            }
        }

        return Refusals.AfterTick(hearing.At, ("$.published_on", act.PublishedOn));
    }

    /// <summary>
    /// What holds of the base models that a report names after a change: a report that is filed can
    /// name only what was there before it.
    /// </summary>
    public static Refusal? RefuseBases(Hearing hearing, ModelId report, ReportModel act)
    {
        var world = hearing.World;
        var self = SubjectId.Of(world.Registry.Canonical(report));
        var below = Descent.Closure(world, self, Descent.AllRelations).ToHashSet();
        for (var i = 0; i < act.BaseModels.Count; i++)
        {
            if (act.BaseModels[i].Model is not { } named)
            {
                continue;
            }

            var parent = SubjectId.Of(world.Registry.Canonical(named));
            if (parent == self || below.Contains(parent))
            {
                return parent == self
                    ? Refuse(
                        "self-parent",
                        "Nothing is made from itself.",
                        $"$.base_models[{i}].model",
                        $"{parent} is the model of this report.",
                        "Name the model that it was made from."
                    )
                    : Refuse(
                        "cycle",
                        "Nothing is made from what was made from it.",
                        $"$.base_models[{i}].model",
                        $"{parent} was itself made from {self}.",
                        "Check which of the two came first."
                    );
            }
        }

        return null;
    }

    private static bool HasReleaseIn(World world, SubjectId parent, HashSet<SubjectId> below) =>
        parent.Model is { } model
        && (
            world.Registry.Models[model].Releases?.Any(one => below.Contains(SubjectId.Of(one)))
            ?? false
        );

    private static Refusal Refuse(
        string code,
        string rule,
        string where,
        string detail,
        string remedy
    ) => new(code, rule, Source, where, detail, remedy);
}
