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

    private volatile Kept? _last;

    /// <summary>The drawings for a column of a table.</summary>
    public (Markup Wide, Markup Narrow) Of(RegisterTable table, RegisterColumn column)
    {
        var lines = table.Lines(RegisterOrder.Compute);
        if (
            _last is { } last
            && ReferenceEquals(last.Lines, lines)
            && last.Column == column
            && last.In == Language.Now
        )
        {
            return (last.Wide, last.Narrow);
        }

        var points = lines
            .Take(DrawnMax)
            .Where(line => line.Published >= 0)
            .Select(line => Point(table, column, line))
            .ToList();
        var thresholds = Thresholds.Of(LawChoice.Default(table.Columns));
        var made = new Kept(
            lines,
            column,
            ComputeTimeline.Wide("timeline", points, thresholds),
            ComputeTimeline.Narrow("timeline-narrow", points, thresholds),
            Language.Now
        );
        _last = made;
        return (made.Wide, made.Narrow);
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

    private sealed record Kept(
        IReadOnlyList<RegisterLine> Lines,
        RegisterColumn Column,
        Markup Wide,
        Markup Narrow,
        Spoken In
    );
}
