using Concord.Measures;

namespace Concord.Authority.Web.Deadlines;

/// <summary>What is due, as a page shows it.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Now">The tick at which they are overdue or not.</param>
public sealed record DueShown(IEnumerable<DueLine> Lines, Instant Now);
