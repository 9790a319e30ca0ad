using Concord.Authority.Web.Deadlines;

namespace Concord.Authority.Api;

/// <summary>How the authority does its own duties.</summary>
public static class PerformanceApi
{
    /// <summary>The days of refusals that are told of.</summary>
    internal const int Days = 30;

    /// <summary>The address.</summary>
    internal const string Path = "/authority/performance";

    private const int WaitingMax = 500;

    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder routes, RunningAuthority authority) =>
        routes
            .MapGet(Path, (HttpContext context) => Performance(context, authority))
            .Describe<PerformanceDocument>(
                "authority-performance",
                "Network",
                "How long the authority took to decide, what waits for it, what it refused."
            );

    /// <summary>The authority's own duties.</summary>
    /// <param name="Tick">The tick at which it is so.</param>
    /// <param name="Decided">Decisions by kind.</param>
    /// <param name="Waiting">What waits, the longest first, at most 500.</param>
    /// <param name="Appeals">How appeals ended.</param>
    /// <param name="RefusedByRule">The refusals that are kept, by rule, most first.</param>
    /// <param name="RefusedOn">The refusals of the last 30 days that are sealed in the log.</param>
    public sealed record PerformanceDocument(
        string Tick,
        IReadOnlyList<DecidedLine> Decided,
        IReadOnlyList<WaitingLine> Waiting,
        AppealCounts Appeals,
        IReadOnlyList<RuleCount> RefusedByRule,
        IReadOnlyList<DayCount> RefusedOn
    );

    /// <summary>Decisions of one kind.</summary>
    /// <param name="Kind">The type of the act that was decided.</param>
    /// <param name="Count">How many.</param>
    /// <param name="MedianSeconds">Half of them took no longer.</param>
    /// <param name="LongestSeconds">The longest.</param>
    /// <param name="Late">How many came after their time, where a law gives one.</param>
    public sealed record DecidedLine(
        string Kind,
        int Count,
        long MedianSeconds,
        long LongestSeconds,
        int Late
    );

    /// <summary>Something that waits.</summary>
    /// <param name="Act">Its act.</param>
    /// <param name="Kind">The type of the act.</param>
    /// <param name="Since">Since when.</param>
    /// <param name="Due">Until when it is to be decided; null: no law says.</param>
    public sealed record WaitingLine(string Act, string Kind, string Since, string? Due);

    /// <summary>How appeals ended.</summary>
    /// <param name="Upheld">The decision stood.</param>
    /// <param name="SetAside">The decision was set aside.</param>
    /// <param name="Open">Not decided yet.</param>
    /// <param name="Late">Decided after their time, or not decided in it.</param>
    public sealed record AppealCounts(int Upheld, int SetAside, int Open, int Late);

    /// <summary>Refusals by one rule.</summary>
    /// <param name="Rule">The rule's code.</param>
    /// <param name="Count">How many are kept.</param>
    public sealed record RuleCount(string Rule, long Count);

    /// <summary>Refusals of one day.</summary>
    /// <param name="Day">The day.</param>
    /// <param name="Count">How many.</param>
    /// <param name="Act">The act that seals them.</param>
    public sealed record DayCount(DateOnly Day, long Count, string Act);

    private static IResult Performance(HttpContext context, RunningAuthority authority)
    {
        var world = Freshness.SnapshotOf(context).World;
        var record = new AuthorityRecord(world);
        var (upheld, setAside, open, late) = record.Appeals;
        return Results.Json(
            new PerformanceDocument(
                world.At.ToString(),
                [
                    .. record.Decided.Select(one => new DecidedLine(
                        one.Kind,
                        one.Count,
                        (long)one.Median.TotalSeconds,
                        (long)one.Longest.TotalSeconds,
                        one.Late
                    )),
                ],
                [
                    .. record
                        .Waits.Take(WaitingMax)
                        .Select(one => new WaitingLine(
                            one.Id.ToString(),
                            one.Kind,
                            one.Since.ToString(),
                            one.Due?.ToString()
                        )),
                ],
                new(upheld, setAside, open, late),
                [
                    .. authority
                        .Refusals.Counts()
                        .ByRule.Select(one => new RuleCount(one.Code, one.Count)),
                ],
                [
                    .. record
                        .RefusedOn(Days)
                        .Select(one => new DayCount(
                            one.Day,
                            one.Count,
                            new Acts.ActId(one.Act).ToString()
                        )),
                ]
            ),
            ApiJson.Options
        );
    }
}
