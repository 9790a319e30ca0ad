using System.Globalization;
using System.Numerics;

namespace Concord.Measures;

/// <summary>
/// What is known about a whole number of any unit: a closed interval, each end of which may be
/// unknown. Threshold tests over it are three-valued.
/// </summary>
/// <param name="Low">The number is at least this; null: no lower bound is known.</param>
/// <param name="High">The number is at most this; null: no upper bound is known.</param>
public readonly record struct NumberRange(UInt128? Low, UInt128? High)
{
    /// <summary>Nothing is known.</summary>
    public static readonly NumberRange Unknown;

    /// <summary>Whether no bound at all is known.</summary>
    public bool IsUnknown => Low is null && High is null;

    /// <summary>Whether the number is known exactly.</summary>
    public bool IsExact => Low is not null && Low == High;

    /// <summary>An exact number.</summary>
    public static NumberRange Exactly(UInt128 number) => new(number, number);

    /// <summary>The same interval of operations, without its unit.</summary>
    public static NumberRange Of(FlopRange range) => new(range.Low?.Count, range.High?.Count);

    /// <summary>
    /// Is the number greater than the threshold? A point exactly at it is <em>no</em>.
    /// </summary>
    public Answer GreaterThan(UInt128 threshold) =>
        Low > threshold ? Answer.Yes
        : High <= threshold ? Answer.No
        : Answer.Undetermined;

    /// <summary>
    /// Is the number at least the threshold? A point exactly at it is <em>yes</em>.
    /// </summary>
    public Answer AtOrAbove(UInt128 threshold) =>
        threshold == UInt128.Zero || Low >= threshold ? Answer.Yes
        : High < threshold ? Answer.No
        : Answer.Undetermined;

    /// <summary>
    /// Is this part more than <paramref name="numerator"/> / <paramref name="denominator"/> of the
    /// whole? Decided by multiplication of whole numbers, never by division: a part of exactly that
    /// share is <em>no</em>.
    /// </summary>
    public Answer ExceedsShareOf(NumberRange whole, uint numerator, uint denominator)
    {
        if (Low is { } low && whole.High is { } high && Exceeds(low, high))
        {
            return Answer.Yes;
        }

        return High is { } most && whole.Low is { } least && !Exceeds(most, least)
            ? Answer.No
            : Answer.Undetermined;

        bool Exceeds(UInt128 part, UInt128 all) =>
            (BigInteger)part * denominator > (BigInteger)all * numerator;
    }

    /// <summary>The larger of two numbers.</summary>
    public static NumberRange Larger(NumberRange left, NumberRange right) =>
        new(
            left.Low is { } a && right.Low is { } b ? UInt128.Max(a, b) : left.Low ?? right.Low,
            left.High is { } c && right.High is { } d ? UInt128.Max(c, d) : null
        );

    /// <summary>
    /// The least interval that holds both: what is known when either may be right.
    /// </summary>
    public static NumberRange Hull(NumberRange left, NumberRange right) =>
        new(
            left.Low is { } a && right.Low is { } b ? UInt128.Min(a, b) : null,
            left.High is { } c && right.High is { } d ? UInt128.Max(c, d) : null
        );

    /// <summary>Whether no number lies in both.</summary>
    public bool IsDisjointFrom(NumberRange other) => Low > other.High || other.Low > High;

    /// <summary>The bounds as digits, <c>?</c> for an unknown one.</summary>
    public override string ToString() => $"[{Text(Low)}, {Text(High)}]";

    private static string Text(UInt128? number) =>
        number?.ToString(CultureInfo.InvariantCulture) ?? "?";
}
