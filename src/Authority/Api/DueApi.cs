using Concord.Authority.Web;
using Concord.Authority.Web.Deadlines;

namespace Concord.Authority.Api;

/// <summary>What is due by a time that is public.</summary>
public static class DueApi
{
    private const int LinesMax = 500;

    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/due", (HttpContext context, PublicSite site) => Due(context, site))
            .Describe<DueDocument>(
                "due",
                "State",
                "What is due by a public time: overdue first, then the soonest, at most 500."
            );

    /// <summary>What is due.</summary>
    /// <param name="Tick">The tick at which something is overdue or not.</param>
    /// <param name="Count">How many there are.</param>
    /// <param name="Due">The first 500.</param>
    public sealed record DueDocument(string Tick, int Count, IReadOnlyList<DueEntry> Due);

    /// <summary>Something that is due.</summary>
    /// <param name="At">When; for a day of a law its beginning in the law's zone.</param>
    /// <param name="Kind">What kind of thing.</param>
    /// <param name="What">What, in a sentence.</param>
    /// <param name="Page">The address of the page that it is about.</param>
    /// <param name="Overdue">Whether it had to be done and is not.</param>
    public sealed record DueEntry(string At, DueSort Kind, string What, string Page, bool Overdue);

    private static IResult Due(HttpContext context, PublicSite site)
    {
        var world = Freshness.SnapshotOf(context).World;
        var all = site.Due.Of(world);
        return Results.Json(
            new DueDocument(
                world.At.ToString(),
                all.Count,
                [
                    .. all.Take(LinesMax)
                        .Select(line => new DueEntry(
                            line.At.ToString(),
                            line.Kind,
                            line.What.Plain(),
                            line.Href,
                            line.IsOverdue(world.At)
                        )),
                ]
            ),
            ApiJson.Options
        );
    }
}
