using Concord.Acts.Registry;
using Concord.Rooms.Rulebooks;

namespace Concord.Rooms.Registry;

/// <summary>
/// What follows when a report names base models: how the model was made, and whether its makers are
/// those of the base. The authority's reading, for sources seldom say more than the name.
/// </summary>
internal static class ReportedDescent
{
    private static readonly string[] s_modifications =
    [
        "adapter",
        "continued_pre_training",
        "fine_tune",
        "pruning",
        "quantisation",
    ];

    /// <summary>The facts, when every base model is in the register; else none.</summary>
    public static IEnumerable<Stated> Facts(
        World world,
        ReportModel report,
        IReadOnlyList<Model> parents,
        Readings readings,
        FactSource source
    )
    {
        if (parents.Count == 0 || parents.Count < report.BaseModels.Count)
        {
            yield break;
        }

        var reading = source with
        {
            By = Asserter.Reading,
            Words = $"{source.Words}, base models",
            Note = null,
        };
        yield return new(
            "relation",
            parents.Count == 1 ? new Known.Word(s_modifications) : Known.Of("merge"),
            reading
        );
        yield return new(
            "actor_is_provider_of_parent",
            Known.Of(parents.All(parent => SharesMaker(world, report, parent))),
            reading with
            {
                Note = "Read by comparing the developers that the reports name.",
            }
        );
        var modification = ComputeReading.OfModification(
            report.TrainingCompute,
            report.FinetuneCompute,
            readings
        );
        if (!modification.Range.IsUnknown)
        {
            yield return new(
                $"mod_flop[{FactSheet.AnyProfile}]",
                Known.Of(modification.Range),
                reading with
                {
                    Note = modification.Words,
                }
            );
        }
    }

    // One house has several names in the sources (Meta, Meta AI): a common beginning is enough.
    private static bool SharesMaker(World world, ReportModel report, Model parent)
    {
        IEnumerable<string> makers = parent.Developer is { } party
            ? [world.Network.Parties[party].Name]
            : parent.Report?.Developers ?? [];
        var theirs = makers.Select(FoldedName.Of).Where(name => name.Length > 0).ToList();
        return report
            .Developers.Select(FoldedName.Of)
            .Where(name => name.Length > 0)
            .Any(ours =>
                theirs.Any(their =>
                    ours.StartsWith(their, StringComparison.Ordinal)
                    || their.StartsWith(ours, StringComparison.Ordinal)
                )
            );
    }
}
