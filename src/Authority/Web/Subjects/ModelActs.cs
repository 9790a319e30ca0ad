using Concord.Acts;
using Concord.Rooms;
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
            .Concat(model.RevealedBy is { } reveal ? [reveal.Index] : [])
            .Distinct()
            .OrderDescending();
    }
}
