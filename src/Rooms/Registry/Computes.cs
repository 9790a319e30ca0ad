using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Measures;
using Concord.Rooms.Rulebooks;

namespace Concord.Rooms.Registry;

/// <summary>
/// Training compute as the authority reads it, each model once: what a model was made from is read
/// once however many lines lead to it, and a line is followed so far and no further.
/// </summary>
internal sealed class Computes(World world, Readings? readings)
{
    private const int DepthMax = 64;
    private readonly Dictionary<ModelId, ComputeReading> _read = [];

    /// <summary>
    /// The developer's public figure, else the reading of the public sources.
    /// </summary>
    public ComputeReading Of(Model model) => Of(model, 0);

    /// <summary>The reading of a report, whoever answers it.</summary>
    public ComputeReading Of(ReportModel report) => Of(report, 0);

    private ComputeReading Of(Model model, int depth)
    {
        if (_read.TryGetValue(model.Id, out var known))
        {
            return known;
        }

        // A circle of reports ends here: within itself a model has no figure.
        _read[model.Id] = ComputeReading.None;
        return _read[model.Id] = Read(model, depth);
    }

    private ComputeReading Read(Model model, int depth)
    {
        if (model.Registration is not { } act)
        {
            return model.Report is { } report ? Of(report, depth) : ComputeReading.None;
        }

        foreach (var claim in act.TrainingCompute.Where(c => c.State == ComputeState.SoFar))
        {
            return new(
                FlopRange.Between(claim.Low, claim.High),
                $"Stated by the developer, counted as {claim.Profile}."
            );
        }

        return model
                .Answers.Select(one => Of(world.Registry.Models[one], depth + 1))
                .FirstOrDefault(reading => !reading.Range.IsUnknown)
            ?? ComputeReading.None;
    }

    private ComputeReading Of(ReportModel report, int depth) =>
        readings is null
            ? ComputeReading.None
            : ComputeReading.Of(
                report.TrainingCompute,
                report.FinetuneCompute,
                // A stated total stands alone: what it was made from is not asked.
                report.TrainingCompute
                    is null
                && depth < DepthMax
                    ? Parents(report, depth)
                    : [],
                readings
            );

    private List<FlopRange> Parents(ReportModel report, int depth) =>
        [
            .. report.BaseModels.Select(parent =>
                parent.Model is { } id
                && world.Registry.Models.Find(world.Registry.Canonical(id)) is { } model
                    ? Of(model, depth + 1).Range
                    : FlopRange.Unknown
            ),
        ];
}
