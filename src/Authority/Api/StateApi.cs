using Concord.Authority.Admission;
using Concord.Authority.Witnesses;
using Concord.Measures;
using Concord.Rooms;

namespace Concord.Authority.Api;

/// <summary>How the authority is: health, view digests.</summary>
public static class StateApi
{
    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder routes, RunningAuthority authority)
    {
        routes
            .MapGet("/healthz", () => Health(authority))
            .WithName("health")
            .WithTags("State")
            .WithSummary("Whether the server serves, and whether it takes filings.")
            .Produces<HealthDocument>()
            .Produces<HealthDocument>(503);
        routes
            .MapGet(
                "/digests",
                (HttpContext context, long? size) => Digests(context, authority, size)
            )
            .Describe<DigestsDocument>(
                "digests",
                "State",
                "The digests of all views, for the public and in full."
            );
    }

    /// <summary>The state of the server.</summary>
    /// <param name="Status">ok, waiting (it takes filings, and no deadline passes), reading (it
    /// takes none) or stopped.</param>
    /// <param name="Origin">The origin of the log.</param>
    /// <param name="Size">The size of the log.</param>
    /// <param name="Tick">The last tick.</param>
    /// <param name="TickAgeSeconds">Seconds since then.</param>
    /// <param name="Clock">Its clock, held against the witnesses' times.</param>
    /// <param name="Why">Why it is not ok, and what to do.</param>
    /// <param name="RootsDue">The first day that is over and whose readings or refusals have no
    /// root in the log; null: none.</param>
    /// <param name="RootsWhy">Why daily roots are missing, or do not cover all that was
    /// kept.</param>
    /// <param name="KeysWhy">Which keys of the key set are not here, or not known to the policy of
    /// the witnesses, and what to do.</param>
    /// <param name="OfficersWhy">What nobody can decide for lack of officers whose keys stand.
    /// </param>
    /// <param name="WeightsWhy">Why the index of weights is not at hand, or behind; filings and
    /// answers go on without it.</param>
    public sealed record HealthDocument(
        string Status,
        string Origin,
        long Size,
        string Tick,
        long TickAgeSeconds,
        ClockAgreement Clock,
        string? Why,
        DateOnly? RootsDue,
        string? RootsWhy,
        string? KeysWhy,
        string? OfficersWhy,
        string? WeightsWhy
    );

    /// <summary>The digests of the views at one size.</summary>
    /// <param name="Origin">The origin of the log.</param>
    /// <param name="Size">The number of entries folded.</param>
    /// <param name="Root">The root of the tree.</param>
    /// <param name="Views">The digests.</param>
    public sealed record DigestsDocument(
        string Origin,
        long Size,
        string Root,
        IReadOnlyList<DigestLine> Views
    );

    /// <summary>The digest of one view.</summary>
    /// <param name="View">The room.</param>
    /// <param name="Version">The version of the digest's format.</param>
    /// <param name="Audience">public or full.</param>
    /// <param name="Digest">The SHA-256.</param>
    public sealed record DigestLine(string View, int Version, Audience Audience, string Digest);

    /// <summary>The digests of a world.</summary>
    public static IReadOnlyList<DigestLine> DigestsOf(World world) =>
        [
            .. Enum.GetValues<Audience>()
                .SelectMany(audience => ViewDigests.Of(world, audience))
                .Select(one => new DigestLine(
                    one.View,
                    one.Version,
                    one.Audience,
                    one.Digest.ToString()
                )),
        ];

    private static IResult Health(RunningAuthority authority)
    {
        var now = authority.Intake.Current;
        var clock = authority.Clocks.Now;
        var (status, why) =
            authority.Intake.Shut is { } shut ? ("stopped", $"{shut.Detail}. {Say(shut.Type)}")
            : authority.Intake.ClockStands ? ("reading", Say(Problems.ClockStopped))
            : clock.Finding is { } finding ? ("waiting", finding)
            : ("ok", null);
        return Results.Json(
            new HealthDocument(
                status,
                authority.File.Origin,
                now.Size,
                now.World.At.ToString(),
                (long)(authority.Now - now.World.At).TotalSeconds,
                clock.Agreement,
                why,
                DailyRoots.DueIn(now.World),
                authority.Roots.Why,
                authority.KeysFinding,
                now.World.Network.OfficersFinding,
                authority.Weights.Why
            ),
            ApiJson.Options,
            statusCode: status is "stopped" ? 503 : 200
        );
    }

    private static string Say(ProblemType problem) => $"{problem.Explanation} {problem.Remedy}";

    private static IResult Digests(HttpContext context, RunningAuthority authority, long? size)
    {
        var now = Freshness.SnapshotOf(context);
        return size is { } asked && asked != now.Size
            ? context.Fail(
                new(
                    Problems.BadQuery,
                    $"the server holds the views at size {now.Size} alone; "
                        + $"`concord replay --size {asked}` folds the log to another"
                )
                {
                    Where = "size",
                }
            )
            : Results.Json(
                new DigestsDocument(
                    authority.File.Origin,
                    now.Size,
                    now.Root.ToString(),
                    DigestsOf(now.World)
                ),
                ApiJson.Options
            );
    }
}
