using Concord.Measures;

namespace Concord.Authority.Witnesses;

/// <summary>
/// How far a witness's clock is ahead of this machine's: two bounds with the truth between them.
/// </summary>
/// <param name="Least">It is ahead by no less; negative where it is behind.</param>
/// <param name="Most">It is ahead by no more.</param>
public readonly record struct ClockOffset(TimeSpan Least, TimeSpan Most)
{
    // A cosignature tells whole seconds, cut off.
    private static readonly TimeSpan s_told = TimeSpan.FromSeconds(1);

    /// <summary>What is shown of it.</summary>
    public TimeSpan Middle => Least + ((Most - Least) / 2);

    /// <summary>What an answer tells.</summary>
    /// <param name="told">The time in the cosignature.</param>
    /// <param name="now">This machine's clock when the answer was there.</param>
    /// <param name="waited">From the question to the answer: the witness read its clock in
    /// it.</param>
    public static ClockOffset Of(Instant told, Instant now, TimeSpan waited)
    {
        var difference = told - now;
        return new(difference - s_told, difference + waited + s_told);
    }

    /// <summary>
    /// The median of several, of each bound by itself and the wider of the two in the middle: what
    /// fewer than half of the witnesses say moves it no further than what others say, too.
    /// </summary>
    /// <param name="offsets">At least one.</param>
    public static ClockOffset Median(IReadOnlyCollection<ClockOffset> offsets)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        ArgumentOutOfRangeException.ThrowIfZero(offsets.Count, nameof(offsets));
        return new(
            offsets.Select(one => one.Least).Order().ElementAt((offsets.Count - 1) / 2),
            offsets.Select(one => one.Most).Order().ElementAt(offsets.Count / 2)
        );
    }

    /// <summary>Whether the clocks surely differ by no more than so much.</summary>
    public bool IsWithin(TimeSpan leeway) => Least >= -leeway && Most <= leeway;
}
