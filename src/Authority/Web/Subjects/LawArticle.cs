using Concord.Measures;

namespace Concord.Authority.Web.Subjects;

/// <summary>A law's answer as an article of a page.</summary>
/// <param name="Law">The answer.</param>
/// <param name="At">The tick at which it is given.</param>
/// <param name="ExplainHref">The page of the whole explanation; null: there is none.</param>
public sealed record LawArticle(LawReading Law, Instant At, string? ExplainHref);
