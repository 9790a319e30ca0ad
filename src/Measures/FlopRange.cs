namespace Concord.Measures;

/// <summary>
/// What is known about a number of operations: a closed interval, each end of which may be unknown.
/// A threshold test over it is three-valued; no law treats a straddle as above.
/// </summary>
public readonly record struct FlopRange
{
    private FlopRange(Flop? low, Flop? high)
    {
        Low = low;
        High = high;
    }

    /// <summary>Nothing is known.</summary>
    public static readonly FlopRange Unknown;

    /// <summary>The number is at least this; null: no lower bound is known.</summary>
    public Flop? Low { get; }

    /// <summary>The number is at most this; null: no upper bound is known.</summary>
    public Flop? High { get; }

    /// <summary>Whether no bound at all is known.</summary>
    public bool IsUnknown => Low is null && High is null;

    /// <summary>An exact number.</summary>
    public static FlopRange Exactly(Flop flop) => new(flop, flop);

    /// <summary>At least.</summary>
    public static FlopRange AtLeast(Flop low) => new(low, null);

    /// <summary>At most.</summary>
    public static FlopRange AtMost(Flop high) => new(null, high);

    /// <summary>Between two bounds; false when they contradict each other.</summary>
    public static bool TryBetween(Flop? low, Flop? high, out FlopRange range)
    {
        var ordered = low is null || high is null || low <= high;
        range = ordered ? new(low, high) : Unknown;
        return ordered;
    }

    /// <summary>Between two bounds.</summary>
    /// <exception cref="ArgumentException">The lower bound is above the upper bound.</exception>
    public static FlopRange Between(Flop? low, Flop? high) =>
        TryBetween(low, high, out var range)
            ? range
            : throw new ArgumentException("The lower bound is above the upper bound.", nameof(low));

    /// <summary>
    /// Is the number greater than the threshold? A point exactly at it is <em>no</em>.
    /// </summary>
    public Answer GreaterThan(Flop threshold) =>
        Low > threshold ? Answer.Yes
        : High <= threshold ? Answer.No
        : Answer.Undetermined;

    /// <summary>
    /// Is the number at least the threshold? A point exactly at it is <em>yes</em>.
    /// </summary>
    public Answer AtOrAbove(Flop threshold) =>
        Low >= threshold ? Answer.Yes
        : High < threshold ? Answer.No
        : Answer.Undetermined;

    /// <summary>
    /// The sum of two numbers. No number is negative, so a lower bound known of one alone holds for
    /// the sum; an upper bound needs both.
    /// </summary>
    public static FlopRange operator +(FlopRange left, FlopRange right) =>
        new(
            left.Low is { } a && right.Low is { } b ? a + b : left.Low ?? right.Low,
            left.High is { } c && right.High is { } d ? c + d : null
        );

    /// <summary>The bounds as digits, <c>?</c> for an unknown one.</summary>
    public override string ToString() => $"[{Low?.ToString() ?? "?"}, {High?.ToString() ?? "?"}]";
}
