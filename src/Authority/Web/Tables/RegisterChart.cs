using Concord.Authority.Web.Charts;
using Concord.Authority.Web.Languages;
using Concord.Measures;
using Concord.Rooms.Registry;

namespace Concord.Authority.Web.Tables;

/// <summary>
/// The timeline of the register in both drawings, kept until a line of it changes.
/// </summary>
public sealed class RegisterChart
{
    // The largest models; beyond them the marks are dots below every threshold.
    private const int DrawnMax = 3_000;

    private readonly MadeOnce<
        (IReadOnlyList<RegisterLine>, RegisterColumn),
        (Markup Wide, Markup Narrow)
    > _kept = new();

    /// <summary>The drawings for a column of a table.</summary>
    public (Markup Wide, Markup Narrow) Of(RegisterTable table, RegisterColumn column)
    {
        var lines = table.Lines(RegisterOrder.Compute);
        return _kept.Of((lines, column), () => Draw(table, column, lines));
    }

    private static (Markup Wide, Markup Narrow) Draw(
        RegisterTable table,
        RegisterColumn column,
        IReadOnlyList<RegisterLine> lines
    )
    {
        var points = lines
            .Take(DrawnMax)
            .Where(line => line.Published >= 0)
            .Select(line => Point(table, column, line))
            .ToList();
        var thresholds = Thresholds.Of(LawChoice.Default(table.Columns));
        return (
            ComputeTimeline.Wide("timeline", points, thresholds),
            ComputeTimeline.Narrow("timeline-narrow", points, thresholds)
        );
    }

    private static ComputePoint Point(RegisterTable table, RegisterColumn column, RegisterLine line)
    {
        var model = table.World.Registry.Models[line.Id];
        var estimate = BestEstimate.Of(table.World, model);
        return new(
            model.FullName,
            DateOnly.FromDayNumber(line.Published),
            estimate.Figure,
            estimate.Range,
            line.Answer(column) switch
            {
                StateKind.Yes => Answer.Yes,
                StateKind.No => Answer.No,
                _ => Answer.Undetermined,
            },
            !estimate.IsRated
        );
    }
}
