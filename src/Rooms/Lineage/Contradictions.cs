using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Registry;
using Concord.Rooms.Registry;

namespace Concord.Rooms.Lineage;

/// <summary>
/// Where what was filed on weights contradicts what was declared, a person must look. The
/// declaration stays as it is.
/// </summary>
internal static class Contradictions
{
    /// <summary>What the last entry of a world shows; null: nothing.</summary>
    public static Finding? After(World world, Logged entry, Effect effect) =>
        !effect.Takes
            ? null
            : entry.Act switch
            {
                FingerprintAct act => SameWeights(world, act, entry.Index),
                EvidenceAct => Evident(world, world.Lineage.Weights.Matches[entry.Index]),
                FoundCopy act => Found(world, act, entry.Index),
                Release act => Registered(world, act, new(entry.Index)),
                _ => null,
            };

    private static Finding? SameWeights(World world, FingerprintAct act, long index)
    {
        var other = world
            .Lineage.Weights.PrintsOf(act.Weights)
            .Select(one => one.Release)
            .FirstOrDefault(one => one != act.Release && !AreKin(world, one, act.Release));
        return other == default
            ? null
            : Finding(
                index,
                "same-weights",
                act.Release,
                other,
                $"{act.Release} and {other} have the same weights, and neither is declared to be "
                    + "made from the other."
            );
    }

    private static Finding? Evident(World world, Match match)
    {
        var figure = Recognition.FigureOf(world, match);
        if (
            Recognition.EdgeOf(world, match) is not { Child.Release: { } child } edge
            || edge.Parent.Release is not { } parent
            || AreKin(world, child, parent)
        )
        {
            return null;
        }

        return figure is { Decides: true }
                ? Finding(
                    match.Id.Index,
                    "undeclared-origin",
                    child,
                    parent,
                    $"The weights of {child} and {parent} were not trained independently, and "
                        + "neither is declared to be made from the other."
                )
            : figure is null && match.Stated <= Counting.Bar
                ? Finding(
                    match.Id.Index,
                    "claimed-origin",
                    child,
                    parent,
                    $"{match.By} says that the weights of {child} and {parent} were not trained "
                        + "independently. The register could not count it: it has not both "
                        + "fingerprints."
                )
            : null;
    }

    private static Finding? Found(World world, FoundCopy act, long index)
    {
        var subject = SubjectId.Of(act.Release);
        var isBarred =
            Descent.StandingOf(world, subject) is { } now
            && (now.IsBarred || now.MarkedBy.Count > 0);
        return isBarred && Recognition.Bears(world, world.Lineage.Weights.Matches[index])
            ? Finding(
                index,
                "copy-of-barred",
                act.Release,
                act.Release,
                $"A copy of {act.Release}, or something made from it, was found after it was "
                    + "suspended, withdrawn or marked."
            )
            : null;
    }

    private static Finding? Registered(World world, Release act, ReleaseId id)
    {
        var match = act
            .Weights.SelectMany(file => world.Lineage.Weights.MatchesOf(file.Digest))
            .FirstOrDefault(one => Recognition.Bears(world, one));
        return
            match is not null
            && Recognition.ReleaseOf(world, match.Parent) is { } parent
            && parent != id
            && !AreKin(world, id, parent)
            ? Finding(
                id.Index,
                "registered-after-found",
                id,
                parent,
                $"A file of {id} was found before as a copy of {parent} or made from it "
                    + $"({match.Id})."
            )
            : null;
    }

    private static bool AreKin(World world, ReleaseId one, ReleaseId other)
    {
        var registry = world.Registry;
        var (model, otherModel) = (
            registry.Releases[one].Act.Model,
            registry.Releases[other].Act.Model
        );
        return model == otherModel
            || IsAncestor(world, SubjectId.Of(one), SubjectId.Of(other), SubjectId.Of(otherModel))
            || IsAncestor(world, SubjectId.Of(other), SubjectId.Of(one), SubjectId.Of(model));
    }

    private static bool IsAncestor(
        World world,
        SubjectId subject,
        SubjectId release,
        SubjectId model
    ) => Descent.Ancestors(world, subject).Any(one => one == release || one == model);

    private static Finding Finding(
        long index,
        string code,
        ReleaseId subject,
        ReleaseId other,
        string says
    ) => new(index, code, SubjectId.Of(subject), SubjectId.Of(other), says);
}
