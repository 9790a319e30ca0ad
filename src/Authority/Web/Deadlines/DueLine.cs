using Concord.Acts;
using Concord.Measures;

namespace Concord.Authority.Web.Deadlines;

/// <summary>Something that is due by a time that everybody may know.</summary>
/// <param name="At">When.</param>
/// <param name="Day">The day, where a law names one in its own zone; null: a moment.</param>
/// <param name="Kind">What kind of thing, in a word for programs.</param>
/// <param name="What">What, as a sentence with links.</param>
/// <param name="Href">The page that it is about.</param>
/// <param name="Party">The party whose matter it is; null: everybody's, or the authority's.</param>
public sealed record DueLine(
    Instant At,
    DateOnly? Day,
    DueSort Kind,
    Markup What,
    string Href,
    PartyId? Party = null
)
{
    /// <summary>Whether somebody had to do it, and has not.</summary>
    public bool IsOverdue(Instant now) => At <= now && Kind is DueSort.Appeal or DueSort.Root;

    /// <summary>The day or moment as people read it.</summary>
    public Markup When =>
        Day is { } day
            ? new Markup().Leaf("time", Times.Short(day), ("datetime", $"{day:yyyy-MM-dd}"))
            : Times.Moment(At);
}
