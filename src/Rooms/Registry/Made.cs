using System.Text.Json;
using Concord.Acts.Registry;
using Concord.Measures;
using Concord.Rooms.Rulebooks;

namespace Concord.Rooms.Registry;

/// <summary>
/// How a model was made from others: by its maker's declaration, else as the authority reads the
/// base models that a source names.
/// </summary>
/// <param name="Parents">What it was made from.</param>
/// <param name="Relation">How.</param>
/// <param name="Compute">Compute of the modification alone.</param>
/// <param name="Source">Who says so.</param>
internal sealed record Made(
    IReadOnlyList<Model> Parents,
    Known Relation,
    ComputeReading Compute,
    FactSource Source
)
{
    // Sources seldom say more than a name: any of these may be how.
    private static readonly string[] s_modifications =
    [
        "adapter",
        "continued_pre_training",
        "fine_tune",
        "pruning",
        "quantisation",
    ];

    /// <summary>The declaration, when there is one.</summary>
    public Derive? Declared { get; private init; }

    /// <summary>
    /// Whether it was made by changing the parent's weights: a merge or a student is a model of its
    /// own.
    /// </summary>
    public bool IsModification =>
        Relation is Known.Word { IsUnknown: false } word
        && !word.Possible.Any(one => one is "none" or "merge" or "distillation");

    /// <summary>
    /// How a model was made; null: from nothing, or from something that the register lacks.
    /// </summary>
    public static Made? Of(World world, Model model, Readings? readings) =>
        Declaration(world, model) ?? Reading(world, model, readings);

    private static Made? Declaration(World world, Model model)
    {
        var release = model
            .Releases?.Select(id => world.Registry.Releases[id])
            .FirstOrDefault(one => one.Derivation is not null);
        return release?.Derivation is not { } act
            ? null
            : new(
                [.. act.Parents.Select(world.Registry.ModelOf).OfType<Model>().Distinct()],
                Known.Of(JsonNamingPolicy.SnakeCaseLower.ConvertName(act.Relation.ToString())),
                new(FlopRange.Between(act.ComputeLow, act.ComputeHigh), ""),
                new(Asserter.Developer, "declared by the maker of the derivative")
                {
                    Act = release.DerivationAct,
                }
            )
            {
                Declared = act,
            };
    }

    private static Made? Reading(World world, Model model, Readings? readings)
    {
        if (readings is null)
        {
            return null;
        }

        foreach (
            var (id, report) in model
                .Answers.Append(model.Id)
                .Select(id => (id, world.Registry.Models[id].Report))
        )
        {
            if (report is null || report.BaseModels.Count == 0)
            {
                continue;
            }

            var parents = report
                .BaseModels.Select(parent =>
                    parent.Model is { } named
                        ? world.Registry.Models.Find(world.Registry.Canonical(named))
                        : null
                )
                .OfType<Model>()
                .ToList();
            if (parents.Count < report.BaseModels.Count)
            {
                continue;
            }

            return new(
                parents,
                parents.Count == 1 ? new Known.Word(s_modifications) : Known.Of("merge"),
                ComputeReading.OfModification(
                    report.TrainingCompute,
                    report.FinetuneCompute,
                    readings
                ),
                new(Asserter.Reading, $"{report.Sources[0].Title}, base models") { Act = id.Index }
            );
        }

        return null;
    }

    /// <summary>Whether two models have a maker in common.</summary>
    public static bool SameMaker(World world, Model one, Model other)
    {
        if (one.Developer is { } left && other.Developer is { } right)
        {
            return left == right;
        }

        var theirs = Makers(world, other).ToList();
        // One house has several names in the sources (Meta, Meta AI): a common beginning is enough.
        return Makers(world, one)
            .Any(ours =>
                theirs.Any(their =>
                    ours.StartsWith(their, StringComparison.Ordinal)
                    || their.StartsWith(ours, StringComparison.Ordinal)
                )
            );
    }

    private static IEnumerable<string> Makers(World world, Model model) =>
        (
            model.Developer is { } party
                ? [world.Network.Parties[party].Name]
                : model.Report?.Developers ?? []
        )
            .Select(FoldedName.Of)
            .Where(name => name.Length > 0);
}
