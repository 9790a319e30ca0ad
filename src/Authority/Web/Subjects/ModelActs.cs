using Concord.Acts;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;

namespace Concord.Authority.Web.Subjects;

/// <summary>The acts about a model.</summary>
public static class ModelActs
{
    /// <summary>
    /// Their log indices, newest first: about the model, the reports that it answers, and its
    /// releases.
    /// </summary>
    public static IEnumerable<long> Of(World world, Model model)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(model);
        return model
            .Answers.SelectMany(one => world.Registry.Models[one].History)
            .Concat(model.History)
            .Concat(
                (model.Releases ?? Enumerable.Empty<ReleaseId>()).SelectMany(one =>
                    world.Registry.Releases[one].History
                )
            )
            .Select(one => one.Index)
            .Concat(
                (model.Releases ?? Enumerable.Empty<ReleaseId>()).SelectMany(one =>
                    OnWeights(world, one)
                )
            )
            .Concat(model.RevealedBy is { } reveal ? [reveal.Index] : [])
            .Distinct()
            .OrderDescending();
    }

    private static IEnumerable<long> OnWeights(World world, ReleaseId release)
    {
        var book = world.Lineage.Weights;
        var acts = book.PrintsOf(release)
            .Select(one => one.Id)
            .Concat(Recognition.MatchesOf(world, release).Select(one => one.Id))
            .ToList();
        return acts.Concat(acts.SelectMany(book.ObjectionsTo).Select(one => one.Id))
            .Select(one => one.Index);
    }
}
