using Concord.Acts.Registry;
using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// The authority's reading of training compute that a public source reports: an interval out of
/// figure, word of confidence and stated bounds. The report keeps what the source says; this is
/// computed anew whenever the readings change.
/// </summary>
/// <param name="Range">The interval.</param>
/// <param name="Words">How it was computed, as a sentence; empty: nothing to compute from.</param>
public sealed record ComputeReading(FlopRange Range, string Words)
{
    /// <summary>Nothing is reported.</summary>
    public static readonly ComputeReading None = new(FlopRange.Unknown, "");

    /// <summary>Whether the reading adds the compute of the models it was made from.</summary>
    public bool SumsParents { get; init; }

    /// <summary>
    /// The interval of one reported figure: figure / factor to figure × factor, tightened by stated
    /// bounds; a bound alone is a half-open interval.
    /// </summary>
    public static ComputeReading Of(ReportedCompute? reported, Readings readings)
    {
        if (reported is null)
        {
            return None;
        }

        var (figure, low, high) = (reported.Figure, reported.Low, reported.High);
        if (figure is not { } number)
        {
            return FlopRange.TryBetween(low, high, out var stated) && !stated.IsUnknown
                ? new(stated, "The source states bounds, and no figure.")
                : None;
        }

        var factor = readings.FactorOf(reported.Confidence);
        var least = Divided(number, factor.Factor);
        var most = number * factor.Factor;
        var tightened = (low > least && low <= most) || (high < most && high >= least);
        if (
            !FlopRange.TryBetween(
                low > least ? low : least,
                high < most ? high : most,
                out var range
            )
        )
        {
            // Bounds that exclude the figure's own range contradict it: both stand, as their hull.
            var floor = low < least ? low.Value : least;
            var ceiling = high > most ? high.Value : most;
            return new(
                FlopRange.Between(
                    high < floor ? high.Value : floor,
                    low > ceiling ? low.Value : ceiling
                ),
                "The source's bounds and its figure contradict each other; both are shown."
            );
        }

        var word = factor.Word.Length == 0 ? "no usable word of confidence" : factor.Word;
        return new(
            range,
            $"Figure {Explanations.Number(number.Count)} FLOP, {word}: read as within a factor of "
                + $"{factor.Factor} ({factor.AssumedBy})"
                + (tightened ? ", tightened by the source's bounds." : ".")
        );
    }

    /// <summary>
    /// The interval of a reported model. A stated training figure stands alone, because it may
    /// already hold its base; without one, compute of fine-tuning is added to the parents', when
    /// every parent has some figure.
    /// </summary>
    public static ComputeReading Of(
        ReportedCompute? training,
        ReportedCompute? finetune,
        IReadOnlyList<FlopRange> parents,
        Readings readings
    )
    {
        var own = Of(training, readings);
        if (!own.Range.IsUnknown)
        {
            return own;
        }

        var added = Of(finetune, readings);
        if (added.Range.IsUnknown || parents.Count == 0 || parents.Any(p => p.IsUnknown))
        {
            return None;
        }

        return new(
            parents.Aggregate(added.Range, (sum, parent) => sum + parent),
            "The source gives no total: compute of fine-tuning added to that of "
                + (parents.Count == 1 ? "the base model. " : $"{parents.Count} base models. ")
                + added.Words
        )
        {
            SumsParents = true,
        };
    }

    /// <summary>
    /// The interval of the modification alone, for a model that was made from others: the reported
    /// compute of fine-tuning, or else at most the whole figure, which may hold its base.
    /// </summary>
    public static ComputeReading OfModification(
        ReportedCompute? training,
        ReportedCompute? finetune,
        Readings readings
    )
    {
        var added = Of(finetune, readings);
        if (!added.Range.IsUnknown)
        {
            return added;
        }

        var whole = Of(training, readings);
        return whole.Range.High is { } most
            ? new(
                FlopRange.AtMost(most),
                "At most the whole figure, which may hold the base's compute. " + whole.Words
            )
            : None;
    }

    /// <summary>A figure's share rounded up, so that the interval never claims too much.</summary>
    private static Flop Divided(Flop figure, uint factor)
    {
        var (quotient, rest) = UInt128.DivRem(figure.Count, factor);
        return Flop.Of(rest == UInt128.Zero ? quotient : quotient + UInt128.One);
    }
}
