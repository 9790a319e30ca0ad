using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Rooms;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;

namespace Concord.Authority.Foundation;

/// <summary>
/// Reports the public facts on real models, bases before what was made from them. What stands there
/// as the table has it is left alone; a row that has changed becomes a correction of its report.
/// </summary>
public static class Seeding
{
    /// <summary>Files what is new, and corrects what has changed.</summary>
    /// <param name="running">The authority.</param>
    /// <param name="desk">The institute that signs.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Ends it between two waves.</param>
    public static Task ReportAsync(
        RunningAuthority running,
        PartyId desk,
        IProgress<FurnishingStep> progress,
        CancellationToken cancel
    ) => ReportAsync(running, desk, ReportTable.Read(Resources.Models()), progress, cancel);

    /// <summary>Files what is new in a table, and corrects what has changed.</summary>
    /// <param name="running">The authority.</param>
    /// <param name="desk">The institute that signs.</param>
    /// <param name="table">The table.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Ends it between two waves.</param>
    public static async Task ReportAsync(
        RunningAuthority running,
        PartyId desk,
        ReportTable table,
        IProgress<FurnishingStep> progress,
        CancellationToken cancel
    )
    {
        using var key = running.Keys.Read(KeyFolder.Desk);
        var speaker = new Speaker.Party(desk);
        var ids = new Dictionary<string, ModelId>(StringComparer.Ordinal);
        var total = table.Waves.Sum(wave => wave.Count);
        foreach (var names in table.Waves.SelectMany(wave => wave.Chunk(64)))
        {
            var world = running.Intake.Current.World;
            var reported = await Task.WhenAll(names.Select(ReportAsync));
            for (var i = 0; i < names.Length; i++)
            {
                ids[names[i]] = reported[i];
            }

            progress.Report(new("Public-source reports filed", ids.Count, total));

            async Task<ModelId> ReportAsync(string name)
            {
                var report = table.Report(name, ids);
                if (Standing(world, desk, name) is not { Report: { } before } model)
                {
                    return new((await running.FileAsync(speaker, report, key, cancel)).Index);
                }

                if (
                    model.Standing.State != StandingState.Withdrawn
                    && Change.Between(before, report) is { } changes
                )
                {
                    var correction = new Correct
                    {
                        Target = new(model.Id.Index),
                        Changes = changes,
                        Reason = "The table of public facts says otherwise now.",
                    };
                    await running.FileAsync(speaker, correction, key, cancel);
                }

                return model.Id;
            }
        }
    }

    /// <summary>The report that the desk has filed under a name.</summary>
    private static Model? Standing(World world, PartyId desk, string name) =>
        world
            .Registry.Names.Find(FoldedName.Of(name))
            ?.Select(id => world.Registry.Models[id])
            .FirstOrDefault(model =>
                model.Reporter == desk
                && string.Equals(model.Report?.Name, name, StringComparison.Ordinal)
            );
}
