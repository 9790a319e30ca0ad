using Concord.Measures;

namespace Concord.Authority.Web.Charts;

/// <summary>A model on a chart of training compute.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Published">The day of publication.</param>
/// <param name="Figure">The best estimate; null: none is known.</param>
/// <param name="Range">What is known about the true number.</param>
/// <param name="Answer">Whether it is above the threshold that the chart asks about.</param>
/// <param name="RangeIsAssumed">
/// Whether the range rests on no word of the source at all, and is drawn dashed.
/// </param>
public sealed record ComputePoint(
    string Name,
    DateOnly Published,
    Flop? Figure,
    FlopRange Range,
    Answer Answer,
    bool RangeIsAssumed
);
