using Concord.Authority.Web.Languages;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Deadlines;

/// <summary>How long decisions of one kind took.</summary>
/// <param name="Kind">The kind: an act type, or <c>network/appeal</c>.</param>
/// <param name="What">The kind in words.</param>
/// <param name="Count">How many were decided.</param>
/// <param name="Median">Half of them took no longer.</param>
/// <param name="Longest">The longest.</param>
/// <param name="Late">How many came after their time.</param>
public sealed record DecisionTimes(
    string Kind,
    string What,
    int Count,
    TimeSpan Median,
    TimeSpan Longest,
    int Late
)
{
    /// <summary>The times of some decisions; null: there are none.</summary>
    public static DecisionTimes? Of(
        string kind,
        string what,
        IEnumerable<TimeSpan> took,
        int late = 0
    )
    {
        var sorted = took.Order().ToList();
        return sorted.Count == 0
            ? null
            : new(
                kind,
                what,
                sorted.Count,
                (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2,
                sorted[^1],
                late
            );
    }

    /// <summary>A time in words, to the minute.</summary>
    public static string Say(TimeSpan time) =>
        time < TimeSpan.FromMinutes(1) ? Speech.Say("less than a minute")
        : time < TimeSpan.FromHours(1)
            ? Speech.Count((long)time.TotalMinutes, "{0} minute", "{0} minutes")
        : time < TimeSpan.FromDays(1)
            ? $"{Speech.Count(time.Hours, "{0} hour", "{0} hours")} "
                + $"{Speech.Count(time.Minutes, "{0} minute", "{0} minutes")}"
        : $"{Speech.Count((long)time.TotalDays, "{0} day", "{0} days")} "
            + $"{Speech.Count(time.Hours, "{0} hour", "{0} hours")}";
}
