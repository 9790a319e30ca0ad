using Concord.Acts.Network;
using Concord.Measures;
using Concord.Rooms.Network;

namespace Concord.Authority.Api;

/// <summary>Which decisions are appealed, and which of those appeals wait for too long.</summary>
public static class AppealsApi
{
    private const int AppealsMax = 500;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/appeals", Appeals)
            .Describe<AppealsDocument>(
                "appeals",
                "Network",
                "The appeals: those that wait for a decision, the longest due first, then the "
                    + "rest, newest first, at most 500."
            );

    /// <summary>Appeals.</summary>
    /// <param name="Tick">The tick at which they are open or overdue.</param>
    /// <param name="Appeals">The appeals.</param>
    public sealed record AppealsDocument(string Tick, IReadOnlyList<AppealLine> Appeals);

    /// <summary>An appeal.</summary>
    /// <param name="Id">The id of its act.</param>
    /// <param name="By">Who appeals.</param>
    /// <param name="Against">The decision, where it is against one.</param>
    /// <param name="Refusal">The digest of the refusal, where it is against one.</param>
    /// <param name="Filed">When.</param>
    /// <param name="Due">Until when it is to be decided, outages counted in.</param>
    /// <param name="Late">Whether the decision is missing since then, or came after it.</param>
    /// <param name="StayedBy">The decision by which the suspension has no effect until
    /// then.</param>
    /// <param name="DecidedBy">The decision.</param>
    /// <param name="Outcome">upheld or set_aside.</param>
    public sealed record AppealLine(
        string Id,
        string By,
        string? Against,
        string? Refusal,
        string Filed,
        string Due,
        bool Late,
        string? StayedBy,
        string? DecidedBy,
        AppealOutcome? Outcome
    );

    private static IResult Appeals(HttpContext context)
    {
        var world = Freshness.SnapshotOf(context).World;
        var docket = world.Network.Appeals;
        var open = docket.Open.Select(one => docket.All[one.Appeal]);
        var decided = docket
            .All.Values.Where(one => one.DecidedBy is not null)
            .OrderByDescending(one => one.Id.Index);
        return Results.Json(
            new AppealsDocument(
                world.At.ToString(),
                [.. open.Concat(decided).Take(AppealsMax).Select(one => Line(one, world.At))]
            ),
            ApiJson.Options
        );
    }

    private static AppealLine Line(AppealRecord appeal, Instant at) =>
        new(
            appeal.Id.ToString(),
            appeal.Act.By.ToString(),
            appeal.Act.Against?.ToString(),
            appeal.Act.Refusal?.ToString(),
            appeal.At.ToString(),
            appeal.Due.ToString(),
            appeal.IsLate(at),
            appeal.StayedBy?.ToString(),
            appeal.DecidedBy?.ToString(),
            appeal.Outcome
        );
}
