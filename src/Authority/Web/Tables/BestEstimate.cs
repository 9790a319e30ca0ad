using Concord.Acts.Registry;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;

namespace Concord.Authority.Web.Tables;

/// <summary>Training compute as a page shows it: best estimate, range, and how sure.</summary>
/// <param name="Figure">The best estimate; null: the source states none.</param>
/// <param name="Reading">The authority's reading.</param>
/// <param name="IsRated">Whether the source rates its figure with a word that has a factor.</param>
/// <param name="Added">
/// What it adds to the models that it was made from, where that is all that a source states.
/// </param>
public sealed record BestEstimate(Flop? Figure, ComputeReading Reading, bool IsRated, Flop? Added)
{
    /// <summary>The range.</summary>
    public FlopRange Range => Reading.Range;

    /// <summary>
    /// By what models are ordered: the logarithm of the best estimate, else of the middle of the
    /// range, else of its one bound; -1 without any.
    /// </summary>
    public double Weight =>
        Figure is { } figure
            ? Figures.Log(figure)
            : (Range.Low, Range.High) switch
            {
                ({ } low, { } high) => (Figures.Log(low) + Figures.Log(high)) / 2,
                ({ } low, null) => Figures.Log(low),
                (null, { } high) => Figures.Log(high),
                _ => -1,
            };

    /// <summary>The report behind a model: its own, or one that its registration answers.</summary>
    public static ReportModel? ReportOf(World world, Model model) =>
        model.Report
        ?? model.Answers.Select(id => world.Registry.Models[id].Report).FirstOrDefault();

    /// <summary>The estimate of a model.</summary>
    public static BestEstimate Of(World world, Model model)
    {
        var reading = FactSheets.ComputeOf(world, model.Id);
        if (
            model.Registration?.TrainingCompute.FirstOrDefault(claim =>
                claim.State == ComputeState.SoFar
            ) is
            { } claim
        )
        {
            return new(claim.Low == claim.High ? claim.Low : null, reading, IsRated: true, null);
        }

        var report = ReportOf(world, model);
        var stated = report?.TrainingCompute;
        var readings = FactSheets.ReadingsOf(world);
        var source = stated ?? report?.FinetuneCompute;
        return new(
            stated?.Figure,
            reading,
            readings is not null && readings.FactorOf(source?.Confidence).Word.Length > 0,
            reading.SumsParents ? report?.FinetuneCompute?.Figure : null
        );
    }
}
